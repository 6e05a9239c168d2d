package dev.nabla.program;

import dev.nabla.program.Instruction.Apply;
import dev.nabla.program.Instruction.EntrySum;
import dev.nabla.program.Instruction.Extract;
import dev.nabla.program.Instruction.Fill;
import dev.nabla.program.Instruction.IntegerPower;
import dev.nabla.program.Instruction.LinearCombination;
import dev.nabla.program.Instruction.MatrixProduct;
import dev.nabla.program.Instruction.Outer;
import dev.nabla.program.Instruction.OuterSampleSum;
import dev.nabla.program.Instruction.Power;
import dev.nabla.program.Instruction.Quotient;
import dev.nabla.program.Instruction.SampleSum;
import dev.nabla.program.Instruction.Spread;
import dev.nabla.program.Instruction.Stack;
import dev.nabla.program.Instruction.Term;
import dev.nabla.program.Instruction.Transpose;
import dev.nabla.program.kernels.FunctionKernels;
import java.util.ArrayList;
import java.util.List;

/** An instruction as calls of {@link Kernels} on the places that its values have in memory. */
final class KernelStep {

    private static final FunctionKernels FUNCTIONS = FunctionKernels.best();

    private final Memory memory;
    private final Slot target;
    private final long z;
    private final int size;

    private KernelStep(Slot target, Memory memory) {
        this.memory = memory;
        this.target = target;
        this.z = memory.first(target);
        this.size = Math.toIntExact(target.size(memory.batch()));
    }

    static Runnable of(Instruction instruction, Memory memory) {
        return new KernelStep(instruction.target(), memory).of(instruction);
    }

    private Runnable of(Instruction instruction) {
        return switch (instruction) {
            case Fill f -> () -> Kernels.fill(z, f.value(), size);
            case Apply a -> {
                long x = memory.first(a.operand());
                yield () -> FUNCTIONS.apply(a.function(), Kernels.memory(), x, z, size);
            }
            case LinearCombination l -> linearCombination(l);
            case Quotient q -> quotient(q);
            case IntegerPower p -> integerPower(p);
            case Power p -> PlainLoops.power(memory, p);
            case MatrixProduct m when m.left().perSample() || m.transposeRight() -> matrixProductPerSample(m);
            case MatrixProduct m -> matrixProduct(m);
            case Outer o -> outer(o);
            case OuterSampleSum o -> outerSampleSum(o);
            case Transpose t -> transpose(t);
            case EntrySum s -> entrySum(s);
            case SampleSum s -> sampleSum(s);
            case Spread s -> rows(s.operand(), (x, row, columns) -> Kernels.copy(x, row, columns),
                    (x, row, columns) -> Kernels.fill(row, x, columns));
            case Extract e -> {
                long x = memory.first(e.operand()) + (long) e.firstEntry() * samples(e.operand());
                yield () -> Kernels.copy(x, z, size);
            }
            case Stack s -> stack(s);
        };
    }

    /** What is done to a row of the target, with a row of an operand. */
    private interface WithRow {
        void run(long x, long row, int columns);
    }

    /** What is done to a row of the target, with one number of an operand for the whole row. */
    private interface WithNumber {
        void run(double x, long row, int columns);
    }

    /** Goes through the rows of the target, as long ones as the operand allows. */
    private Runnable rows(Slot operand, WithRow withRow, WithNumber withNumber) {
        long x = memory.first(operand);
        int entries = operand.shape().size();
        int repeats = target.shape().size() / entries;
        if (operand.perSample() == target.perSample() && repeats == 1) {
            return () -> withRow.run(x, z, size);
        }
        int samples = samples(target);
        if (!operand.perSample()) {
            int columns = repeats * samples;
            return () -> {
                for (int e = 0; e < entries; e++) {
                    withNumber.run(Kernels.get(x + e), z + (long) e * columns, columns);
                }
            };
        }
        return () -> {
            for (int e = 0; e < entries; e++) {
                for (int r = 0; r < repeats; r++) {
                    withRow.run(x + (long) e * samples, z + ((long) e * repeats + r) * samples, samples);
                }
            }
        };
    }

    private Runnable linearCombination(LinearCombination sum) {
        var steps = new ArrayList<Runnable>();
        Term first = sum.terms().getFirst();
        double c0 = first.coefficient();
        double constant = sum.constant();
        steps.add(rows(first.operand(), (x, row, n) -> Kernels.scale(c0, x, constant, row, n),
                (x, row, n) -> Kernels.fill(row, c0 * x + constant, n)));
        for (Term term : sum.terms().subList(1, sum.terms().size())) {
            double c = term.coefficient();
            steps.add(rows(term.operand(), (x, row, n) -> Kernels.addScaled(c, x, row, n),
                    (x, row, n) -> Kernels.add(c * x, row, n)));
        }
        return all(steps);
    }

    private Runnable quotient(Quotient quotient) {
        var steps = new ArrayList<Runnable>();
        double coefficient = quotient.coefficient();
        List<Slot> factors = quotient.factors();
        if (factors.isEmpty()) {
            steps.add(() -> Kernels.fill(z, coefficient, size));
        } else {
            steps.add(rows(factors.getFirst(), (x, row, n) -> Kernels.scale(coefficient, x, 0, row, n),
                    (x, row, n) -> Kernels.fill(row, coefficient * x, n)));
            factors.stream().skip(1).map(factor -> rows(factor, (x, row, n) -> Kernels.multiply(row, x, row, n),
                    (x, row, n) -> Kernels.scale(x, row, 0, row, n))).forEach(steps::add);
        }
        quotient.divisors().stream().map(divisor -> rows(divisor, (x, row, n) -> Kernels.divide(row, x, row, n),
                (x, row, n) -> Kernels.divide(row, x, row, n))).forEach(steps::add);
        return all(steps);
    }

    private Runnable integerPower(IntegerPower power) {
        var steps = new ArrayList<Runnable>();
        steps.add(rows(power.base(), (x, row, n) -> Kernels.multiply(x, x, row, n),
                (x, row, n) -> Kernels.fill(row, x * x, n)));
        for (int i = 2; i < power.exponent(); i++) {
            steps.add(rows(power.base(), (x, row, n) -> Kernels.multiply(row, x, row, n),
                    (x, row, n) -> Kernels.scale(x, row, 0, row, n)));
        }
        return all(steps);
    }

    /** A X with a shared matrix A and an X whose rows lie one behind the other. */
    private Runnable matrixProduct(MatrixProduct product) {
        int rows = target.shape().dimension(0);
        int inner = product.inner();
        int columns = size / rows;
        long a = memory.first(product.left());
        long x = memory.first(product.right());
        int alongRow = product.transposeLeft() ? rows : 1;
        int alongColumn = product.transposeLeft() ? 1 : inner;
        return () -> {
            for (int i = 0; i < rows; i++) {
                long row = z + (long) i * columns;
                long ai = a + (long) i * alongColumn;
                Kernels.scale(Kernels.get(ai), x, 0, row, columns);
                int k = 1;
                for (; k <= inner - 4; k += 4) {
                    long ak = ai + (long) k * alongRow;
                    long xk = x + (long) k * columns;
                    Kernels.addScaled(Kernels.get(ak), xk, Kernels.get(ak + alongRow), xk + columns,
                            Kernels.get(ak + 2L * alongRow), xk + 2L * columns,
                            Kernels.get(ak + 3L * alongRow), xk + 3L * columns, row, columns);
                }
                for (; k < inner; k++) {
                    Kernels.addScaled(Kernels.get(ai + (long) k * alongRow), x + (long) k * columns, row, columns);
                }
            }
        };
    }

    /** A B sample by sample, or with a transposed B. */
    private Runnable matrixProductPerSample(MatrixProduct product) {
        if (!product.left().perSample() || !product.right().perSample()) {
            return PlainLoops.matrixProduct(memory, product);
        }
        int rows = target.shape().dimension(0);
        int columns = target.shape().size() / rows;
        int inner = product.inner();
        int samples = memory.batch();
        long a = memory.first(product.left());
        long b = memory.first(product.right());
        return () -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    long row = z + ((long) i * columns + j) * samples;
                    for (int k = 0; k < inner; k++) {
                        long ik = a + (product.transposeLeft() ? (long) k * rows + i : (long) i * inner + k) * samples;
                        long kj = b + (product.transposeRight() ? (long) j * inner + k : (long) k * columns + j)
                                * samples;
                        if (k == 0) {
                            Kernels.multiply(ik, kj, row, samples);
                        } else {
                            Kernels.addProduct(ik, kj, row, samples);
                        }
                    }
                }
            }
        };
    }

    private Runnable outer(Outer outer) {
        int rows = target.shape().dimension(0);
        int columns = target.shape().dimension(1);
        int samples = samples(target);
        long u = memory.first(outer.left());
        long v = memory.first(outer.right());
        boolean leftPerSample = outer.left().perSample();
        boolean rightPerSample = outer.right().perSample();
        return () -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    long row = z + ((long) i * columns + j) * samples;
                    if (leftPerSample && rightPerSample) {
                        Kernels.multiply(u + (long) i * samples, v + (long) j * samples, row, samples);
                    } else if (leftPerSample) {
                        Kernels.scale(Kernels.get(v + j), u + (long) i * samples, 0, row, samples);
                    } else if (rightPerSample) {
                        Kernels.scale(Kernels.get(u + i), v + (long) j * samples, 0, row, samples);
                    } else {
                        Kernels.set(row, Kernels.get(u + i) * Kernels.get(v + j));
                    }
                }
            }
        };
    }

    private Runnable outerSampleSum(OuterSampleSum outer) {
        int rows = target.shape().dimension(0);
        int columns = target.shape().dimension(1);
        int samples = memory.batch();
        long u = memory.first(outer.left());
        long v = memory.first(outer.right());
        return () -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    Kernels.set(z + (long) i * columns + j,
                            Kernels.dot(u + (long) i * samples, v + (long) j * samples, samples));
                }
            }
        };
    }

    private Runnable transpose(Transpose transpose) {
        int rows = target.shape().dimension(0);
        int columns = target.shape().dimension(1);
        int samples = samples(target);
        long x = memory.first(transpose.operand());
        return () -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    Kernels.copy(x + ((long) j * rows + i) * samples, z + ((long) i * columns + j) * samples, samples);
                }
            }
        };
    }

    private Runnable entrySum(EntrySum sum) {
        int entries = sum.operand().shape().size();
        long x = memory.first(sum.operand());
        return !target.perSample() ? () -> Kernels.set(z, Kernels.sum(x, entries)) : () -> {
            Kernels.copy(x, z, size);
            for (int e = 1; e < entries; e++) {
                Kernels.addScaled(1, x + (long) e * size, z, size);
            }
        };
    }

    private Runnable sampleSum(SampleSum sum) {
        int samples = memory.batch();
        long x = memory.first(sum.operand());
        return !sum.operand().perSample() ? () -> Kernels.scale(samples, x, 0, z, size) : () -> {
            for (int e = 0; e < size; e++) {
                Kernels.set(z + e, Kernels.sum(x + (long) e * samples, samples));
            }
        };
    }

    private Runnable stack(Stack stack) {
        var steps = new ArrayList<Runnable>();
        int samples = samples(target);
        long row = z;
        for (Slot part : stack.parts()) {
            long x = memory.first(part);
            long to = row;
            int entries = part.shape().size();
            if (part.perSample() == target.perSample()) {
                steps.add(() -> Kernels.copy(x, to, entries * samples));
            } else {
                steps.add(() -> {
                    for (int e = 0; e < entries; e++) {
                        Kernels.fill(to + (long) e * samples, Kernels.get(x + e), samples);
                    }
                });
            }
            row += (long) entries * samples;
        }
        return all(steps);
    }

    private int samples(Slot slot) {
        return slot.perSample() ? memory.batch() : 1;
    }

    private static Runnable all(List<Runnable> steps) {
        Runnable[] inOrder = steps.toArray(Runnable[]::new);
        return inOrder.length == 1 ? inOrder[0] : () -> {
            for (Runnable step : inOrder) {
                step.run();
            }
        };
    }
}
