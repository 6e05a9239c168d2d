package dev.nabla.program;

import dev.nabla.expression.Expression.Symbol;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs each instruction as one or a few ND4J operations. */
public final class Nd4jEngine implements Engine {

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public Executable prepare(Program program, int batch, INDArray shared) {
        if (shared.length() < program.sharedSize() || shared.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException("the shared block must hold " + program.sharedSize() + " doubles");
        }
        var memory = new Memory(program, batch, shared);
        List<Runnable> steps = program.instructions().stream()
                .map(instruction -> Nd4jStep.of(instruction, memory)).toList();
        return new Executable() {
            @Override
            public int batch() {
                return batch;
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
        };
    }

    /** Loads ND4J's native library and runs one operation, so that no request waits for it. */
    public static void start() {
        INDArray one = Nd4j.ones(DataType.DOUBLE, 1, 1);
        if (one.mmul(one).getDouble(0) != 1) {
            throw new IllegalStateException("ND4J does not compute");
        }
    }
}
