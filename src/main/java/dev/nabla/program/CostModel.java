package dev.nabla.program;

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
import dev.nabla.program.kernels.MatrixKernels;
import java.util.function.ToDoubleFunction;

/**
 * How long instructions take, in nanoseconds on one thread of the machine that the figures were measured on. Only ratios
 * matter: they decide what is worth sharing among threads, and which engine is the faster one.
 */
public final class CostModel {

    private static final double KERNEL_CALL = 10;
    private static final double KERNEL_MULTIPLY_ADD = MatrixKernels.best().nanosOfMultiplyAdd();
    private static final double KERNEL_FUNCTION = 1.3;
    private static final double KERNEL_OPERAND = 0.1;
    private static final double PLAIN_OPERATION = 20;
    private static final double PLAIN_MULTIPLY_ADD = 2;

    private static final double ND4J_CALL = 15_000;
    private static final double ND4J_ENTRY = 0.5;
    private static final double ND4J_MULTIPLY_ADD = 0.1;

    private CostModel() {}

    /** A run of the program by the engine {@code kernels}. */
    static double ofKernels(Program program, int batch) {
        return ofRun(program, instruction -> ofKernels(instruction, batch));
    }

    /** A run of the program by the engine {@code nd4j}. */
    static double ofNd4j(Program program, int batch) {
        return ofRun(program, instruction -> ofNd4j(instruction, batch));
    }

    private static double ofRun(Program program, ToDoubleFunction<Instruction> nanos) {
        return program.schedule().stages().stream().flatMap(stage -> stage.instructions().stream())
                .mapToDouble(nanos).sum();
    }

    /** A step of Adam by kernels on so many parameters. */
    public static double ofAdam(int size) {
        return KERNEL_CALL + KERNEL_FUNCTION * size;
    }

    /** A linear combination of two vectors of this size by kernels. */
    public static double ofLinear(int size) {
        return KERNEL_CALL + 3 * KERNEL_OPERAND * size;
    }

    /** An instruction of the engine {@code kernels} for so many samples. */
    public static double ofKernels(Instruction instruction, int samples) {
        Slot target = instruction.target();
        double size = target.size(samples);
        double operandSize = instruction.operands().stream().mapToDouble(operand -> operand.size(samples)).sum();
        return KERNEL_CALL + switch (instruction) {
            case Apply _, ApplyPair _ -> KERNEL_FUNCTION * size;
            case Power _ -> PLAIN_OPERATION * size;
            case ApplyBinary a -> switch (a.function()) {
                case XLOGY, ATAN2, LOGADDEXP -> KERNEL_FUNCTION * size;
                case MIN, MAX, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL -> 4 * KERNEL_OPERAND * size;
            };
            case Select _ -> 4 * KERNEL_OPERAND * size;
            case Norm _, Watch _ -> KERNEL_CALL * instruction.operands().stream().mapToInt(o -> o.shape().size()).sum()
                    + KERNEL_OPERAND * operandSize;
            case MatrixProduct m when m.left().perSample() && m.right().perSample() ->
                KERNEL_CALL * target.shape().size() * m.inner() + 3 * KERNEL_OPERAND * size * m.inner();
            case MatrixProduct m when m.left().perSample() || m.transposeRight() ->
                PLAIN_MULTIPLY_ADD * size * m.inner();
            case MatrixProduct m -> KERNEL_MULTIPLY_ADD * size * m.inner();
            case OuterSampleSum _ -> KERNEL_MULTIPLY_ADD * size * samples;
            case Factorisation f -> ofFactorisation(f, size);
            case Solve s -> ofSolve(s, size);
            case Combination c -> KERNEL_OPERAND * size * (1 + c.operands().size());
            case Outer _ -> KERNEL_OPERAND * size;
            case Fill _, DotSampleSum _, Transpose _, EntrySum _, SampleSum _, Spread _, Extract _, Stack _ ->
                KERNEL_OPERAND * (size + operandSize);
        };
    }

    /** A call for every entry and elimination of it, or for every row; pivots are looked for sample by sample. */
    private static double ofFactorisation(Factorisation factorisation, double size) {
        double n = factorisation.matrix().shape().dimension(0);
        double calls = factorisation.target().shape().size() * (factorisation.target().perSample() ? 2 * n / 3 : 1);
        return KERNEL_CALL * calls + size * (KERNEL_FUNCTION + 2 * KERNEL_OPERAND * n);
    }

    /** A call for every entry of the factors and each column of the solution, or all of them. */
    private static double ofSolve(Solve solve, double size) {
        double n = solve.target().shape().dimension(0);
        double callsOfRow = solve.factors().perSample() ? solve.target().shape().size() : n;
        return KERNEL_CALL * callsOfRow * n + KERNEL_OPERAND * size * n;
    }

    private static double ofNd4j(Instruction instruction, int batch) {
        double size = instruction.target().size(batch);
        return switch (instruction) {
            case MatrixProduct m when m.left().perSample() || m.right().perSample() && m.transposeRight() ->
                PLAIN_OPERATION * size * m.inner();
            case MatrixProduct m -> ND4J_CALL + ND4J_MULTIPLY_ADD * size * m.inner();
            case OuterSampleSum _ -> ND4J_CALL + ND4J_MULTIPLY_ADD * size * batch;
            case Power _, ApplyBinary _, Select _ -> PLAIN_OPERATION * size;
            case Factorisation _, Solve _, Norm _, Watch _ -> ofKernels(instruction, batch);
            case Fill _, Apply _, ApplyPair _, Combination _, Outer _, DotSampleSum _, Transpose _, EntrySum _, SampleSum _, Spread _,
                    Extract _, Stack _ -> Math.max(1, instruction.operands().size()) * (ND4J_CALL + ND4J_ENTRY * size);
        };
    }
}
