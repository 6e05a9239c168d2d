package dev.nabla.training;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.Program;
import dev.nabla.program.SharedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of a batch and its gradient with respect to all parameters, as one program. Parameters and gradient are flat
 * vectors in ND4J's memory, in the order of the network's parameters.
 */
final class TrainingStep {

    private static final String TARGETS = "targets";

    /** Samples of which the loss of the whole dataset is computed at once. */
    private static final int CHUNK = 1024;

    private final Samples samples;
    private final Symbol inputs;
    private final Symbol targets;
    private final List<Symbol> symbols;
    private final Loss loss;
    private final List<Expression> perSampleSums;
    private final Engine engine;
    private final SharedValues values;
    private final INDArray parameters;
    private final INDArray gradient;
    private final List<Executable> executables = new ArrayList<>();
    private final List<Executable> chunks = new ArrayList<>();
    private @Nullable SharedValues ofDataset;

    TrainingStep(Network network, Loss loss, Samples samples, Engine engine) {
        this.samples = samples;
        this.engine = engine;
        this.inputs = network.inputs();
        this.targets = (Symbol) Arithmetic.perSampleSymbol(TARGETS, Shape.of(samples.targetDimension()));
        this.loss = loss;
        this.perSampleSums = loss.perSample(network.outputs(), targets).stream().map(LinearAlgebra::sampleSum).toList();
        Expression batchLoss = loss.ofBatch(network.outputs(), targets);
        List<Symbol> parameterSymbols = network.parameters().symbols();
        var outputs = new ArrayList<>(List.of(batchLoss));
        outputs.addAll(Derivative.gradient(batchLoss, List.copyOf(parameterSymbols)));
        this.symbols = new ArrayList<>(parameterSymbols);
        symbols.addAll(List.of(inputs, targets));
        Program program = Program.compile(outputs, symbols);
        int size = network.parameters().size();
        this.values = new SharedValues(program);
        this.parameters = values.from(parameterSymbols.getFirst(), size);
        this.gradient = values.fromOutput(1, size);
    }

    INDArray parameters() {
        return parameters;
    }

    /** Of the loss of the batch that was computed last. */
    INDArray gradient() {
        return gradient;
    }

    /** Computes the gradient for the samples {@code order[from]} to {@code order[to - 1]} and returns their loss. */
    double compute(int[] order, int from, int to) {
        run(executable(executables, values, to - from), order, from);
        return values.output(0);
    }

    /** By size; there are two at most, of which the one for full batches is made first. */
    private Executable executable(List<Executable> prepared, SharedValues on, int batch) {
        for (int i = 0; i < prepared.size(); i++) {
            if (prepared.get(i).batch() == batch) {
                return prepared.get(i);
            }
        }
        prepared.add(engine.prepare(on, batch));
        return prepared.getLast();
    }

    /** The loss over the whole dataset with the present parameters; NaN where it is undefined. */
    double lossOfDataset() {
        int[] order = IntStream.range(0, samples.size()).toArray();
        if (ofDataset == null) {
            ofDataset = new SharedValues(Program.compile(perSampleSums, symbols));
        }
        ofDataset.from(symbols.getFirst(), Math.toIntExact(parameters.length())).assign(parameters);
        double[] sums = new double[perSampleSums.size()];
        for (int from = 0; from < order.length; from += CHUNK) {
            int size = Math.min(CHUNK, order.length - from);
            run(executable(chunks, ofDataset, size), order, from);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += ofDataset.output(i);
            }
        }
        if (!DoubleStream.of(sums).allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        return loss.ofSums(DoubleStream.of(sums).mapToObj(Arithmetic::constant).toList())
                instanceof Constant value ? value.value() : Double.NaN;
    }

    private void run(Executable executable, int[] order, int from) {
        executable.load(inputs, samples.inputs(), order, from);
        executable.load(targets, samples.targets(), order, from);
        executable.run();
    }
}
