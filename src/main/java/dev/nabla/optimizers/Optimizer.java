package dev.nabla.optimizers;

import dev.nabla.program.Engine;
import dev.nabla.program.LinearUpdate;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Updates flat parameters from the gradient that stands in its place; an update may overwrite the gradient. */
public interface Optimizer {

    void update(double learningRate);

    /**
     * Of some of the parameters, each at a multiple of the learning rate, and within bounds. All others stay as they are.
     *
     * @param ranges what is updated; they do not overlap
     * @param decaying of these what decays, if anything does
     * @param bounds of these, where there are some
     */
    static Optimizer of(FirstOrderSettings settings, Engine engine, INDArray parameters, INDArray gradient,
            List<Range> ranges, List<Range> decaying, List<Bound> bounds) {
        Optimizer[] ofRanges = ranges.stream().map(range -> {
            Optimizer optimizer = of(settings, engine, range.of(parameters), decaying.stream().filter(range::contains)
                    .map(part -> part.of(parameters)).toList(), range.of(gradient));
            return range.factor() == 1 ? optimizer : optimizer.times(range.factor());
        }).toArray(Optimizer[]::new);
        Optimizer all = ofRanges.length == 1 ? ofRanges[0] : learningRate -> {
            for (Optimizer optimizer : ofRanges) {
                optimizer.update(learningRate);
            }
        };
        return bounds.isEmpty() ? all : new Projection(all, bounds, parameters);
    }

    /** The same at a multiple of every learning rate. */
    private Optimizer times(double factor) {
        return learningRate -> update(factor * learningRate);
    }

    /** @param decaying the parts of the parameters that decay, if any do */
    static Optimizer of(FirstOrderSettings settings, Engine engine, INDArray parameters, List<INDArray> decaying,
            INDArray gradient) {
        return switch (settings) {
            case GradientDescentSettings _ -> gradientDescent(engine, parameters, gradient);
            case MomentumSettings s -> momentum(s.momentum(), engine, parameters, gradient);
            case AdamSettings s -> new Adam(s.beta1(), s.beta2(), s.epsilon(), engine, parameters, gradient);
            case AdamWSettings s -> adamW(s, engine, parameters, decaying, gradient);
        };
    }

    private static Optimizer gradientDescent(Engine engine, INDArray parameters, INDArray gradient) {
        LinearUpdate descent = engine.linear(parameters, gradient, parameters);
        return learningRate -> descent.run(1, -learningRate);
    }

    private static Optimizer momentum(double momentum, Engine engine, INDArray parameters, INDArray gradient) {
        INDArray velocity = Nd4j.zeros(DataType.DOUBLE, parameters.length());
        LinearUpdate gathering = engine.linear(velocity, gradient, velocity);
        LinearUpdate descent = engine.linear(parameters, velocity, parameters);
        return learningRate -> {
            gathering.run(momentum, 1);
            descent.run(1, -learningRate);
        };
    }

    /** The decay comes first; as the gradient is there already, that makes no difference. */
    private static Optimizer adamW(AdamWSettings settings, Engine engine, INDArray parameters, List<INDArray> decaying,
            INDArray gradient) {
        var adam = new Adam(settings.beta1(), settings.beta2(), settings.epsilon(), engine, parameters, gradient);
        LinearUpdate[] decays = decaying.stream()
                .map(decayed -> engine.linear(decayed, decayed, decayed)).toArray(LinearUpdate[]::new);
        return learningRate -> {
            for (LinearUpdate decay : decays) {
                decay.run(1 - learningRate * settings.weightDecay(), 0);
            }
            adam.update(learningRate);
        };
    }
}
