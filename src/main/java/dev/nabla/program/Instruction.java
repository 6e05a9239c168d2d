package dev.nabla.program;

import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.program.kernels.FunctionPair;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One step of a program: reads its operands, writes its target, of which there may be more than one. In the entrywise
 * instructions an operand spreads over the target: its shape is the beginning of the target's shape, and a shared operand
 * serves all samples.
 */
public sealed interface Instruction {

    Slot target();

    List<Slot> operands();

    /** Everything that it writes. */
    default List<Slot> targets() {
        return List.of(target());
    }

    /** Whether it has work for every sample, though its target may be a sum over them. */
    default boolean isPerSample() {
        return target().perSample() || operands().stream().anyMatch(Slot::perSample);
    }

    /** Every entry becomes {@code value}. */
    record Fill(Slot target, double value) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of();
        }
    }

    /** Entrywise f(x). */
    record Apply(Slot target, ScalarFunction function, Slot operand) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(operand);
        }
    }

    /** Entrywise two functions of x. */
    record ApplyPair(Slot target, Slot second, FunctionPair functions, Slot operand) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(operand);
        }

        @Override
        public List<Slot> targets() {
            return List.of(target, second);
        }
    }

    /** c Π factors, a summand of a combination. */
    record Term(double coefficient, List<Slot> factors) {
        public Term {
            factors = List.copyOf(factors);
        }
    }

    /**
     * Entrywise (constant + Σ terms) · scale · Π factors / Π divisors / divisor · Π multipliers. Where there are several
     * summands, no term has more than two factors.
     */
    record Combination(Slot target, List<Term> terms, double constant, double scale, List<Slot> factors,
            List<Slot> divisors, double divisor, List<Slot> multipliers) implements Instruction {
        /** A copy of an operand, spread over the target. */
        public static Combination copyOf(Spread spread) {
            return new Combination(spread.target(), List.of(new Term(1, List.of(spread.operand()))), 0, 1,
                    List.of(), List.of(), 1, List.of());
        }

        public Combination {
            terms = List.copyOf(terms);
            factors = List.copyOf(factors);
            divisors = List.copyOf(divisors);
            multipliers = List.copyOf(multipliers);
        }

        @Override
        public List<Slot> operands() {
            return Stream.of(terms.stream().flatMap(term -> term.factors().stream()), factors.stream(),
                    divisors.stream(), multipliers.stream()).flatMap(slots -> slots).toList();
        }
    }

    /** Entrywise f(x, y). */
    record ApplyBinary(Slot target, BinaryFunction function, Slot x, Slot y) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(x, y);
        }
    }

    /** Entrywise x where the condition is not 0, and y where it is; NaN where it is NaN. */
    record Select(Slot target, Slot condition, Slot x, Slot y) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(condition, x, y);
        }
    }

    /** The root of the sum of the squares of all entries. */
    record Norm(Slot target, Slot operand) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(operand);
        }
    }

    /**
     * NaN where an entry of what is watched is no finite number, else 0, for every sample or for all: entry by entry of what
     * spreads over the target; of what does not, any entry.
     */
    record Watch(Slot target, List<Slot> watched) implements Instruction {
        public Watch {
            watched = List.copyOf(watched);
        }

        @Override
        public List<Slot> operands() {
            return watched;
        }
    }

    /** Entrywise xᵉ. */
    record Power(Slot target, Slot base, Slot exponent) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(base, exponent);
        }
    }

    /** A B or A x, each matrix transposed first where so marked; with a shared vector as bias, A x + b. */
    record MatrixProduct(Slot target, Slot left, boolean transposeLeft, Slot right, boolean transposeRight,
            Optional<Slot> bias) implements Instruction {
        @Override
        public List<Slot> operands() {
            return Stream.concat(Stream.of(left, right), bias.stream()).toList();
        }

        /** The inner dimension. */
        public int inner() {
            return left.shape().dimension(transposeLeft ? 0 : 1);
        }
    }

    /** u vᵀ. */
    record Outer(Slot target, Slot left, Slot right) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(left, right);
        }
    }

    /** Σ u vᵀ over the samples, of two per-sample vectors; where it is wanted too, Σ u. */
    record OuterSampleSum(Slot target, Optional<Slot> leftSum, Slot left, Slot right) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(left, right);
        }

        @Override
        public List<Slot> targets() {
            return Stream.concat(Stream.of(target), leftSum.stream()).toList();
        }
    }

    /** Σ x y over the entries and the samples, of two per-sample arrays of one shape. */
    record DotSampleSum(Slot target, Slot left, Slot right) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(left, right);
        }
    }

    /** The transpose of a matrix. */
    record Transpose(Slot target, Slot operand) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(operand);
        }
    }

    /**
     * The factors of P A = L U of a matrix A (n × n): n rows of U, with L below the diagonal where its ones are left
     * out, and A⁻¹; behind them for every row the number of the row at or below it that it was exchanged with, and what
     * its entries were measured by.
     */
    record Factorisation(Slot target, Slot matrix) implements Instruction {
        static Shape shape(Shape matrix) {
            return Shape.of(matrix.dimension(0) + 1, 2 * matrix.dimension(0));
        }

        @Override
        public List<Slot> operands() {
            return List.of(matrix);
        }
    }

    /** The X of A X = B, or Aᵀ X = B where so marked, from the factors of A. */
    record Solve(Slot target, Slot factors, boolean transpose, Slot right) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(factors, right);
        }
    }

    /** The sum of all entries. */
    record EntrySum(Slot target, Slot operand) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(operand);
        }
    }

    /** The sum over all samples; of a shared value, that value times their number. */
    record SampleSum(Slot target, Slot operand) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(operand);
        }
    }

    /** A copy, spread over the target. */
    record Spread(Slot target, Slot operand) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(operand);
        }
    }

    /** The entries of the operand from {@code firstEntry} on, as many as the target has. */
    record Extract(Slot target, Slot operand, int firstEntry) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(operand);
        }
    }

    /** All parts one behind the other. */
    record Stack(Slot target, List<Slot> parts) implements Instruction {
        public Stack {
            parts = List.copyOf(parts);
        }

        @Override
        public List<Slot> operands() {
            return parts;
        }
    }
}
