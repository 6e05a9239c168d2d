package dev.nabla.optimizers;

import dev.nabla.program.Engine;
import dev.nabla.program.LinearUpdate;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam with decoupled weight decay, on one flat vector of parameters. */
final class AdamW implements Optimizer {

    private final double weightDecay;
    private final Adam adam;
    private final LinearUpdate[] decays;

    /** @param decaying the parts of the parameters that decay */
    AdamW(AdamWSettings settings, Engine engine, INDArray parameters, List<INDArray> decaying, INDArray gradient) {
        this.weightDecay = settings.weightDecay();
        this.adam = new Adam(settings.constants(), engine, parameters, gradient);
        this.decays = decaying.stream().map(decayed -> engine.linear(decayed, decayed, decayed)).toArray(LinearUpdate[]::new);
    }

    /** The decay comes first; as the gradient is there already, that makes no difference. */
    @Override
    public void update(double learningRate) {
        for (LinearUpdate decay : decays) {
            decay.run(1 - learningRate * weightDecay, 0);
        }
        adam.update(learningRate);
    }

    @Override
    public boolean isFinite() {
        return adam.isFinite();
    }

    @Override
    public void save(StateWriter state) {
        adam.save(state);
    }

    @Override
    public void restore(StateReader state) {
        adam.restore(state);
    }
}
