package dev.nabla.network.layers;

import dev.nabla.expression.Expression;
import dev.nabla.problems.Problem;
import java.util.List;

/** A link of a chain: a function of the vector below it. */
public sealed interface Layer permits DenseLayer, AffineLayer, ResidualLayer {

    int MAX_UNITS = 4096;

    /**
     * A layer's value before and after its activation.
     *
     * @param preActivation the same as the activation in a layer without one
     */
    record Values(Expression preActivation, Expression activation) {}

    int outputDimension(int inputDimension);

    /** What is wrong with it where it stands at {@code pointer}. */
    List<Problem> violations(String pointer);

    /** Makes the parameters and the value of the layer. */
    Values values(Expression below, Parameters parameters);
}
