package dev.nabla.losses;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.LinearAlgebra.entrySum;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Positive;

/** What a term of a loss makes of the value r of its equation: a scalar per sample, of an array the sum over its entries. */
public sealed interface TermLoss permits TermLoss.Named, TermLoss.Huber {

    Expression of(Expression r);

    /** Those that have a name and nothing else. */
    enum Named implements TermLoss {

        /** r². */
        @JsonProperty("square") SQUARE {
            @Override
            public Expression of(Expression r) {
                return entrySum(power(r, 2));
            }
        },

        /** |r|, with derivative 0 at 0. */
        @JsonProperty("absolute") ABSOLUTE {
            @Override
            public Expression of(Expression r) {
                return entrySum(apply(ScalarFunction.ABS, r));
            }
        },

        /** r itself, which may be negative: an energy, or the negative logarithm of a likelihood. */
        @JsonProperty("none") NONE {
            @Override
            public Expression of(Expression r) {
                return entrySum(r);
            }
        }
    }

    /** r² / 2 where |r| ≤ δ, δ (|r| − δ/2) beyond (Huber 1964, doi 10.1214/aoms/1177703732). */
    record Huber(
            @Schema(description = "δ: r²/2 up to this |r|, δ (|r| - δ/2) beyond.", example = "0.5")
            @JsonProperty("huber") @Positive double delta) implements TermLoss {

        /** c (|r| − c/2) with c the lesser of |r| and δ. */
        @Override
        public Expression of(Expression r) {
            Shape shape = r.shape();
            Expression size = apply(ScalarFunction.ABS, r);
            Expression lesser = apply(BinaryFunction.MIN, size, constant(delta, shape));
            return entrySum(product(lesser, subtract(size, divide(lesser, constant(2, shape)))));
        }
    }
}
