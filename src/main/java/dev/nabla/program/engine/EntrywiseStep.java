package dev.nabla.program.engine;

import dev.nabla.program.Instruction;
import dev.nabla.program.Instruction.ApplyBinary;
import dev.nabla.program.Instruction.Select;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.Doubles;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.kernels.FunctionKernels;
import dev.nabla.program.kernels.FunctionOfTwo;
import dev.nabla.program.memory.Memory;
import java.util.List;

/**
 * A function of several operands as a kernel on runs, as {@link CombinationStep} has them. What is one number in a run is
 * written often enough first, for pieces of the run that stay in the cache.
 */
final class EntrywiseStep implements Runnable {

    private static final EntrywiseKernels KERNELS = EntrywiseKernels.best();
    private static final FunctionKernels FUNCTIONS = FunctionKernels.best();
    private static final int PIECE = 512;

    private final long target;
    private final int length;
    private final Kernel kernel;
    private final long[][] places;
    private final boolean[] isNumber;
    private final long scratch;

    /** Writes z from operands of as many entries. */
    private interface Kernel {
        void apply(long[] operands, long z, int count);
    }

    static Runnable of(ApplyBinary apply, Memory memory) {
        return switch (apply.function()) {
            case XLOGY -> step(apply, memory, FunctionOfTwo.XLOGY);
            case ATAN2 -> step(apply, memory, FunctionOfTwo.ATAN2);
            case LOGADDEXP -> step(apply, memory, FunctionOfTwo.LOGADDEXP);
            case MIN -> step(apply, memory, (x, z, n) -> KERNELS.min(x[0], x[1], z, n));
            case MAX -> step(apply, memory, (x, z, n) -> KERNELS.max(x[0], x[1], z, n));
            case LESS -> step(apply, memory, (x, z, n) -> KERNELS.less(x[0], x[1], z, n));
            case GREATER -> step(apply, memory, (x, z, n) -> KERNELS.less(x[1], x[0], z, n));
            case LESS_EQUAL -> step(apply, memory, (x, z, n) -> KERNELS.lessOrEqual(x[0], x[1], z, n));
            case GREATER_EQUAL -> step(apply, memory, (x, z, n) -> KERNELS.lessOrEqual(x[1], x[0], z, n));
            case EQUAL -> step(apply, memory, (x, z, n) -> KERNELS.equal(x[0], x[1], 1, 0, z, n));
            case NOT_EQUAL -> step(apply, memory, (x, z, n) -> KERNELS.equal(x[0], x[1], 0, 1, z, n));
        };
    }

    static Runnable of(Select select, Memory memory) {
        return step(select, memory, (x, z, n) -> KERNELS.select(x[0], x[1], x[2], z, n));
    }

    private static Runnable step(ApplyBinary apply, Memory memory, FunctionOfTwo function) {
        FunctionKernels.OfTwo kernel = FUNCTIONS.of(function);
        return step(apply, memory, (x, z, n) -> kernel.apply(x[0], x[1], z, n));
    }

    private static Runnable step(Instruction instruction, Memory memory, Kernel kernel) {
        return new EntrywiseStep(instruction, memory, kernel);
    }

    /** How many doubles an instruction needs to work in. */
    static long scratch(Instruction instruction) {
        return (long) instruction.operands().size() * PIECE;
    }

    private EntrywiseStep(Instruction instruction, Memory memory, Kernel kernel) {
        Slot slot = instruction.target();
        List<Slot> operands = instruction.operands();
        int runs = CombinationStep.runs(slot, operands);
        this.target = memory.firstOfTarget(slot);
        this.length = memory.size(slot) / runs;
        this.kernel = kernel;
        this.places = operands.stream().map(operand -> CombinationStep.places(operand, runs, memory)).toArray(long[][]::new);
        this.isNumber = new boolean[places.length];
        for (int i = 0; i < places.length; i++) {
            isNumber[i] = CombinationStep.isNumber(operands.get(i), slot);
        }
        this.scratch = memory.scratch();
    }

    @Override
    public void run() {
        long[] pieces = new long[places.length];
        for (int run = 0; run < places[0].length; run++) {
            for (int i = 0; i < pieces.length; i++) {
                if (isNumber[i]) {
                    KERNELS.fill(Doubles.get(places[i][run]), scratch + (long) i * PIECE, Math.min(PIECE, length));
                }
            }
            for (int from = 0; from < length; from += PIECE) {
                for (int i = 0; i < pieces.length; i++) {
                    pieces[i] = isNumber[i] ? scratch + (long) i * PIECE : places[i][run] + from;
                }
                kernel.apply(pieces, target + (long) run * length + from, Math.min(PIECE, length - from));
            }
        }
    }
}
