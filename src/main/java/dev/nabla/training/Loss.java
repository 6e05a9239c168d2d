package dev.nabla.training;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.LinearAlgebra.entrySum;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The losses that have a name. */
public enum Loss implements Objective {

    /** The mean over samples and outputs of (ŷ − y)². */
    MSE("mse") {
        @Override
        List<Expression> perSample(Expression outputs, Expression targets) {
            double outputDimension = outputs.shape().size();
            return List.of(squaredNorm(subtract(outputs, targets)), constant(outputDimension));
        }

        @Override
        Expression ofSums(List<Expression> sums) {
            return divide(sums.get(0), sums.get(1));
        }
    },

    /** ‖Ŷ − Y‖ / ‖Y‖ in the Frobenius norm over the batch; undefined where all targets of the batch are 0. */
    RELATIVE_L2("relative-l2") {
        @Override
        List<Expression> perSample(Expression outputs, Expression targets) {
            return List.of(squaredNorm(subtract(outputs, targets)), squaredNorm(targets));
        }

        @Override
        Expression ofSums(List<Expression> sums) {
            return divide(apply(ScalarFunction.SQRT, sums.get(0)), apply(ScalarFunction.SQRT, sums.get(1)));
        }
    };

    private final String text;

    Loss(String text) {
        this.text = text;
    }

    public static Optional<Loss> named(String text) {
        return Arrays.stream(values()).filter(loss -> loss.text.equals(text)).findFirst();
    }

    /** The name in requests. */
    public String text() {
        return text;
    }

    @Override
    public List<LossPart> parts(Network network, Samples samples, Map<UUID, Samples> others) {
        Symbol targets = LossPart.targets(samples);
        return List.of(new LossPart(samples, Optional.of(targets), perSample(network.outputs(), targets),
                sums -> List.of(ofSums(sums))));
    }

    /** The numbers of a sample whose sums over the batch decide the loss. */
    abstract List<Expression> perSample(Expression outputs, Expression targets);

    /** The loss as a function of these sums. */
    abstract Expression ofSums(List<Expression> sums);

    static Expression squaredNorm(Expression x) {
        return entrySum(power(x, 2));
    }
}
