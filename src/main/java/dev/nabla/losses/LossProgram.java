package dev.nabla.losses;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.FlatVector;
import dev.nabla.program.ReadyProgram;
import dev.nabla.program.SharedValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A part of the loss of a batch and its gradient with respect to all parameters, as one program. Parameters and gradient
 * are flat vectors, in the order of the network's parameters.
 */
public final class LossProgram {

    private final LossPart part;
    private final boolean isMultiplied;
    private Samples rows;
    private final Symbol inputs;
    private final Symbol firstParameter;
    private final int parameterCount;
    private final int[] termNumbers;
    private final ReadyProgram ready;
    private final SharedValues values;
    /** Whose rows lie in the executable for all samples. */
    private @Nullable Samples loaded;

    public LossProgram(Network network, LossPart part, Engine engine) {
        this(network, part, Set.of(), engine);
    }

    /** @param fixed the paths of parameters by which nothing is differentiated: their gradient is 0 */
    public LossProgram(Network network, LossPart part, Set<String> fixed, Engine engine) {
        this.part = part;
        this.rows = part.samples();
        this.isMultiplied = part.multipliers().isPresent();
        this.inputs = network.inputs();
        List<Symbol> parameters = network.parameters().symbols();
        this.parameterCount = network.parameters().size();
        this.termNumbers = part.termNumbers().stream().mapToInt(Integer::intValue).toArray();
        var computed = new ArrayList<>(List.of(part.ofBatch()));
        if (termNumbers.length > 1 || isMultiplied) {
            computed.addAll(part.termsOfSums().apply(part.sums()));
        }
        this.firstParameter = parameters.getFirst();
        List<Symbol> symbols = new ArrayList<>(parameters);
        symbols.add(inputs);
        part.targets().ifPresent(symbols::add);
        part.multipliers().ifPresent(symbols::add);
        this.ready = LossCompiler.OF_ALL.ready(new LossSource(computed, parameters, fixed, symbols), engine);
        this.values = ready.values();
    }

    public int samples() {
        return part.size();
    }

    /** Takes others for the samples of the part. */
    public void setSamples(Samples others) {
        this.rows = others;
    }

    public INDArray parameters() {
        return values.from(firstParameter, parameterCount);
    }

    public INDArray gradient() {
        return values.fromOutput(1, parameterCount);
    }

    /** Computes with the parameters of another program, and adds its gradient to that one's. */
    public double computeInto(LossProgram first, int[] order, int from, int to) {
        values.copySymbols(first.values, firstParameter, parameterCount);
        double loss = compute(order, from, to);
        first.values.addOutputs(values, 1, parameterCount);
        return loss;
    }

    /**
     * Computes loss and gradient for the samples {@code order[from]} to {@code order[to - 1]} and returns the loss; where terms
     * have multipliers, these are in the gradient and not in the loss.
     */
    public double compute(int[] order, int from, int to) {
        Executable executable = ready.of(to - from);
        if (loaded != rows || to - from < samples()) {
            load(executable, order, from);
            loaded = to - from < samples() ? null : rows;
        }
        executable.run();
        return isMultiplied ? sumOfTerms() : values.output(0);
    }

    private double sumOfTerms() {
        double sum = 0;
        for (int i = values.outputCount() - termNumbers.length; i < values.outputCount(); i++) {
            sum += values.output(i);
        }
        return sum;
    }

    /** Sets the multipliers of its terms, if these have some. */
    public void setMultipliers(double[] ofAllTerms) {
        part.multipliers().ifPresent(symbol ->
                values.set(symbol, Arrays.stream(termNumbers).mapToDouble(number -> ofAllTerms[number]).toArray()));
    }

    /**
     * Computes the gradient of each term at the parameters of another program, for one after the other; leaves its multipliers
     * changed.
     *
     * @param look gets the number of the term and its gradient, which is of use during the call only
     */
    public void forEachTerm(int ofAll, LossProgram first, int[] order, int from, int to, ObjIntConsumer<double[]> look) {
        if (this != first) {
            values.copySymbols(first.values, firstParameter, parameterCount);
        }
        var gradient = new FlatVector(gradient());
        double[] entries = new double[parameterCount];
        for (int number : termNumbers) {
            double[] only = new double[ofAll];
            only[number] = 1;
            setMultipliers(only);
            compute(order, from, to);
            gradient.copyTo(entries);
            look.accept(entries, number);
        }
    }

    public int termCount() {
        return termNumbers.length;
    }

    /** Adds the terms of the part for the batch that was computed last, each at its number. */
    public void addTermsTo(double[] sums) {
        for (int i = 0; i < termNumbers.length; i++) {
            sums[termNumbers[i]] += values.output(termNumbers.length == 1 && !isMultiplied ? 0
                    : values.outputCount() - termNumbers.length + i);
        }
    }

    /** Takes all memory that {@link #compute} needs for all samples in batches of a size, of which the last may be smaller. */
    public void prepare(int batchSize) {
        ready.prepare(samples(), batchSize);
        loaded = null;
    }

    /** Leaves all that computes it to whoever computes the same next; nothing can be computed or looked at any more. */
    public void free() {
        LossCompiler.OF_ALL.leave(ready);
    }

    private void load(Executable executable, int[] order, int from) {
        executable.load(inputs, rows.inputs(), order, from);
        if (part.targets().isPresent()) {
            executable.load(part.targets().get(), rows.targets(), order, from);
        }
    }
}
