package dev.nabla.program;

import dev.nabla.expression.ScalarFunction;
import java.util.List;
import java.util.stream.Stream;

/**
 * One step of a program: reads its operands, writes its target. In the entrywise instructions an operand spreads over
 * the target: its shape is the beginning of the target's shape, and a shared operand serves all samples.
 */
sealed interface Instruction {

    Slot target();

    List<Slot> operands();

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

    /** A term c·x of a linear combination. */
    record Term(double coefficient, Slot operand) {}

    /** Entrywise constant + Σ cᵢ xᵢ. */
    record LinearCombination(Slot target, List<Term> terms, double constant) implements Instruction {
        @Override
        public List<Slot> operands() {
            return terms.stream().map(Term::operand).toList();
        }
    }

    /** Entrywise coefficient · Π factors / Π divisors. */
    record Quotient(Slot target, double coefficient, List<Slot> factors, List<Slot> divisors)
            implements Instruction {
        @Override
        public List<Slot> operands() {
            return Stream.concat(factors.stream(), divisors.stream()).toList();
        }
    }

    /** Entrywise xⁿ for an n of at least 2. */
    record IntegerPower(Slot target, Slot base, int exponent) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(base);
        }
    }

    /** Entrywise xᵉ. */
    record Power(Slot target, Slot base, Slot exponent) implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(base, exponent);
        }
    }

    /** A B or A x, each matrix transposed first where so marked. */
    record MatrixProduct(Slot target, Slot left, boolean transposeLeft, Slot right, boolean transposeRight)
            implements Instruction {
        @Override
        public List<Slot> operands() {
            return List.of(left, right);
        }

        /** The inner dimension. */
        int inner() {
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

    /** Σ u vᵀ over the samples, of two per-sample vectors. */
    record OuterSampleSum(Slot target, Slot left, Slot right) implements Instruction {
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
