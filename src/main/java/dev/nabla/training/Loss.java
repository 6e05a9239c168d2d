package dev.nabla.training;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.sampleSum;

import dev.nabla.expression.Expression;
import dev.nabla.expression.ScalarFunction;
import java.util.Arrays;
import java.util.Optional;

/** What training makes small: a number for a batch, as an expression that can be differentiated. */
public enum Loss {

    /** The mean over samples and outputs of (ŷ − y)². */
    MSE("mse") {
        @Override
        public Expression ofBatch(Expression outputs, Expression targets) {
            Expression squares = entrySum(power(subtract(outputs, targets), 2));
            double outputDimension = outputs.shape().size();
            return divide(sampleSum(squares), product(constant(outputDimension), sampleSum(constant(1))));
        }
    },

    /** ‖Ŷ − Y‖ / ‖Y‖ in the Frobenius norm over the batch; undefined where all targets of the batch are 0. */
    RELATIVE_L2("relative-l2") {
        @Override
        public Expression ofBatch(Expression outputs, Expression targets) {
            return divide(batchNorm(subtract(outputs, targets)), batchNorm(targets));
        }

        private static Expression batchNorm(Expression perSample) {
            return apply(ScalarFunction.SQRT, sampleSum(entrySum(power(perSample, 2))));
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

    /**
     * The loss of a batch.
     *
     * @param outputs the network's outputs for a sample
     * @param targets a per-sample symbol of the same shape
     */
    public abstract Expression ofBatch(Expression outputs, Expression targets);
}
