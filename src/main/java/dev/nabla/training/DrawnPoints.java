package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.EmptyRegionException;
import dev.nabla.datasets.points.PointDraws;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.losses.LossPart;
import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The points that a term draws, anew every so many epochs. Where they follow the residual, those after the first are chosen
 * among more by a probability in proportion to |r| / mean |r| + 1, without replacement (Wu, Zhu, Tan, Kartha and Lu, "A
 * comprehensive study of non-adaptive and residual-based adaptive sampling for physics-informed neural networks", 2023, RAD).
 */
final class DrawnPoints {

    private static final int CANDIDATES_OF_POINT = 10;
    private static final int LEAST_CANDIDATES = 10_000;
    private static final int MOST_CANDIDATES = 1_000_000;
    private static final int ROWS_AT_ONCE = 10_000;
    private static final int CHOICE = 1;

    private final Network network;
    private final PointSample sample;
    private final LossPart.Drawing drawing;
    private final PointDraws draws;
    private final List<Symbol> symbols;
    private final Engine engine;

    /** @param part whose samples have the names of the points in the order of the network */
    DrawnPoints(Network network, LossPart part, LossPart.Drawing drawing, long seed, Engine engine) {
        this.network = network;
        this.sample = drawing.sample();
        this.drawing = drawing;
        this.draws = new PointDraws(sample, part.samples().inputNames(), seed, drawing.term(), engine);
        this.symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(network.inputs());
        this.engine = engine;
    }

    /** A part with the points that it draws first, if it draws some. */
    static LossPart first(Network network, LossPart part, long seed, Engine engine) {
        return part.drawing().map(drawing -> part.of(new DrawnPoints(network, part, drawing, seed, engine).first())).orElse(part);
    }

    boolean change() {
        return sample.resampleEvery().isPresent();
    }

    /** @param epoch counted from 0 */
    boolean changeIn(int epoch) {
        return epoch > 0 && change() && epoch % sample.resampleEvery().getAsInt() == 0;
    }

    /** @throws EmptyRegionException if the region is empty or very small */
    Samples first() {
        return draws.draw(0);
    }

    /** Those of an epoch, counted from 0, in which there are others than before. */
    Samples ofEpoch(int epoch, INDArray parameters) {
        int round = epoch / sample.resampleEvery().getAsInt();
        return sample.adaptive().isEmpty() ? draws.draw(round) : chosen(round, epoch, parameters);
    }

    private Samples chosen(int round, int epoch, INDArray parameters) {
        long wanted = Math.clamp((long) CANDIDATES_OF_POINT * sample.points(), LEAST_CANDIDATES,
                Math.min(MOST_CANDIDATES, Samples.MAX_CELLS / sample.ranges().size()));
        Samples candidates = draws.draw(round, (int) Math.max(wanted, sample.points()));
        double[] residuals = residuals(candidates, parameters.toDoubleVector());
        double mean = Arrays.stream(residuals).average().orElseThrow();
        if (!Double.isFinite(mean)) {
            throw new DivergedException(epoch + 1, "the residual of /loss/terms/" + drawing.term() + " became " + mean
                    + " where points are drawn", "");
        }
        return candidates.rows(chosen(residuals, mean, draws.random(round, CHOICE)));
    }

    /** By the least of exponential variates with the weights as rates (Efraimidis and Spirakis 2006), in the order of the draws. */
    private int[] chosen(double[] residuals, double mean, SplittableRandom random) {
        double[] keys = Arrays.stream(residuals)
                .map(r -> -Math.log(1 - random.nextDouble()) / ((mean > 0 ? r / mean : 0) + 1)).toArray();
        double[] sorted = keys.clone();
        Arrays.sort(sorted);
        double last = sorted[sample.points() - 1];
        return IntStream.range(0, keys.length).filter(i -> keys[i] <= last).limit(sample.points()).toArray();
    }

    private double[] residuals(Samples candidates, double[] flat) {
        int dimension = candidates.inputDimension();
        double[] residuals = new double[candidates.size()];
        Map<Symbol, double[]> parameters = network.parameters().split(flat);
        Evaluation evaluation = Evaluation.of(List.of(drawing.residual()), symbols, engine);
        for (int from = 0; from < residuals.length; from += ROWS_AT_ONCE) {
            int to = Math.min(from + ROWS_AT_ONCE, residuals.length);
            double[][] rows = IntStream.range(from, to).mapToObj(row -> Arrays.copyOfRange(candidates.inputs(),
                    row * dimension, (row + 1) * dimension)).toArray(double[][]::new);
            double[][] values = evaluation.evaluate(parameters, Map.of(network.inputs(), rows), rows.length)[0];
            for (int i = 0; i < values.length; i++) {
                residuals[from + i] = values[i][0];
            }
        }
        return residuals;
    }
}
