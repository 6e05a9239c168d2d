package dev.nabla.program;

import dev.nabla.expression.Expression.Symbol;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program on its memory, each instruction a step of one engine. */
final class PreparedProgram implements Executable {

    private final Program program;
    private final Memory memory;
    private final Runnable[] steps;

    PreparedProgram(Program program, int batch, INDArray shared, BiFunction<Instruction, Memory, Runnable> step) {
        if (shared.length() < program.sharedSize() || shared.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException("the shared block must hold " + program.sharedSize() + " doubles");
        }
        this.program = program;
        this.memory = new Memory(program, batch, shared);
        this.steps = program.instructions().stream().map(instruction -> step.apply(instruction, memory))
                .toArray(Runnable[]::new);
    }

    @Override
    public int batch() {
        return memory.batch();
    }

    @Override
    public INDArray symbol(Symbol symbol) {
        return memory.array(program.symbols().get(symbol));
    }

    @Override
    public INDArray output(int output) {
        return memory.array(program.outputs().get(output));
    }

    @Override
    public void run() {
        for (Runnable step : steps) {
            step.run();
        }
    }
}
