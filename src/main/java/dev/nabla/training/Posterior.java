package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.LossPart;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.ResidualProgram;
import dev.nabla.network.Network;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.program.DampedLeastSquares.Rows;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How well the samples of a training decide its parameters, by Laplace's approximation with the matrix of Gauss and Newton
 * (Ritter, Botev and Barber, ICLR 2018; Daxberger et al., arXiv 2106.14806). The residuals of term k of the loss are taken as
 * independent, with variance s_k² of its own, which is RSS_k / (m_k − γ_k) of its m_k residuals and the γ_k parameters that it
 * decides (MacKay, Neural Computation 4, 1992, "A practical Bayesian framework for backpropagation networks"); a term of several
 * entries, as an error of several outputs, is as many terms here. Coefficients may be anything before that. The entries of an
 * array of weights are normal around what was found, with the mean of their squares as variance, but at least 1: of how large
 * the weights of a layer are there is no other knowledge than how large they became. The precision is Σ J_kᵀJ_k / s_k² + prior;
 * where there are only coefficients and one term, this is what is said of nonlinear regression (Seber and Wild,
 * "Nonlinear regression", 1989, chapter 5), and of linear regression exactly s² (XᵀX)⁻¹.
 */
public final class Posterior implements AutoCloseable {

    private static final int MOST_PARAMETERS = 2_000;
    private static final long MOST_DERIVATIVES = 20_000_000;
    private static final int MATRICES_AT_ONCE = 12;
    private static final int MOST_ITERATIONS = 100;
    private static final double SETTLED = 1e-4;
    /** Of what residuals change by with the parameters: noise below cannot be told from rounding. */
    private static final double LEAST_NOISE = Math.scalb(1.0, -36);
    /** Of the residuals of a term, what must not be decided by parameters. */
    private static final double LEAST_FREEDOM = 1e-6;
    /** How many residuals of all terms must not be decided where there are weights: with fewer, 95 % intervals held at 6 to 77 %. */
    private static final double LEAST_FREEDOM_OF_WEIGHTS = 5;
    /** How far the most probable parameters may be from those that were found, in standard deviations. */
    private static final double FARTHEST = 0.5;
    /** How near to a bound a coefficient is on it, in its standard deviations where all else is known. */
    private static final double ON_BOUND = 0.01;
    private static final int ROWS_AT_ONCE = 2_000;

    private final Network network;
    private final TrainedParameters trained;
    private final double[] parameters;
    private final int[] moving;
    private final Engine engine;
    private final ScaledRows rows;
    private final double[] variances;
    private final double[] offset;

    private Posterior(Network network, TrainedParameters trained, double[] parameters, Engine engine, ScaledRows rows,
            double[] variances) {
        this.network = network;
        this.trained = trained;
        this.parameters = parameters;
        this.moving = trained.entries();
        this.engine = engine;
        this.rows = rows;
        this.variances = variances;
        this.offset = rows.offset(variances);
    }

    /**
     * Of what was trained on these samples; where points are drawn, on the first of them.
     *
     * @param samples all, of which some may be for validation
     * @param parameters the flat vector that was found
     * @param isCancelled asked from time to time
     * @throws UndeterminedException if the samples do not tell
     */
    public static Posterior of(Network network, MatchedSamples samples, TrainingSettings settings, double[] parameters,
            Engine engine, BooleanSupplier isCancelled) {
        settings.loss().differenceFromSquares().ifPresent(_ -> {
            throw new UndeterminedException("the loss of its training is no sum of squares, nor the root of one");
        });
        TrainedParameters trained = TrainedParameters.of(network.parameters(), settings);
        List<LossPart> parts = settings.loss().parts(network, ValidationSplit.of(samples, settings).trainingRows(samples));
        requireFew(LeastSquaresSize.rows(parts), trained.size());
        List<LossPart> drawn = parts.stream().map(part -> DrawnPoints.first(network, part, settings.seed(), engine)).toList();
        var rows = new ScaledRows(network, drawn, trained, parameters, engine);
        try {
            rows.measure();
            double[] variances = variances(rows);
            int[] moving = trained.entries();
            double[] information = rows.information(variances);
            int[] held = IntStream.range(0, moving.length)
                    .filter(k -> isOnBound(trained, moving[k], parameters[moving[k]], information[k])).toArray();
            double[] priors = priors(network.parameters(), moving, parameters);
            boolean hasWeights = Arrays.stream(priors).anyMatch(prior -> prior > 0);
            Arrays.stream(held).forEach(k -> priors[k] = 1);
            rows.give(priors, held);
            variances = settle(rows, variances, moving.length, isCancelled);
            if (hasWeights) {
                requireFreedom(rows);
            }
            return new Posterior(network, trained, parameters, engine, rows, variances);
        } catch (Throwable e) {
            rows.close();
            throw e;
        }
    }

    /** For each column the reciprocal of the deviation that its parameter has before all data, 0 where there is none. */
    private static double[] priors(ParameterLayout layout, int[] moving, double[] parameters) {
        double[] ofAll = new double[parameters.length];
        for (int i = 0; i < layout.parameters().size(); i++) {
            int from = layout.offset(i);
            int to = from + layout.parameters().get(i).size();
            boolean isAnything = layout.parameters().get(i).coefficient().isPresent();
            double mean = Arrays.stream(parameters, from, to).map(x -> x * x).average().orElse(1);
            Arrays.fill(ofAll, from, to, isAnything ? 0 : 1 / Math.sqrt(Math.max(1, mean)));
        }
        return Arrays.stream(moving).mapToDouble(entry -> ofAll[entry]).toArray();
    }

    private static void requireFew(long rows, long columns) {
        if (columns > MOST_PARAMETERS || !isSmall(rows, columns)) {
            throw new UndeterminedException("they are computed for at most " + MOST_PARAMETERS + " trained parameters and "
                    + MOST_DERIVATIVES + " derivatives, here of " + rows + " residuals by " + columns + " parameters");
        }
    }

    private static boolean isSmall(long rows, long columns) {
        return columns <= MOST_PARAMETERS && (rows + columns) * columns <= MOST_DERIVATIVES;
    }

    /** Outside of the heap; 0 where it is not computed. */
    static long bytes(long rows, long columns) {
        return isSmall(rows, columns) ? Double.BYTES * ((rows + columns) * columns + MATRICES_AT_ONCE * columns * columns) : 0;
    }

    private static boolean isOnBound(TrainedParameters trained, int entry, double value, double information) {
        return trained.bounds().stream().filter(bound -> bound.from() <= entry && entry < bound.to())
                .mapToDouble(bound -> Math.min(value - bound.min(), bound.max() - value))
                .anyMatch(distance -> distance <= 0 || information > 0 && distance * Math.sqrt(information) <= ON_BOUND);
    }

    /** Of the groups where they decide no parameters, at least what is told from rounding. */
    private static double[] variances(ScaledRows rows) {
        double[] squares = rows.squares();
        return IntStream.range(0, rows.groups()).mapToDouble(k -> rows.count(k) == 0 ? 1
                : Math.max(squares[k] / rows.count(k), leastVariance(rows, k))).toArray();
    }

    private static double leastVariance(ScaledRows rows, int group) {
        return Math.max(LEAST_NOISE * LEAST_NOISE * rows.reach(group) / rows.count(group), Double.MIN_NORMAL);
    }

    /** The variances of the groups, with which the rows are left factorized. */
    private static double[] settle(ScaledRows rows, double[] first, int columns, BooleanSupplier isCancelled) {
        double[] squares = rows.squares();
        double[] variances = first;
        double[] before = new double[squares.length];
        for (int iteration = 0; iteration < MOST_ITERATIONS && !isCancelled.getAsBoolean(); iteration++) {
            if (!rows.factorize(variances)) {
                throw new UndeterminedException("the data do not decide all of its " + columns + " parameters, or not in the digits "
                        + "of doubles");
            }
            double[] effective = rows.effectiveParameters();
            double farthest = 0;
            double[] next = variances.clone();
            for (int k = 0; k < squares.length; k++) {
                if (rows.count(k) == 0) {
                    continue;
                }
                double freedom = rows.count(k) - effective[k];
                if (freedom < LEAST_FREEDOM * rows.count(k) && squares[k] > 0) {
                    throw new UndeterminedException("the parameters decide all %.0f residuals%s, which then tell nothing of noise"
                            .formatted(rows.count(k), rows.of(k)));
                }
                double change = Math.log(Math.max(squares[k] / freedom, leastVariance(rows, k)) / variances[k]);
                farthest = Math.max(farthest, Math.abs(change));
                // What turned around would go to and fro for ever, where a term decides fewer parameters the noisier it is.
                double taken = change * before[k] < 0 ? change / 2 : change;
                before[k] = taken;
                next[k] = variances[k] * Math.exp(taken);
            }
            if (farthest < SETTLED) {
                return variances;
            }
            variances = next;
        }
        throw new UndeterminedException("what is noise of its terms did not settle within " + MOST_ITERATIONS + " iterations");
    }

    private static void requireFreedom(ScaledRows rows) {
        double count = IntStream.range(0, rows.groups()).mapToDouble(rows::count).sum();
        double freedom = count - Arrays.stream(rows.effectiveParameters()).sum();
        if (freedom < LEAST_FREEDOM_OF_WEIGHTS) {
            throw new UndeterminedException(("its parameters decide all but %.1f of %.0f residuals, which tell too little of noise: "
                    + "at least %.0f must be left, by more data or fewer parameters").formatted(freedom, count, LEAST_FREEDOM_OF_WEIGHTS));
        }
    }

    /** The standard deviations of the residuals of each group, as they are squared in the loss. */
    double[] noise() {
        return Arrays.stream(variances).map(Math::sqrt).toArray();
    }

    /** How many parameters all terms decide. */
    private double decided() {
        return Arrays.stream(rows.effectiveParameters()).sum();
    }

    /**
     * The standard deviations of parameters; NaN of one that is not trained, of one on a bound, and where the most probable value is
     * far from what was found, as it is where a training ended before its minimum.
     *
     * @param entries where they stand in the flat vector
     */
    public double[] ofParameters(int[] entries) {
        INDArray array = FlatVector.allocate(moving.length);
        var vector = new FlatVector(array);
        double[] unit = new double[moving.length];
        double[] deviations = new double[entries.length];
        Arrays.fill(deviations, Double.NaN);
        for (int i = 0; i < entries.length; i++) {
            int column = Arrays.binarySearch(moving, entries[i]);
            if (column < 0 || rows.isHeld(column)) {
                continue;
            }
            unit[column] = 1;
            vector.set(unit);
            unit[column] = 0;
            rows.qr().solveTransposed(FlatVector.first(array), 1);
            double deviation = norm(vector, 0);
            double distance = IntStream.range(0, moving.length).mapToDouble(k -> vector.get(k) * offset[k]).sum();
            if (Math.abs(distance) <= FARTHEST * deviation) {
                deviations[i] = deviation;
            }
        }
        FlatVector.free(array);
        return deviations;
    }

    /** Of what is left of a vector, without what is taken as known. */
    private double norm(FlatVector vectors, int number) {
        double sum = 0;
        for (int k = 0; k < moving.length; k++) {
            double entry = rows.isHeld(k) ? 0 : vectors.get(number * moving.length + k);
            sum += entry * entry;
        }
        return Math.sqrt(sum);
    }

    /**
     * The standard deviations of the outputs, of what was learned and not of a new measurement: for each point a row, NaN where
     * the derivatives of an output by the parameters are no finite numbers.
     *
     * @param inputs a row for every point, at least one, in the order of the network
     * @throws UndeterminedException if the most probable parameters are far from those that were found
     */
    public double[][] ofOutputs(double[][] inputs) {
        double far = Math.sqrt(Arrays.stream(offset).map(x -> x * x).sum() / decided());
        if (!(far <= FARTHEST)) {
            throw new UndeterminedException(("it ended %.3g standard deviations from its most probable parameters, farther than %s: "
                    + "train on, by gauss-newton if it was not; where terms or outputs weigh otherwise than by their noise, with other "
                    + "weights")
                    .formatted(far, FARTHEST));
        }
        int size = network.outputs().shape().size();
        int batch = Math.clamp(ROWS_AT_ONCE / size, 1, inputs.length);
        var program = new ResidualProgram(network, LossPart.outputs(network, points(inputs, 0, batch)), trained.fixed(), engine);
        INDArray array = FlatVector.allocate((long) batch * size * moving.length);
        long place = FlatVector.first(array);
        var vectors = new FlatVector(array);
        double[][] deviations = new double[inputs.length][size];
        for (int from = 0; from < inputs.length; from += batch) {
            program.setSamples(points(inputs, from, batch));
            program.linearize(parameters, new Rows(place, moving.length, 1));
            rows.qr().solveTransposed(place, batch * size);
            for (int i = 0; i < Math.min(batch, inputs.length - from) * size; i++) {
                deviations[from + i / size][i % size] = norm(vectors, i);
            }
        }
        program.free();
        FlatVector.free(array);
        return deviations;
    }

    /** So many from one on; the last again where there are no more. */
    private Samples points(double[][] inputs, int from, int count) {
        int dimension = network.definition().inputs().size();
        double[] flat = new double[count * dimension];
        for (int i = 0; i < count; i++) {
            System.arraycopy(inputs[Math.min(from + i, inputs.length - 1)], 0, flat, i * dimension, dimension);
        }
        return new Samples(network.definition().inputs(), List.of(), flat, new double[0]);
    }

    @Override
    public void close() {
        rows.close();
    }
}
