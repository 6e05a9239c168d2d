package dev.nabla.program;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Expressions compiled once and computed for many samples. */
public final class Evaluation {

    /** A batch of so few is run at once, however long it takes. */
    private static final int LEAST_SAMPLES = 16;
    private static final double MOST_NANOS = 1e8;
    /** Of a batch, so that they stay in the caches and are few enough to be kept; but each processor is to have a tile. */
    private static final long DOUBLES_OF_BATCH = 1 << 17;
    private static final int LEAST_CACHED_SAMPLES = 128 * Runtime.getRuntime().availableProcessors();
    /** An array of doubles and the reference to it. */
    private static final long BYTES_OF_ROW = 24;

    private final List<Symbol> symbols;
    private final Program program;
    private final Engine engine;

    private final int count;
    private final boolean isWatched;
    private final boolean isSummed;
    private final int largestBatch;
    /** Of a run with the largest batch; predicted once, as a single sample takes less time than to predict it. */
    private final double workOfLargest;

    private Evaluation(List<Expression> expressions, List<Symbol> symbols, Engine engine, boolean isWatched) {
        this.symbols = symbols;
        this.program = isWatched ? Program.compileWatched(expressions, symbols) : Program.compile(expressions, symbols);
        this.engine = engine;
        this.count = expressions.size();
        this.isWatched = isWatched;
        this.isSummed = program.sumsOverSamples();
        this.largestBatch = isSummed ? program.largestBatch() : largestBatch(program);
        this.workOfLargest = program.workOfRun(largestBatch);
    }

    /** @param symbols all symbols that will have a value */
    public static Evaluation of(List<Expression> expressions, List<Symbol> symbols, Engine engine) {
        return new Evaluation(List.copyOf(expressions), List.copyOf(symbols), engine, false);
    }

    /** One in which an expression has the value NaN where any part of it has no finite value, as tanh(1 / x) at 0. */
    public static Evaluation watched(List<Expression> expressions, List<Symbol> symbols, Engine engine) {
        return new Evaluation(List.copyOf(expressions), List.copyOf(symbols), engine, true);
    }

    /**
     * The values of each expression: {@code [expression][sample][entry]}, entries row-major. What is the same for all
     * samples is repeated; values that are no finite numbers are returned as they are.
     *
     * @param shared the values of the shared symbols, row-major
     * @param perSample of each per-sample symbol its values in every sample, {@code [sample][entry]}
     * @param samples how many there are
     */
    public double[][][] evaluate(Map<Symbol, double[]> shared, Map<Symbol, double[][]> perSample, int samples) {
        ReadyProgram ready = ready(shared);
        try {
            return evaluate(ready, perSample, samples);
        } finally {
            ready.free();
        }
    }

    ReadyProgram ready(Map<Symbol, double[]> shared) {
        var ready = new ReadyProgram(program, engine);
        shared.forEach(ready.values()::set);
        return ready;
    }

    double[][][] evaluate(ReadyProgram ready, Map<Symbol, double[][]> perSample, int samples) {
        if (isSummed && samples > largestBatch) {
            throw new WorkLimitException("sums over " + samples + " samples, more than " + largestBatch + " at once");
        }
        holdValues(perSample.keySet(), samples);
        double[][][] values = new double[count][samples][];
        int[] order = Executable.ascending(samples);
        Map<Symbol, double[]> rows = new HashMap<>();
        perSample.forEach((symbol, ofSymbol) -> rows.put(symbol, flat(ofSymbol, samples)));
        int batch = Math.ceilDiv(samples, Math.max(1, Math.ceilDiv(samples, largestBatch)));
        for (int done = 0; done < samples; done += batch) {
            // The last begins earlier, as a batch of another size would have to be made ready.
            int from = Math.min(done, samples - batch);
            Work.spend(workOfLargest * batch / largestBatch);
            ready.prepare(batch, batch);
            Executable executable = ready.of(batch);
            for (Symbol symbol : symbols) {
                if (symbol.isPerSample()) {
                    executable.load(symbol, requireNonNull(rows.get(symbol)), order, from);
                }
            }
            executable.run();
            for (int i = 0; i < values.length; i++) {
                System.arraycopy(executable.output(i), 0, values[i], from, batch);
                if (isWatched) {
                    spoil(values[i], from, executable.scalars(count + i));
                }
            }
        }
        return values;
    }

    /** One that takes no longer than that somebody who gives up is noticed soon. */
    private static int largestBatch(Program program) {
        long cached = Math.max(LEAST_CACHED_SAMPLES, DOUBLES_OF_BATCH / Math.max(1, program.doublesOfSample()));
        int most = (int) Math.min(program.largestBatch(), cached);
        while (most > LEAST_SAMPLES && program.workOfRun(most) > MOST_NANOS) {
            most /= 2;
        }
        return most;
    }

    /** The rows that come back and those that are loaded. */
    private void holdValues(Set<Symbol> loaded, int samples) {
        long bytes = loaded.stream().mapToLong(symbol -> (long) Double.BYTES * symbol.shape().size()).sum();
        for (Slot output : program.outputs()) {
            bytes += BYTES_OF_ROW + (long) Double.BYTES * output.shape().size();
        }
        Work.hold(Place.HEAP, bytes * samples);
    }

    private static void spoil(double[][] values, int from, double[] taints) {
        for (int s = 0; s < taints.length; s++) {
            if (taints[s] != 0) {
                Arrays.fill(values[from + s], Double.NaN);
            }
        }
    }

    private static double[] flat(double[][] rows, int count) {
        double[] flat = new double[count * rows[0].length];
        for (int s = 0; s < count; s++) {
            System.arraycopy(rows[s], 0, flat, s * rows[0].length, rows[0].length);
        }
        return flat;
    }
}
