package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.FullBatchSettings;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.MomentumSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.optimizers.SelfScaledBroydenSettings;
import dev.nabla.program.Precision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a training takes of memory, in bytes, before its programs: its samples, as they are read and as they are kept,
 * and what is kept for each of its parameters. Its programs come on top.
 */
public record LeastMemory(long heap, long offHeap) {

    /** Of a number of a dataset while that is read: as bytes of the database, as those of its driver, and as a double. */
    public static final long BYTES_OF_CELL_READ = 24;

    /** The parameters to begin with, the best, the last and those that are looked at. */
    private static final int VECTORS_ON_HEAP = 6;
    /** The parameters and the gradient. */
    private static final int VECTORS_OFF_HEAP = 2;
    /** The point, its gradient, the direction, and those of a line search. */
    private static final int VECTORS_OF_SEARCH = 10;
    /** A state as numbers, as bytes and as those of the driver of the database. */
    private static final int COPIES_OF_STATE = 3;

    /**
     * @param read its datasets, in the order in which they are read: its own, if it has one, and those of its terms
     * @param samples the same, as they are matched
     * @param system the linear equations of a training by Gauss–Newton
     */
    public static LeastMemory of(Network network, List<Samples> read, MatchedSamples samples, TrainingSettings settings,
            Optional<LeastSquaresSize> system) {
        long vector = (long) Double.BYTES * network.parameters().size();
        return new LeastMemory(Math.max(toRead(read), kept(network, read, samples, settings)),
                vector * VECTORS_OFF_HEAP + vector * moments(settings.optimizer()) / (settings.precision() == Precision.SINGLE ? 2 : 1)
                        + system.map(size -> bytes(size, network)).orElse(0L));
    }

    /** One after the other, a training by Gauss–Newton and, at its end, what tells how well it decided coefficients. */
    private static long bytes(LeastSquaresSize system, Network network) {
        return Math.max(system.bytes(), Coefficients.of(network.parameters()).isEmpty() ? 0
                : Posterior.bytes(system.rows(), system.columns()));
    }

    private static long toRead(List<Samples> read) {
        long kept = 0;
        long most = 0;
        for (Samples each : read) {
            most = Math.max(most, kept + BYTES_OF_CELL_READ * each.cells());
            kept += Double.BYTES * each.cells();
        }
        return most;
    }

    /** What is held of the heap when its programs are made. */
    static long kept(Network network, List<Samples> read, MatchedSamples samples, TrainingSettings settings) {
        return Double.BYTES * (read.stream().mapToLong(Samples::cells).sum() + ordered(read, samples))
                + ofRows(samples, settings) + ofParameters(network.parameters().size(), settings.optimizer());
    }

    /** The numbers that are there once more, in the order of the network. */
    private static long ordered(List<Samples> read, MatchedSamples samples) {
        List<double[]> tables = read.stream().flatMap(each -> Stream.of(each.inputs(), each.targets())).toList();
        return Stream.concat(samples.own().stream(), samples.others().values().stream())
                .flatMap(each -> Stream.of(each.inputs(), each.targets()))
                .filter(table -> tables.stream().noneMatch(same -> same == table)).mapToLong(table -> table.length)
                .sum();
    }

    /**
     * What is kept of the samples beside themselves: the rows of validation and the others, the points that are drawn, for the
     * steps and, where there are rows of validation, for these and for all, and the orders in which the steps go through all.
     */
    private static long ofRows(MatchedSamples samples, TrainingSettings settings) {
        int own = samples.own().map(Samples::size).orElse(0);
        int ofValidation = settings.validationFraction().isEmpty() ? 0
                : ValidationSplit.validationRows(own, settings.validationFraction().getAsDouble());
        boolean isOwnUsed = !(settings.loss() instanceof EquationLoss equations) || equations.usesOwnDataset();
        long inOrder = isOwnUsed ? own - ofValidation : 0;
        inOrder += samples.others().values().stream().mapToLong(Samples::size).sum();
        long drawn = 0;
        for (PointSample sample : settings.loss().samples().values()) {
            inOrder += sample.points();
            drawn += (long) sample.points() * sample.ranges().size();
        }
        return Integer.BYTES * inOrder + Double.BYTES * drawn * (ofValidation > 0 ? 3 : 1)
                + (ofValidation > 0 ? Double.BYTES * samples.own().orElseThrow().cells() : 0);
    }

    /** What is kept on the heap for the parameters. */
    static long ofParameters(long count, OptimizerSettings optimizer) {
        long ofOptimizer = switch (optimizer) {
            case LbfgsSettings lbfgs -> 2L * lbfgs.history();
            case SelfScaledBroydenSettings _ -> (count + 1) / 2;
            case NewtonSettings _ -> 2;
            case GaussNewtonSettings _ -> 1;
            case FirstOrderSettings _ -> 0;
        };
        long search = optimizer instanceof FullBatchSettings ? VECTORS_OF_SEARCH : 0;
        long ofState = count * (2 + moments(optimizer) + ofOptimizer);
        return Double.BYTES * (count * (VECTORS_ON_HEAP + search + ofOptimizer)
                + (ofState > TrainingRun.MOST_NUMBERS_OF_STATE ? 0 : COPIES_OF_STATE * ofState));
    }

    /** Vectors that an optimizer keeps beside the parameters, outside of the heap; in single precision some may be of floats. */
    private static int moments(OptimizerSettings optimizer) {
        return switch (optimizer) {
            case AdamSettings _, AdamWSettings _ -> 2;
            case MomentumSettings _ -> 1;
            case GradientDescentSettings _, FullBatchSettings _ -> 0;
        };
    }
}
