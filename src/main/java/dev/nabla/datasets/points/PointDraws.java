package dev.nabla.datasets.points;

import static java.util.Objects.requireNonNull;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Draws points again and again. Those of a round are a function of the seed, the number of the term and the round alone. */
public final class PointDraws {

    /** Sets the random numbers apart from others of the same seed. */
    private static final long STREAM = 0x3C6EF372FE94F82BL;
    /** Points that are drawn for each that is found, at most. */
    private static final int MOST_TRIES = 10_000;

    /** Points that are drawn at most, however many are found. */
    private static final long MOST_DRAWN = 1_000_000_000;
    private static final int AT_ONCE = 1_000;

    private final PointSample sample;
    private final List<String> names;
    private final List<Range> ranges;
    private final long seed;
    private final int term;
    private final List<Symbol> coordinates;
    private final Optional<Evaluation> region;

    /** @param names those of the ranges, in the order of the network's inputs */
    public PointDraws(PointSample sample, List<String> names, long seed, int term, Engine engine) {
        this.sample = sample;
        this.names = List.copyOf(names);
        this.ranges = names.stream().map(name -> requireNonNull(sample.ranges().get(name))).toList();
        this.seed = seed;
        this.term = term;
        this.coordinates = names.stream().map(name -> (Symbol) PointSample.coordinate(name)).toList();
        Optional<Expression> positive = sample.region();
        this.region = positive.map(expression -> Evaluation.of(List.of(expression), coordinates, engine));
    }

    /** The random numbers of a round, those of the draws and, from another stream, those of choices among them. */
    public SplittableRandom random(int round, int stream) {
        long ofTerm = new SplittableRandom((seed ^ STREAM) + term).nextLong();
        return new SplittableRandom(new SplittableRandom(ofTerm + round).nextLong() + stream);
    }

    /**
     * Looks for a first point, which is little work whatever the number of points.
     *
     * @throws EmptyRegionException if there is none among ten thousand
     */
    public void requireRegion() {
        draw(0, 1);
    }

    /** @throws EmptyRegionException if the region is empty or very small */
    public Samples draw(int round) {
        return draw(round, sample.points());
    }

    /**
     * The same where little time is left.
     *
     * @param most how many points are drawn at most to find those of the region
     * @throws EmptyRegionException if these are not enough
     */
    public Samples drawSoon(int round, long most) {
        return draw(round, sample.points(), most);
    }

    /** Another number of points of the round. */
    public Samples draw(int round, int size) {
        return draw(round, size, MOST_DRAWN);
    }

    private Samples draw(int round, int size, long most) {
        int dimension = names.size();
        SamplingMethod.UnitPoints unit = sample.method().points(dimension, size, random(round, 0));
        Work.hold(Place.HEAP, (long) Double.BYTES * size * dimension);
        double[] found = new double[size * dimension];
        int count = 0;
        long tried = 0;
        double[] point = new double[dimension];
        double[][] drawn = new double[AT_ONCE][dimension];
        while (count < size) {
            if (tried >= Math.min((long) MOST_TRIES * (count + 1), most)) {
                throw new EmptyRegionException(count, size, tried);
            }
            for (double[] each : drawn) {
                unit.next(point);
                for (int i = 0; i < dimension; i++) {
                    each[i] = ranges.get(i).at(point[i]);
                }
            }
            boolean[] isInside = inside(drawn);
            for (int i = 0; i < drawn.length && count < size; i++) {
                if (isInside[i]) {
                    System.arraycopy(drawn[i], 0, found, count * dimension, dimension);
                    count++;
                }
            }
            tried += drawn.length;
        }
        return new Samples(names, List.of(), found, new double[0]);
    }

    /** A point where the equation has no value is outside. */
    private boolean[] inside(double[][] points) {
        boolean[] inside = new boolean[points.length];
        if (region.isEmpty()) {
            Arrays.fill(inside, true);
            return inside;
        }
        Map<Symbol, double[][]> columns = new LinkedHashMap<>();
        for (int c = 0; c < coordinates.size(); c++) {
            double[][] column = new double[points.length][1];
            for (int i = 0; i < points.length; i++) {
                column[i][0] = points[i][c];
            }
            columns.put(coordinates.get(c), column);
        }
        double[][] values = region.get().evaluate(Map.of(), columns, points.length)[0];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = values[i][0] > 0;
        }
        return inside;
    }
}
