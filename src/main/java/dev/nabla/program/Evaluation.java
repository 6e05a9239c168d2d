package dev.nabla.program;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Expressions compiled once and computed for many samples. */
public final class Evaluation {

    /** Samples computed at once, so that memory stays bounded however many there are. */
    private static final int BATCH = 1024;

    private final List<Expression> expressions;
    private final List<Symbol> symbols;
    private final Program program;
    private final Engine engine;

    private Evaluation(List<Expression> expressions, List<Symbol> symbols, Engine engine) {
        this.expressions = expressions;
        this.symbols = symbols;
        this.program = Program.compile(expressions, symbols);
        this.engine = engine;
    }

    /** @param symbols all symbols that will have a value */
    public static Evaluation of(List<Expression> expressions, List<Symbol> symbols, Engine engine) {
        return new Evaluation(List.copyOf(expressions), List.copyOf(symbols), engine);
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
        double[][][] values = new double[expressions.size()][samples][];
        INDArray block = Nd4j.create(DataType.DOUBLE, Math.max(1, program.sharedSize()));
        MemorySegment sharedDoubles = Memory.doubles(block);
        shared.forEach((symbol, entries) -> MemorySegment.copy(entries, 0, sharedDoubles, JAVA_DOUBLE,
                program.sharedOffset(symbol) * JAVA_DOUBLE.byteSize(), entries.length));
        var executables = new ArrayList<Executable>();
        for (int from = 0; from < samples; from += BATCH) {
            int batch = Math.min(BATCH, samples - from);
            if (executables.isEmpty() || executables.getLast().batch() != batch) {
                executables.add(engine.prepare(program, batch, block));
            }
            Executable executable = executables.getLast();
            for (Symbol symbol : symbols) {
                if (symbol.isPerSample()) {
                    write(perSample.get(symbol), from, executable.symbol(symbol));
                }
            }
            executable.run();
            for (int i = 0; i < expressions.size(); i++) {
                read(executable.output(i), expressions.get(i), from, batch, values[i]);
            }
        }
        return values;
    }

    private static void write(double[][] rows, int from, INDArray place) {
        MemorySegment doubles = Memory.doubles(place);
        int batch = (int) place.size(place.rank() - 1);
        for (int s = 0; s < batch; s++) {
            double[] row = rows[from + s];
            for (int e = 0; e < row.length; e++) {
                doubles.setAtIndex(JAVA_DOUBLE, (long) e * batch + s, row[e]);
            }
        }
    }

    private static void read(INDArray place, Expression expression, int from, int batch, double[][] values) {
        MemorySegment doubles = Memory.doubles(place);
        int entries = expression.shape().size();
        for (int s = 0; s < batch; s++) {
            double[] row = new double[entries];
            for (int e = 0; e < entries; e++) {
                row[e] = doubles.getAtIndex(JAVA_DOUBLE, expression.isPerSample() ? (long) e * batch + s : e);
            }
            values[from + s] = row;
        }
    }
}
