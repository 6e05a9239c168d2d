package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.FlatVector;
import dev.nabla.program.Program;
import dev.nabla.program.ReadyProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The metrics of a training, for whatever parameters. */
final class Metrics {

    private final List<Metric> metrics;
    private final Samples rows;
    private final int columns;
    private final boolean entrywise;
    private final double squaredDeviations;
    private final Symbol inputs;
    private final ReadyProgram ready;
    private final FlatVector parameters;
    private final int most;

    private Metrics(Network network, List<Metric> metrics, Loss loss, Samples rows, Engine engine) {
        this.metrics = metrics;
        this.rows = rows;
        this.columns = rows.targetDimension();
        this.entrywise = columns == 1 || loss == Loss.BINARY_CROSS_ENTROPY;
        this.squaredDeviations = Metric.squaredDeviations(rows);
        this.inputs = network.inputs();
        List<Symbol> symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(inputs);
        Program program = Program.compile(List.of(loss.expected(network)), symbols);
        this.ready = new ReadyProgram(program, engine);
        this.parameters = new FlatVector(ready.values().from(symbols.getFirst(), network.parameters().size()));
        this.most = program.largestBatch();
        // All memory that is needed, before it is.
        ready.prepare(rows.size(), most);
    }

    /** Those that were asked for, if any were. */
    static Optional<Metrics> of(Network network, TrainingSettings settings, MatchedSamples samples, Engine engine) {
        return settings.metrics().isEmpty() || !(settings.loss() instanceof Loss loss) ? Optional.empty()
                : samples.own().map(rows -> new Metrics(network, settings.metrics(), loss, rows, engine));
    }

    /**
     * Their values, in the order in which they were asked for.
     *
     * @throws DivergedException if one is no finite number
     */
    double[] of(double[] flat, int epoch) {
        parameters.set(flat);
        var sums = new Sums();
        int[] order = Executable.ascending(rows.size());
        for (int from = 0; from < order.length; from += most) {
            int batch = Math.min(most, order.length - from);
            Executable executable = ready.of(batch);
            executable.load(inputs, rows.inputs(), order, from);
            executable.run();
            double[][] outputs = executable.output(0);
            for (int s = 0; s < batch; s++) {
                sums.add(outputs[s], from + s);
            }
        }
        double entries = (double) rows.size() * columns;
        return metrics.stream().mapToDouble(metric -> {
            double value = switch (metric) {
                case R2 -> 1 - sums.squaredErrors / squaredDeviations;
                case MAE -> sums.absoluteErrors / entries;
                case ACCURACY -> sums.right / (entrywise ? entries : rows.size());
            };
            if (!Double.isFinite(value)) {
                throw new DivergedException(epoch, "a metric became " + value, "");
            }
            return value;
        }).toArray();
    }

    /** Of the samples so far. */
    private final class Sums {

        private double squaredErrors;
        private double absoluteErrors;
        private double right;

        private void add(double[] outputs, int row) {
            int largestOutput = 0;
            int largestTarget = 0;
            for (int i = 0; i < outputs.length; i++) {
                double error = target(row, i) - outputs[i];
                squaredErrors += error * error;
                absoluteErrors += Math.abs(error);
                largestOutput = outputs[i] > outputs[largestOutput] ? i : largestOutput;
                largestTarget = target(row, i) > target(row, largestTarget) ? i : largestTarget;
                right += entrywise && outputs[i] > 0.5 == target(row, i) > 0.5 ? 1 : 0;
            }
            right += !entrywise && largestOutput == largestTarget ? 1 : 0;
        }

        private double target(int row, int output) {
            return rows.targets()[row * columns + output];
        }
    }

    /** Gives the memory of all that computes them back at once; none can be computed any more. */
    void free() {
        ready.free();
    }
}
