package dev.nabla.program.engine;

import static dev.nabla.program.kernels.Doubles.get;
import static dev.nabla.program.kernels.Doubles.set;

import dev.nabla.program.CostModel;
import dev.nabla.program.Instruction;
import dev.nabla.program.Instruction.Apply;
import dev.nabla.program.Instruction.ApplyBinary;
import dev.nabla.program.Instruction.ApplyPair;
import dev.nabla.program.Instruction.Combination;
import dev.nabla.program.Instruction.DotSampleSum;
import dev.nabla.program.Instruction.EntrySum;
import dev.nabla.program.Instruction.Extract;
import dev.nabla.program.Instruction.Factorisation;
import dev.nabla.program.Instruction.Fill;
import dev.nabla.program.Instruction.MatrixProduct;
import dev.nabla.program.Instruction.Norm;
import dev.nabla.program.Instruction.Outer;
import dev.nabla.program.Instruction.OuterSampleSum;
import dev.nabla.program.Instruction.Power;
import dev.nabla.program.Instruction.SampleSum;
import dev.nabla.program.Instruction.Select;
import dev.nabla.program.Instruction.Solve;
import dev.nabla.program.Instruction.Spread;
import dev.nabla.program.Instruction.Stack;
import dev.nabla.program.Instruction.Transpose;
import dev.nabla.program.Instruction.Watch;
import dev.nabla.program.Precision;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.kernels.FunctionKernels;
import dev.nabla.program.kernels.MatrixKernels;
import dev.nabla.program.kernels.MatrixKernels.Start;
import dev.nabla.program.memory.Memory;
import java.util.ArrayList;

/**
 * An instruction as calls of kernels on the places that its values have in memory. A record, whose fields the compiler takes for
 * constants where the step is one.
 */
record KernelStep(Memory memory, Team team, Precision precision, Slot target, long z, int size) {

    private static final FunctionKernels FUNCTIONS = FunctionKernels.best();
    private static final EntrywiseKernels ENTRYWISE = EntrywiseKernels.best();
    private static final MatrixKernels MATRICES = MatrixKernels.best();
    private static final FunctionKernels FUNCTIONS_OF_SINGLES = FunctionKernels.bestOfSingles();
    private static final MatrixKernels SINGLES = MatrixKernels.bestOfSingles();
    /** The rows, columns and terms of a sum, or entries and samples, from which on single precision is faster. */
    static final int LEAST_OF_SINGLES = 32;

    static Runnable of(Instruction instruction, Memory memory, Team team, Precision precision) {
        Slot target = instruction.target();
        return new KernelStep(memory, team, precision, target, memory.firstOfTarget(target), memory.size(target)).of(instruction);
    }

    private Runnable of(Instruction instruction) {
        return switch (instruction) {
            case Fill f -> () -> ENTRYWISE.fill(f.value(), z, size);
            case Apply a -> apply(a);
            case ApplyPair a -> apply(a);
            case Combination c -> CombinationStep.of(c, memory);
            case Power p -> PlainLoops.power(memory, p);
            case ApplyBinary a -> EntrywiseStep.of(a, memory);
            case Select s -> EntrywiseStep.of(s, memory);
            case MatrixProduct m when m.left().perSample() || m.transposeRight() -> matrixProductPerSample(m);
            case MatrixProduct m -> matrixProduct(m);
            case Outer o -> outer(o);
            case OuterSampleSum o -> outerSampleSum(o);
            case DotSampleSum d -> dotSampleSum(d);
            case Watch w -> WatchStep.of(w, memory);
            case Transpose t -> transpose(t);
            case Factorisation f -> Elimination.of(f, memory);
            case Solve s -> Substitution.of(s, memory);
            case EntrySum s -> entrySum(s);
            case Norm n -> NormStep.of(n, memory);
            case SampleSum s -> sampleSum(s);
            case Spread s -> CombinationStep.of(Combination.copyOf(s), memory);
            case Extract e -> {
                long x = memory.first(e.operand()) + (long) e.firstEntry() * rowLength(e.operand());
                yield () -> ENTRYWISE.copy(x, z, size);
            }
            case Stack s -> stack(s);
        };
    }

    private Runnable apply(Apply apply) {
        long x = memory.first(apply.operand());
        FunctionKernels.OfOne kernel = functions().of(apply.function());
        return () -> kernel.apply(x, z, size);
    }

    private Runnable apply(ApplyPair apply) {
        long x = memory.first(apply.operand());
        long second = memory.firstOfTarget(apply.second());
        FunctionKernels.OfPair kernel = functions().of(apply.functions());
        return () -> kernel.apply(x, z, second, size);
    }

    /** A X with a shared matrix A and an X whose rows lie one behind the other. */
    private Runnable matrixProduct(MatrixProduct product) {
        int rows = target.shape().dimension(0);
        int inner = product.inner();
        int columns = size / rows;
        long a = memory.first(product.left());
        long x = memory.first(product.right());
        long rowStep = product.transposeLeft() ? 1 : inner;
        long columnStep = product.transposeLeft() ? rows : 1;
        Start start = product.bias().isPresent() ? Start.BIAS : Start.ZERO;
        long bias = product.bias().map(memory::first).orElse(0L);
        MatrixKernels matrices = matrices(rows, inner, columns);
        if (HalvedProduct.is(product, memory.rowLength())) {
            long second = memory.scratch();
            Parts ofRows = matrices == SINGLES ? Parts.ofSingles(rows, inner / 2.0 * columns) : Parts.of(rows, Math.ceilDiv(team.size(), 2));
            return HalvedProduct.of(product, ofRows).in(team, (half, fromTerm, terms, fromRow, ofPart) -> matrices.product(Start.ZERO, 0,
                    a + (long) fromTerm * rows + fromRow, 1, rows, x + (long) fromTerm * columns, columns,
                    (half == 0 ? z : second) + (long) fromRow * columns, columns, ofPart, terms, columns), addition(second, z, size));
        }
        return inParts(product, rows, (double) inner * columns, matrices, (_, from, count) -> matrices.product(start, bias + from, a + from * rowStep,
                rowStep, columnStep, x, columns, z + (long) from * columns, columns, count, inner, columns));
    }

    /** z = z + x. */
    static Runnable addition(long x, long z, int count) {
        return () -> ENTRYWISE.linear(1, x, 1, z, 0, z, count);
    }

    private MatrixKernels matrices(int rows, int terms, int columns) {
        return precision == Precision.SINGLE && areLarge(rows, terms, columns) ? SINGLES : MATRICES;
    }

    private static boolean areLarge(int rows, int terms, int columns) {
        return Math.min(terms, Math.min(rows, columns)) >= LEAST_OF_SINGLES;
    }

    /** Whether it is a product of a matrix and the samples of a tile, or a sum over them, for which singles are faster. */
    static boolean isLargeProduct(Instruction instruction, int samples) {
        int rows = instruction.target().shape().rank() == 0 ? 1 : instruction.target().shape().dimension(0);
        int ofRow = instruction.target().shape().size() / rows;
        return switch (instruction) {
            case MatrixProduct m -> areLarge(rows, m.inner(), ofRow * samples);
            case OuterSampleSum _ -> areLarge(rows, samples, ofRow);
            default -> false;
        };
    }

    private FunctionKernels functions() {
        boolean isLarge = target.perSample() && Math.min(target.shape().size(), memory.rowLength()) >= LEAST_OF_SINGLES;
        return precision == Precision.SINGLE && isLarge ? FUNCTIONS_OF_SINGLES : FUNCTIONS;
    }

    /** A B sample by sample, or with a transposed B. */
    private Runnable matrixProductPerSample(MatrixProduct product) {
        if (!product.left().perSample() || !product.right().perSample()) {
            return PlainLoops.matrixProduct(memory, product);
        }
        int rows = target.shape().dimension(0);
        int columns = target.shape().size() / rows;
        int inner = product.inner();
        int length = memory.rowLength();
        long a = memory.first(product.left());
        long b = memory.first(product.right());
        return () -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    long row = z + ((long) i * columns + j) * length;
                    for (int k = 0; k < inner; k++) {
                        long ik = a + (product.transposeLeft() ? (long) k * rows + i : (long) i * inner + k) * length;
                        long kj = b + (product.transposeRight() ? (long) j * inner + k : (long) k * columns + j)
                                * length;
                        if (k == 0) {
                            ENTRYWISE.product(1, ik, kj, 0, row, length);
                        } else {
                            ENTRYWISE.product(1, ik, kj, 1, row, 0, row, length);
                        }
                    }
                }
            }
        };
    }

    private Runnable outer(Outer outer) {
        int rows = target.shape().dimension(0);
        int columns = target.shape().dimension(1);
        int length = rowLength(target);
        long u = memory.first(outer.left());
        long v = memory.first(outer.right());
        boolean leftPerSample = outer.left().perSample();
        boolean rightPerSample = outer.right().perSample();
        return () -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    long row = z + ((long) i * columns + j) * length;
                    if (leftPerSample && rightPerSample) {
                        ENTRYWISE.product(1, u + (long) i * length, v + (long) j * length, 0, row, length);
                    } else if (leftPerSample) {
                        ENTRYWISE.linear(get(v + j), u + (long) i * length, 0, row, length);
                    } else if (rightPerSample) {
                        ENTRYWISE.linear(get(u + i), v + (long) j * length, 0, row, length);
                    } else {
                        set(row, get(u + i) * get(v + j));
                    }
                }
            }
        };
    }

    private Runnable outerSampleSum(OuterSampleSum outer) {
        int rows = target.shape().dimension(0);
        int columns = target.shape().dimension(1);
        int samples = memory.samples();
        int length = memory.rowLength();
        long u = memory.first(outer.left());
        long v = memory.first(outer.right());
        long scratch = memory.scratch();
        long scratchOfPart = MatrixKernels.scratch(samples);
        long sums = outer.leftSum().map(memory::firstOfTarget).orElse(0L);
        MatrixKernels matrices = matrices(rows, samples, columns);
        return inParts(outer, columns, (double) rows * samples, matrices, (part, from, count) -> matrices.outerSum(u, length, v + (long) from * length,
                length, z + from, columns, rows, count, samples, part == 0 ? sums : 0, scratch + part * scratchOfPart));
    }

    /** How many doubles an instruction needs to work in. */
    static long scratch(Instruction instruction, int rowLength) {
        return switch (instruction) {
            case OuterSampleSum o -> Parts.most(o.target().shape().dimension(1)) * MatrixKernels.scratch(rowLength);
            case MatrixProduct m -> HalvedProduct.scratch(m, rowLength);
            case SampleSum _ -> MatrixKernels.scratch(rowLength);
            case EntrySum s -> MatrixKernels.scratch(s.operand().shape().size());
            case ApplyBinary _, Select _ -> EntrywiseStep.scratch(instruction);
            default -> 0;
        };
    }

    /** Of a product, the other sizes of which are multiplied to so much. */
    private Runnable inParts(Instruction instruction, int size, double others, MatrixKernels matrices, Team.PartOfWork work) {
        if (matrices == SINGLES) {
            return team.inParts(Parts.ofSingles(size, others), work);
        }
        double nanos = CostModel.ofKernels(instruction, memory.samples());
        return team.inEvenParts(size, nanos, work);
    }

    /** The sum over entries of the sums over samples. */
    private Runnable dotSampleSum(DotSampleSum dot) {
        int entries = dot.left().shape().size();
        int samples = memory.samples();
        int length = memory.rowLength();
        long x = memory.first(dot.left());
        long y = memory.first(dot.right());
        return () -> {
            double sum = 0;
            for (int e = 0; e < entries; e++) {
                long row = (long) e * length;
                sum += MATRICES.dot(x + row, y + row, samples);
            }
            set(z, sum);
        };
    }

    private Runnable transpose(Transpose transpose) {
        int rows = target.shape().dimension(0);
        int columns = target.shape().dimension(1);
        int length = rowLength(target);
        long x = memory.first(transpose.operand());
        return () -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    long from = x + ((long) j * rows + i) * length;
                    long to = z + ((long) i * columns + j) * length;
                    if (length == 1) {
                        set(to, get(from));
                    } else {
                        ENTRYWISE.copy(from, to, length);
                    }
                }
            }
        };
    }

    private Runnable entrySum(EntrySum sum) {
        int entries = sum.operand().shape().size();
        long x = memory.first(sum.operand());
        long scratch = memory.scratch();
        return !target.perSample() ? () -> MATRICES.sampleSums(x, entries, z, 1, entries, scratch) : () -> {
            ENTRYWISE.copy(x, z, size);
            for (int e = 1; e < entries; e++) {
                ENTRYWISE.linear(1, z, 1, x + (long) e * size, 0, z, size);
            }
        };
    }

    private Runnable sampleSum(SampleSum sum) {
        int samples = memory.samples();
        long x = memory.first(sum.operand());
        long scratch = memory.scratch();
        return sum.operand().perSample()
                ? () -> MATRICES.sampleSums(x, memory.rowLength(), z, size, samples, scratch)
                : () -> ENTRYWISE.linear(samples, x, 0, z, size);
    }

    private Runnable stack(Stack stack) {
        var steps = new ArrayList<Runnable>();
        int length = rowLength(target);
        long row = z;
        for (Slot part : stack.parts()) {
            long x = memory.first(part);
            long to = row;
            int entries = part.shape().size();
            if (part.perSample() == target.perSample()) {
                steps.add(() -> ENTRYWISE.copy(x, to, entries * length));
            } else {
                steps.add(() -> {
                    for (int e = 0; e < entries; e++) {
                        ENTRYWISE.fill(get(x + e), to + (long) e * length, length);
                    }
                });
            }
            row += (long) entries * length;
        }
        return StepsInOrder.byLoop(steps);
    }

    private int rowLength(Slot slot) {
        return slot.perSample() ? memory.rowLength() : 1;
    }
}
