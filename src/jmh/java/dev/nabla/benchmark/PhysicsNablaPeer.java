package dev.nabla.benchmark;

import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.sampleSum;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import dev.nabla.program.AdamUpdate;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.Program;
import dev.nabla.program.SharedValues;
import dev.nabla.training.EpochOrder;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Nabla's derivatives, compiled once and run on one batch after the other. */
final class PhysicsNablaPeer implements Peer {

    private final PhysicsTask task;
    private final INDArray parameters;
    private final Executable executable;
    private final Symbol inputs;
    private final Symbol targets;
    private final AdamUpdate adam;
    private final EpochOrder order;
    private int[] ofEpoch = {};
    private int step;

    PhysicsNablaPeer(PhysicsTask task, Engine engine) {
        this.task = task;
        this.inputs = task.network().inputs();
        this.targets = (Symbol) perSampleSymbol("targets", Shape.of(task.physics().dimension()));
        List<Symbol> parameterSymbols = task.network().parameters().symbols();
        Expression predicted = task.physics().of(entry(task.network().outputs(), 0), inputs);
        Expression loss = sampleSum(entrySum(power(subtract(predicted, targets), 2)));
        var symbols = new ArrayList<>(parameterSymbols);
        symbols.addAll(List.of(inputs, targets));
        var values = new SharedValues(Program.compile(Derivative.gradient(loss, List.copyOf(parameterSymbols)), symbols));
        int size = task.initialParameters().length;
        this.parameters = values.from(parameterSymbols.getFirst(), size);
        parameters.assign(Nd4j.createFromArray(task.initialParameters()));
        this.executable = engine.prepare(values, task.batch());
        this.adam = engine.adam(parameters, values.fromOutput(0, size), Nd4j.zeros(DataType.DOUBLE, size),
                Nd4j.zeros(DataType.DOUBLE, size));
        order = new EpochOrder(Regression.SAMPLES, task.shuffle(), 1);
    }

    @Override
    public void train(int steps) {
        int stepsOfEpoch = Regression.SAMPLES / task.batch();
        for (int last = step + steps; step < last;) {
            int from = step % stepsOfEpoch * task.batch();
            if (from == 0) {
                ofEpoch = order.ofEpoch(step / stepsOfEpoch);
            }
            executable.load(inputs, task.samples().inputs(), ofEpoch, from);
            executable.load(targets, task.samples().targets(), ofEpoch, from);
            executable.run();
            step++;
            var settings = Regression.ADAM;
            adam.run(settings.learningRate(), settings.beta1(), settings.beta2(), settings.epsilon(), step);
        }
    }

    @Override
    public double[] parameters() {
        return parameters.toDoubleVector();
    }

    @Override
    public void close() {}
}
