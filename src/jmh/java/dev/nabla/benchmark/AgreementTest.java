package dev.nabla.benchmark;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** All peers do the same work: from the same parameters over the same batches they come to the same parameters. */
class AgreementTest {

    private static final int STEPS = 20;
    private static final List<String> NETWORKS =
            List.of("2-3-3-1", "2-16-16-1", "2-64-64-1", "2-256-256-1", "2-1024-1024-1");

    private static final List<Framework> WITH_DERIVATIVES =
            List.of(Framework.NABLA_ND4J, Framework.PYTORCH_1, Framework.PYTORCH_2);

    @Test
    void allTrainTheSameParameters() {
        for (String widths : NETWORKS) {
            Regression task = Regression.of(widths, 10, false);
            double[] expected = parameters(Framework.NABLA_KERNELS.peer(task));
            for (Framework framework : Framework.values()) {
                Agreement.require(framework, widths, parameters(framework.peer(task)), expected);
            }
        }
    }

    @Test
    void allTrainTheSamePhysics() {
        for (Physics physics : Physics.values()) {
            PhysicsTask task = PhysicsTask.of(physics, "2-16-16-1", 10, false);
            double[] expected = parameters(task.peer(Framework.NABLA_KERNELS));
            for (Framework framework : WITH_DERIVATIVES) {
                Agreement.require(framework, physics.name(), parameters(task.peer(framework)), expected);
            }
        }
    }

    @Test
    void handWrittenCTrainsTheSameParameters() {
        assumeThat(CPeer.canBeCompiled()).as("gcc is there, and libmvec").isTrue();
        for (int batch : new int[] {10, 64, 512}) {
            double[] expected = parameters(SeedTrainer.NABLA_KERNELS_IN_ORDER.peer(batch));
            Agreement.require("C with batches of " + batch, parameters(SeedTrainer.C.peer(batch)), expected);
        }
    }

    @Test
    void bothEnginesEvaluateTheSame() {
        for (Quantity quantity : Quantity.values()) {
            double[][] expected = new Points("2-16-16-1", quantity, new KernelEngine()).evaluate();
            double[][] actual = new Points("2-16-16-1", quantity, new Nd4jEngine()).evaluate();
            for (int s = 0; s < expected.length; s++) {
                Agreement.require(quantity + " at point " + s, actual[s], expected[s]);
            }
        }
    }

    @Test
    void bothAnswerThePredictionsWithTheSameNumbers() {
        for (int width : new int[] {8, 16, 64, 256}) {
            for (Quantity quantity : List.of(Quantity.OUTPUTS, Quantity.JACOBIAN)) {
                var prediction = new Prediction(width, quantity, 1000);
                try (Answerer.Model nabla = Answerer.NABLA_KERNELS.model(prediction);
                        Answerer.Model peer = Answerer.ONNX_RUNTIME.model(prediction)) {
                    Agreement.require(quantity + " of width " + width, peer.answer(), nabla.answer(), 1e-12);
                }
            }
        }
    }

    @Test
    void bothMultiplyToTheSameProducts() {
        int width = 256;
        int batch = 200;
        var random = new SplittableRandom(1);
        double[] weights = random.doubles((long) width * width, -1, 1).toArray();
        double[] vectors = random.doubles((long) width * batch, -1, 1).toArray();
        Multiplier.Product expected = Multiplier.OPENBLAS.product(weights, vectors, width, batch, 1);
        Multiplier.Product actual = Multiplier.NABLA_KERNELS.product(weights, vectors, width, batch, 1);
        expected.compute();
        actual.compute();
        for (int s = 0; s < batch; s++) {
            Agreement.require("product " + s, actual.result()[s], expected.result()[s], 1e-12);
        }
    }

    private static double[] parameters(Peer trained) {
        try (Peer peer = trained) {
            peer.train(STEPS);
            return peer.parameters();
        }
    }
}
