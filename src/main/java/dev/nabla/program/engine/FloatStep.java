package dev.nabla.program.engine;

import dev.nabla.program.Instruction;
import dev.nabla.program.Instruction.Apply;
import dev.nabla.program.Instruction.ApplyPair;
import dev.nabla.program.Instruction.Combination;
import dev.nabla.program.Instruction.MatrixProduct;
import dev.nabla.program.Instruction.OuterSampleSum;
import dev.nabla.program.Instruction.SampleSum;
import dev.nabla.program.Precision;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.FloatKernels;
import dev.nabla.program.kernels.FloatKernels.Kinds;
import dev.nabla.program.kernels.MatrixKernels;
import dev.nabla.program.kernels.MatrixKernels.Start;
import dev.nabla.program.kernels.Numbers;
import dev.nabla.program.memory.Memory;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An instruction that writes or reads {@link FloatSlots}. Products that are too small for single precision are of doubles, to which
 * floats are widened, and from which they are rounded.
 */
final class FloatStep {

    private static final FloatKernels FLOATS = FloatKernels.best().orElseThrow();
    private static final MatrixKernels MATRICES = MatrixKernels.best();

    private final Memory memory;
    private final Team team;
    private final Set<Slot> floats;
    private final RangeGuard guard;
    private final Slot target;
    private final int size;
    /** Memory to work in for sums over samples. */
    private final long scratch;

    private FloatStep(Instruction instruction, Memory memory, Team team, Set<Slot> floats, RangeGuard guard) {
        this.memory = memory;
        this.team = team;
        this.floats = floats;
        this.guard = guard;
        this.target = instruction.target();
        this.size = memory.size(target);
        this.scratch = memory.scratch();
    }

    /**
     * The steps of a program.
     *
     * @param guard is told of what leaves the range of floats
     */
    static PreparedProgram.Steps all(Team team, Set<Slot> floats, RangeGuard guard) {
        return (instruction, memory) -> slots(instruction, floats).findAny().isEmpty()
                ? KernelStep.of(instruction, memory, team, Precision.SINGLE)
                : new FloatStep(instruction, memory, team, floats, guard).of(instruction);
    }

    private Runnable of(Instruction instruction) {
        return switch (instruction) {
            case Apply a -> {
                FloatKernels.OfOne kernel = FLOATS.first(FloatKernels.pairOf(a.function()).orElseThrow());
                long x = place(a.operand());
                long z = place(target);
                yield () -> guard.check(kernel.apply(x, z, size));
            }
            case ApplyPair a -> {
                FloatKernels.OfPair kernel = FLOATS.of(a.functions());
                long x = place(a.operand());
                long z = place(target);
                long second = place(a.second());
                yield () -> guard.check(kernel.apply(x, z, second, size));
            }
            case Combination c -> {
                long x = place(c.operands().getFirst());
                long y = place(c.operands().getLast());
                long z = place(target);
                yield () -> guard.check(FLOATS.product(x, y, z, size));
            }
            case MatrixProduct m -> matrixProduct(m);
            case OuterSampleSum o when KernelStep.isLargeProduct(o, memory.rowLength()) -> outerSampleSum(o);
            case OuterSampleSum o -> widenedOuterSum(o);
            case SampleSum s -> sampleSum(s.operand(), memory.firstOfTarget(target));
            default -> throw new IllegalArgumentException("no kernels of floats for " + instruction);
        };
    }

    private Numbers numbers(Slot slot) {
        return floats.contains(slot) ? Numbers.FLOATS : Numbers.DOUBLES;
    }

    private long place(Slot slot) {
        return numbers(slot).placeOf(memory.firstOfTarget(slot));
    }

    /** Of single precision, or of few terms, which become floats, or of floats, which become doubles. */
    private Runnable matrixProduct(MatrixProduct product) {
        int rows = target.shape().dimension(0);
        int inner = product.inner();
        int columns = size / rows;
        Kinds kinds = new Kinds(Numbers.DOUBLES, numbers(product.right()), numbers(target));
        long a = memory.first(product.left());
        long x = place(product.right());
        long z = place(target);
        long rowStep = product.transposeLeft() ? 1 : inner;
        long columnStep = product.transposeLeft() ? rows : 1;
        long bias = product.bias().map(memory::first).orElse(0L);
        if (!KernelStep.isLargeProduct(product, memory.rowLength())) {
            return floats.contains(target)
                    ? () -> guard.check(FLOATS.ofFewTerms(bias, a, rowStep, columnStep, x, z, rows, inner, columns))
                    : () -> FLOATS.widened(bias, a, rowStep, columnStep, x, z, rows, inner, columns);
        }
        if (HalvedProduct.is(product, memory.rowLength())) {
            return halved(product, kinds, a, x, z, rows, columns);
        }
        Start start = product.bias().isPresent() ? Start.BIAS : Start.ZERO;
        return team.inParts(Parts.ofSingles(rows, (double) inner * columns), (_, from, count) -> guard.check(FLOATS.product(kinds,
                start, bias + from, a + from * rowStep, rowStep, columnStep, x, columns, 1, z + (long) from * columns, columns, count,
                inner, columns)));
    }

    private Runnable halved(MatrixProduct product, Kinds kinds, long a, long x, long z, int rows, int columns) {
        long second = kinds.z().placeOf(scratch);
        HalvedProduct.Part part = (half, fromTerm, terms, fromRow, ofPart) -> guard.check(FLOATS.product(kinds, Start.ZERO, 0,
                a + (long) fromTerm * rows + fromRow, 1, rows, x + (long) fromTerm * columns, columns, 1,
                (half == 0 ? z : second) + (long) fromRow * columns, columns, ofPart, terms, columns));
        Runnable sum = kinds.z() == Numbers.FLOATS ? () -> guard.check(FLOATS.add(second, z, size)) : KernelStep.addition(second, z, size);
        return HalvedProduct.of(product, Parts.ofSingles(rows, product.inner() / 2.0 * columns)).in(team, part, sum);
    }

    /** Rather cut by rows, as a thread then writes what it updates and reads as parameters. */
    private Runnable outerSampleSum(OuterSampleSum outer) {
        int rows = target.shape().dimension(0);
        int columns = target.shape().dimension(1);
        int samples = memory.samples();
        int length = memory.rowLength();
        Kinds kinds = new Kinds(numbers(outer.left()), numbers(outer.right()), Numbers.DOUBLES);
        long u = place(outer.left());
        long v = place(outer.right());
        long z = memory.firstOfTarget(target);
        Runnable sums = sumsOfLeft(outer);
        Parts ofRows = Parts.ofSingles(rows, (double) columns * samples);
        Parts ofColumns = Parts.ofSingles(columns, (double) rows * samples);
        boolean isByRows = ofRows.count() >= ofColumns.count();
        return team.inParts(isByRows ? ofRows : ofColumns, (part, from, count) -> {
            long first = (long) from * length;
            guard.check(isByRows
                    ? FLOATS.outerSum(kinds, u + first, length, v, length, z + (long) from * columns, columns, count, columns, samples)
                    : FLOATS.outerSum(kinds, u, length, v + first, length, z + from, columns, rows, count, samples));
            if (part == 0) {
                sums.run();
            }
        });
    }

    /** A sum of doubles of outer products, of which one factor is of floats. */
    private Runnable widenedOuterSum(OuterSampleSum outer) {
        int rows = target.shape().dimension(0);
        int columns = target.shape().dimension(1);
        int samples = memory.samples();
        int length = memory.rowLength();
        long u = place(outer.left());
        long v = place(outer.right());
        long z = memory.firstOfTarget(target);
        if (floats.contains(outer.left())) {
            long sumsOfRows = outer.leftSum().map(memory::firstOfTarget).orElse(0L);
            return () -> FLOATS.widenedOuterSum(u, length, v, length, z, columns, 1, rows, columns, samples, sumsOfRows, scratch);
        }
        Runnable sums = sumsOfLeft(outer);
        return () -> {
            FLOATS.widenedOuterSum(v, length, u, length, z, 1, columns, columns, rows, samples, 0, scratch);
            sums.run();
        };
    }

    private Runnable sumsOfLeft(OuterSampleSum outer) {
        return outer.leftSum().map(sum -> sampleSum(outer.left(), memory.firstOfTarget(sum))).orElse(() -> { });
    }

    private Runnable sampleSum(Slot operand, long z) {
        int length = memory.rowLength();
        int entries = operand.shape().size();
        int samples = memory.samples();
        long x = place(operand);
        return floats.contains(operand) ? () -> FLOATS.sampleSums(x, length, z, entries, samples, scratch)
                : () -> MATRICES.sampleSums(x, length, z, entries, samples, scratch);
    }

    private static Stream<Slot> slots(Instruction instruction, Set<Slot> floats) {
        return Stream.concat(instruction.targets().stream(), instruction.operands().stream()).filter(floats::contains);
    }
}
