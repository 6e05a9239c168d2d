package dev.nabla.training;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

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
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

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
    private final Program program;
    private final Engine engine;
    private final INDArray shared;
    private final INDArray parameters;
    private final INDArray gradient;
    private final Map<Integer, Batch> batches = new HashMap<>();

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
        this.program = Program.compile(outputs, symbols);
        int size = network.parameters().size();
        this.shared = Nd4j.create(DataType.DOUBLE, program.sharedSize());
        this.parameters = part(program.sharedOffset(parameterSymbols.getFirst()), size);
        this.gradient = part(program.sharedOutputOffset(1), size);
    }

    private INDArray part(long offset, long length) {
        return Nd4j.create(shared.data(), new long[] {length}, new long[] {1}, offset, 'c');
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
        Batch batch = batches.computeIfAbsent(to - from, size -> new Batch(engine.prepare(program, size, shared)));
        run(batch, order, from, to);
        return batch.loss.get(JAVA_DOUBLE, 0);
    }

    /** An executable for batches of one size with the places of its symbols and of its first output. */
    private final class Batch {
        private final Executable executable;
        private final MemorySegment inputPlace;
        private final MemorySegment targetPlace;
        private final MemorySegment loss;

        private Batch(Executable executable) {
            this.executable = executable;
            this.inputPlace = doubles(executable.symbol(inputs));
            this.targetPlace = doubles(executable.symbol(targets));
            this.loss = doubles(executable.output(0));
        }
    }

    /** The loss over the whole dataset with the present parameters; NaN where it is undefined. */
    double lossOfDataset() {
        int[] order = IntStream.range(0, samples.size()).toArray();
        Program sumsProgram = Program.compile(perSampleSums, symbols);
        INDArray block = Nd4j.create(DataType.DOUBLE, sumsProgram.sharedSize());
        block.get(NDArrayIndex.interval(0, parameters.length())).assign(parameters);
        double[] sums = new double[perSampleSums.size()];
        Batch batch = null;
        for (int from = 0; from < order.length; from += CHUNK) {
            int to = Math.min(from + CHUNK, order.length);
            if (batch == null || batch.executable.batch() != to - from) {
                batch = new Batch(engine.prepare(sumsProgram, to - from, block));
            }
            run(batch, order, from, to);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += batch.executable.output(i).getDouble(0);
            }
        }
        if (!DoubleStream.of(sums).allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        return loss.ofSums(DoubleStream.of(sums).mapToObj(Arithmetic::constant).toList())
                instanceof Constant value ? value.value() : Double.NaN;
    }

    private void run(Batch batch, int[] order, int from, int to) {
        gather(samples.inputs(), samples.inputDimension(), order, from, to, batch.inputPlace);
        gather(samples.targets(), samples.targetDimension(), order, from, to, batch.targetPlace);
        batch.executable.run();
    }

    /** Writes one column of the batch for every sample. */
    private static void gather(double[] rows, int dimension, int[] order, int from, int to, MemorySegment batch) {
        int size = to - from;
        for (int s = 0; s < size; s++) {
            int row = order[from + s] * dimension;
            for (int e = 0; e < dimension; e++) {
                batch.setAtIndex(JAVA_DOUBLE, (long) e * size + s, rows[row + e]);
            }
        }
    }

    private static MemorySegment doubles(INDArray array) {
        return MemorySegment.ofAddress(array.data().address() + array.offset() * JAVA_DOUBLE.byteSize())
                .reinterpret(array.length() * JAVA_DOUBLE.byteSize());
    }
}
