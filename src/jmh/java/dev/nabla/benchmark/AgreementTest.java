package dev.nabla.benchmark;

import java.util.List;
import org.junit.jupiter.api.Test;

/** All peers do the same work: from the same parameters over the same batches they come to the same parameters. */
class AgreementTest {

    private static final int STEPS = 20;
    private static final List<String> NETWORKS =
            List.of("2-3-3-1", "2-16-16-1", "2-64-64-1", "2-256-256-1", "2-1024-1024-1");

    @Test
    void allTrainTheSameParameters() {
        for (String widths : NETWORKS) {
            Regression task = Regression.of(widths, 10, false);
            double[] expected = parameters(task, Framework.NABLA_KERNELS);
            for (Framework framework : Framework.values()) {
                Agreement.require(framework + " " + widths, parameters(task, framework), expected);
            }
        }
    }

    private static double[] parameters(Regression task, Framework framework) {
        try (Peer peer = framework.peer(task)) {
            peer.train(STEPS);
            return peer.parameters();
        }
    }
}
