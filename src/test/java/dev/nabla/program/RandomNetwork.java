package dev.nabla.program;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;

import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A chain of 1 to 4 layers of widths 1 to 6 with smooth activations. */
public final class RandomNetwork {

    private static final ScalarFunction[] ACTIVATIONS = {ScalarFunction.TANH, ScalarFunction.SIGMOID,
        ScalarFunction.SOFTPLUS, ScalarFunction.GELU, ScalarFunction.SWISH, ScalarFunction.ERF, ScalarFunction.SIN,
        ScalarFunction.COS};

    private final Expression inputs;
    private final Expression outputs;
    private final List<Expression> parameters = new ArrayList<>();

    public RandomNetwork(Random random, int outputDimension) {
        int dimension = 1 + random.nextInt(6);
        this.inputs = perSampleSymbol("inputs", Shape.of(dimension));
        int layers = 1 + random.nextInt(4);
        Expression below = inputs;
        for (int k = 1; k <= layers; k++) {
            int units = k == layers ? outputDimension : 1 + random.nextInt(6);
            Expression weights = symbol("L" + k + ".W", Shape.of(units, dimension));
            Expression bias = symbol("L" + k + ".b", Shape.of(units));
            parameters.addAll(List.of(weights, bias));
            below = apply(ACTIVATIONS[random.nextInt(ACTIVATIONS.length)],
                    sum(LinearAlgebra.matrixProduct(weights, below), bias));
            dimension = units;
        }
        this.outputs = below;
    }

    public Expression inputs() {
        return inputs;
    }

    public Expression outputs() {
        return outputs;
    }

    public List<Expression> parameters() {
        return parameters;
    }
}
