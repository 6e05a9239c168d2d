package dev.nabla.losses;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.UndefinedException;
import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.FlatVector;
import dev.nabla.program.ReadyProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/** A part of the loss of a whole dataset as a program, in double precision. */
public final class DatasetProgram {

    /** Samples that are computed at once. */
    private static final int CHUNK = 1024;

    private final UnaryOperator<List<Expression>> termsOfSums;
    private final int samples;
    private final Symbol inputs;
    private final List<Symbol> targets;
    private final ReadyProgram ready;
    private final FlatVector parameters;

    /** Takes all memory that it needs. */
    public DatasetProgram(Network network, LossPart part, Engine engine) {
        this.termsOfSums = part.termsOfSums();
        this.samples = part.size();
        this.inputs = network.inputs();
        this.targets = part.targets().stream().toList();
        List<Symbol> symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(inputs);
        symbols.addAll(targets);
        part.multipliers().ifPresent(symbols::add);
        this.ready = LossCompiler.OF_ALL.ready(new LossSource(part.sums(), symbols), engine.ofDoubles());
        this.parameters = new FlatVector(ready.values().from(symbols.getFirst(), network.parameters().size()));
        ready.prepare(samples, CHUNK);
    }

    /**
     * The part with some parameters, or NaN where it is undefined.
     *
     * @param rows as many samples as the part has
     */
    public double of(Samples rows, double[] flat) {
        parameters.set(flat);
        int[] order = Executable.ascending(samples);
        double[] sums = new double[ready.values().outputCount()];
        for (int from = 0; from < samples; from += CHUNK) {
            Executable chunk = ready.of(Math.min(CHUNK, samples - from));
            chunk.load(inputs, rows.inputs(), order, from);
            for (Symbol symbol : targets) {
                chunk.load(symbol, rows.targets(), order, from);
            }
            chunk.run();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += ready.values().output(i);
            }
        }
        if (!Arrays.stream(sums).allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        try {
            return ((Constant) Arithmetic.sum(termsOfSums.apply(DoubleStream.of(sums).mapToObj(Arithmetic::constant).toList()))).value();
        } catch (UndefinedException e) {
            return Double.NaN;
        }
    }

    /** Leaves all that computes it to whoever computes the same next; nothing can be computed any more. */
    public void free() {
        LossCompiler.OF_ALL.leave(ready);
    }
}
