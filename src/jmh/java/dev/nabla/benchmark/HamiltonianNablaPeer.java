package dev.nabla.benchmark;

import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.sampleSum;
import static dev.nabla.expression.LinearAlgebra.stack;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import dev.nabla.program.AdamUpdate;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.Program;
import dev.nabla.training.EpochOrder;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Nabla's second derivatives, compiled once and run on one batch after the other. */
final class HamiltonianNablaPeer implements Peer {

    private final Hamiltonian task;
    private final INDArray shared;
    private final INDArray parameters;
    private final Executable executable;
    private final MemorySegment z;
    private final MemorySegment velocity;
    private final AdamUpdate adam;
    private final EpochOrder order;
    private int[] ofEpoch = {};
    private int step;

    HamiltonianNablaPeer(Hamiltonian task, Engine engine) {
        this.task = task;
        Symbol inputs = task.network().inputs();
        Symbol targets = (Symbol) perSampleSymbol("velocity", Shape.of(2));
        List<Symbol> parameterSymbols = task.network().parameters().symbols();
        Expression loss = loss(entry(task.network().outputs(), 0), inputs, targets);
        var symbols = new ArrayList<>(parameterSymbols);
        symbols.addAll(List.of(inputs, targets));
        Program program = Program.compile(Derivative.gradient(loss, List.copyOf(parameterSymbols)), symbols);
        shared = Nd4j.create(DataType.DOUBLE, program.sharedSize());
        parameters = part(program.sharedOffset(parameterSymbols.getFirst()));
        parameters.assign(Nd4j.createFromArray(task.initialParameters()));
        executable = engine.prepare(program, task.batch(), shared);
        z = doubles(executable.symbol(inputs));
        velocity = doubles(executable.symbol(targets));
        int size = task.initialParameters().length;
        adam = engine.adam(parameters, part(program.sharedOutputOffset(0)), Nd4j.zeros(DataType.DOUBLE, size),
                Nd4j.zeros(DataType.DOUBLE, size));
        order = new EpochOrder(Regression.SAMPLES, task.shuffle(), 1);
    }

    /** ‖J∇H(z) − ż‖² over the batch. */
    private static Expression loss(Expression energy, Expression z, Expression velocity) {
        Expression gradient = Derivative.of(energy, z);
        Expression field = stack(entry(gradient, 1), negate(entry(gradient, 0)));
        return sampleSum(entrySum(power(subtract(field, velocity), 2)));
    }

    private INDArray part(long offset) {
        return Nd4j.create(shared.data(), new long[] {task.initialParameters().length}, new long[] {1}, offset, 'c');
    }

    private static MemorySegment doubles(INDArray array) {
        return MemorySegment.ofAddress(array.data().address() + array.offset() * JAVA_DOUBLE.byteSize())
                .reinterpret(array.length() * JAVA_DOUBLE.byteSize());
    }

    @Override
    public void train(int steps) {
        int stepsOfEpoch = Regression.SAMPLES / task.batch();
        for (int last = step + steps; step < last;) {
            int from = step % stepsOfEpoch * task.batch();
            if (from == 0) {
                ofEpoch = order.ofEpoch(step / stepsOfEpoch);
            }
            gather(task.samples().inputs(), from, z);
            gather(task.samples().targets(), from, velocity);
            executable.run();
            step++;
            var settings = Regression.ADAM;
            adam.run(settings.learningRate(), settings.beta1(), settings.beta2(), settings.epsilon(), step);
        }
    }

    private void gather(double[] rows, int from, MemorySegment batch) {
        for (int s = 0; s < task.batch(); s++) {
            int row = ofEpoch[from + s] * 2;
            batch.setAtIndex(JAVA_DOUBLE, s, rows[row]);
            batch.setAtIndex(JAVA_DOUBLE, (long) task.batch() + s, rows[row + 1]);
        }
    }

    @Override
    public double[] parameters() {
        return parameters.toDoubleVector();
    }

    @Override
    public void close() {}
}
