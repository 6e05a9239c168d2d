package dev.nabla.optimizers;

import dev.nabla.program.Engine;
import dev.nabla.program.LinearUpdate;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Updates flat parameters from the gradient that stands in its place; an update may overwrite the gradient. */
public interface Optimizer {

    void update(double learningRate);

    /** Whether all that the next update depends on is finite, if parameters and gradients have been. */
    default boolean isFinite() {
        return true;
    }

    /** Adds what the next update depends on beside parameters and gradient. */
    default void save(StateWriter state) {}

    /** Takes up what {@link #save} added. */
    default void restore(StateReader state) {}

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
            return range.factor() == 1 ? optimizer : new ScaledRate(range.factor(), optimizer);
        }).toArray(Optimizer[]::new);
        Optimizer all = ofRanges.length == 1 ? ofRanges[0] : new OptimizersOfRanges(ofRanges);
        return bounds.isEmpty() ? all : new Projection(all, bounds, parameters);
    }

    /** @param decaying the parts of the parameters that decay, if any do */
    static Optimizer of(FirstOrderSettings settings, Engine engine, INDArray parameters, List<INDArray> decaying,
            INDArray gradient) {
        return switch (settings) {
            case GradientDescentSettings _ -> gradientDescent(engine, parameters, gradient);
            case MomentumSettings s -> new Momentum(s.momentum(), engine, parameters, gradient);
            case AdamSettings s -> new Adam(s.constants(), engine, parameters, gradient);
            case AdamWSettings s -> new AdamW(s, engine, parameters, decaying, gradient);
        };
    }

    private static Optimizer gradientDescent(Engine engine, INDArray parameters, INDArray gradient) {
        LinearUpdate descent = engine.linear(parameters, gradient, parameters);
        return learningRate -> descent.run(1, -learningRate);
    }
}
