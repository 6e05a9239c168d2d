package dev.nabla.training;

import dev.nabla.losses.LossPart;
import dev.nabla.losses.ResidualProgram;
import dev.nabla.network.Network;
import dev.nabla.optimizers.Box;
import dev.nabla.optimizers.DifferentiableFunction;
import dev.nabla.optimizers.GaussNewtonSettings.Space;
import dev.nabla.optimizers.SumOfSquares;
import dev.nabla.program.DampedLeastSquares;
import dev.nabla.program.DampedLeastSquares.Rows;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of squares that the loss of all samples is, as a function of the parameters. It gives no value
 * once the training is cancelled, so that no step is looked for. The columns of parameters that are held on a bound are 0.
 *
 * <p>Of coefficients one may be 1e13 and another 1, as in a law of Arrhenius. They are solved for in units by which their columns
 * are as long as those of networks are, or as one another, so that a damping is as much to each (Marquardt, Journal of the Society
 * for Industrial and Applied Mathematics 11, 1963, doi 10.1137/0111030). Units are powers of two, which round nothing.
 */
final class LeastSquares implements SumOfSquares {

    /** The part of a step over which second derivatives along it are differences (Transtrum and Sethna). */
    private static final double NEARBY = 0.1;
    /** Where it is looked for lower sums off bounds: at the parts 1, 1 / 64, 1 / 4096 and so on, down to 4e-15. */
    private static final double NEARER = 1.0 / 64;
    private static final int PLACES = 9;
    /** So many coefficients at most are looked at one by one, as what one gains another may lose; more are together. */
    private static final int MOST_ALONE = 20;

    private final Box box;
    private final ResidualProgram[] parts;
    /** Which parameters stay on their bounds where it was linearized, by their place in the flat vector. */
    private final BitSet held = new BitSet();
    /** Which coefficients no residual changes with there, likewise. */
    private final BitSet silent = new BitSet();
    /** Where in the flat vector of parameters those are that have a column, ascending. */
    private final int[] moving;
    /** The columns of networks and those of coefficients. */
    private final int[] ofNetworks;
    private final int[] ofCoefficients;
    /** What of a parameter 1 is of the variable that is solved for, of each column. */
    private final double[] units;
    private final DampedLeastSquares linear;
    private final FlatVector residuals;
    private final INDArray trialArray;
    private final FlatVector trial;
    private final INDArray otherArray;
    private final FlatVector other;
    private final Cancellation cancellation;

    /** @param parts all of which have residuals */
    LeastSquares(Network network, List<LossPart> parts, TrainedParameters trained, Space space, Engine engine,
            Cancellation cancellation) {
        this.cancellation = cancellation;
        this.box = new Box(trained.bounds());
        this.parts = parts.stream().map(part -> new ResidualProgram(network, part, trained.fixed(), engine))
                .toArray(ResidualProgram[]::new);
        this.moving = trained.entries();
        this.ofCoefficients = IntStream.range(0, moving.length).filter(column -> trained.isCoefficient(moving[column])).toArray();
        this.ofNetworks = IntStream.range(0, moving.length).filter(column -> !trained.isCoefficient(moving[column])).toArray();
        this.units = new double[moving.length];
        Arrays.fill(units, 1);
        LeastSquaresSize size = LeastSquaresSize.of(parts, trained, space);
        int rows = Math.toIntExact(size.rows());
        this.linear = engine.leastSquares(rows, moving.length, size.isOfRows());
        this.residuals = new FlatVector(linear.residuals());
        this.trialArray = FlatVector.allocate(rows);
        this.trial = new FlatVector(trialArray);
        this.otherArray = FlatVector.allocate(rows);
        this.other = new FlatVector(otherArray);
    }

    /** Takes the samples of parts of the loss for those of these. */
    void setSamples(List<LossPart> others) {
        for (int i = 0; i < parts.length; i++) {
            parts[i].setSamples(others.get(i).samples());
        }
    }

    @Override
    public double at(double[] point) {
        return cancellation.isAsked() ? Double.NaN : compute(point, trialArray, trial);
    }

    private double compute(double[] point, INDArray array, FlatVector vector) {
        long place = FlatVector.first(array);
        for (ResidualProgram part : parts) {
            part.compute(point, place);
            place += part.count();
        }
        return vector.sumOfSquares();
    }

    @Override
    public double linearize(double[] point, double[] slope) {
        double value = compute(point, linear.residuals(), residuals);
        Rows rows = linear.rows();
        for (ResidualProgram part : parts) {
            part.linearize(point, rows);
            rows = rows.from(part.count());
        }
        chooseUnits();
        linear.complete();
        setSlope(slope);
        held.clear();
        if (hold(point, Arrays.stream(slope).map(s -> -s).toArray())) {
            setSlope(slope);
        }
        return value;
    }

    private void chooseUnits() {
        double[] norms = IntStream.of(ofCoefficients).mapToDouble(linear::norm).toArray();
        silent.clear();
        if (norms.length > 0) {
            double longest = IntStream.of(ofNetworks).mapToDouble(linear::norm).max().orElse(0);
            int common = Math.getExponent(longest > 0 ? longest : Arrays.stream(norms).max().orElseThrow());
            for (int i = 0; i < norms.length; i++) {
                int column = ofCoefficients[i];
                silent.set(moving[column], norms[i] == 0);
                units[column] = norms[i] > 0 ? Math.scalb(1.0, Math.clamp(common - Math.getExponent(norms[i]), -1000, 1000)) : 1;
                linear.scale(column, units[column]);
            }
        }
    }

    /** By the parameters themselves. */
    private void setSlope(double[] slope) {
        double[] ofVariables = linear.slope();
        Arrays.fill(slope, 0);
        for (int i = 0; i < moving.length; i++) {
            slope[moving[i]] = ofVariables[i] / units[i];
        }
    }

    /**
     * Holds what stands on a bound that a direction leads out of, until it is linearized anew.
     *
     * @return whether that is more than before
     */
    private boolean hold(double[] point, double[] direction) {
        int before = held.cardinality();
        box.forEachLeaving(point, direction, entry -> {
            linear.scale(Arrays.binarySearch(moving, entry), 0);
            held.set(entry);
        });
        boolean areMore = held.cardinality() > before;
        if (areMore) {
            linear.complete();
        }
        return areMore;
    }

    @Override
    public double product(double[] step, double[] other) {
        return DifferentiableFunction.dot(variables(step), variables(other));
    }

    /** Of what moves, by column. */
    private double[] variables(double[] step) {
        return IntStream.range(0, moving.length).mapToDouble(i -> step[moving[i]] / units[i]).toArray();
    }

    @Override
    public double scale() {
        return linear.scale();
    }

    @Override
    public boolean solve(double[] point, double damping, double[] centre, double[] step) {
        if (cancellation.isAsked()) {
            return false;
        }
        double[] found = new double[moving.length];
        do {
            double[] ofVariables = variables(centre);
            held.stream().forEach(i -> ofVariables[Arrays.binarySearch(moving, i)] = 0);
            if (!linear.solve(damping, ofVariables, found)) {
                return false;
            }
            spread(found, step);
        } while (hold(point, step));
        return true;
    }

    @Override
    public boolean cut(double[] point, double[] step) {
        return box.cut(point, step);
    }

    @Override
    public boolean isOnBound(double[] point) {
        return box.isOnBound(point);
    }

    @Override
    public double[] offBounds(double[] point, double sum) {
        if (silent.cardinality() > MOST_ALONE) {
            return offBounds(point, sum, silent::get);
        }
        double[] beside = point;
        double least = sum;
        for (int entry : silent.stream().toArray()) {
            double[] found = offBounds(beside, least, i -> i == entry);
            if (found != beside) {
                beside = found;
                least = at(found);
            }
        }
        return beside;
    }

    private double[] offBounds(double[] point, double sum, IntPredicate which) {
        double part = 1;
        for (int place = 0; place < PLACES; place++) {
            double[] beside = box.inwards(point, part, which);
            if (at(beside) < sum) {
                return beside;
            }
            part *= NEARER;
        }
        return point;
    }

    @Override
    public double[] nearest(double[] point) {
        return box.nearest(point);
    }

    @Override
    public void correct(double[] point, double[] step, double[] correction) {
        double[] behind = moved(point, step, -NEARBY);
        boolean isBeside = !box.contains(behind);
        compute(box.nearest(moved(point, step, NEARBY)), trialArray, trial);
        compute(isBeside ? box.nearest(moved(point, step, 2 * NEARBY)) : behind, otherArray, other);
        for (int i = 0; i < trial.size(); i++) {
            double first = trial.get(i) - residuals.get(i);
            double second = isBeside ? other.get(i) - trial.get(i) - first : first + (other.get(i) - residuals.get(i));
            trial.set(i, second / (NEARBY * NEARBY));
        }
        double[] found = new double[moving.length];
        linear.solveAgain(trialArray, found);
        spread(found, correction);
    }

    private static double[] moved(double[] point, double[] step, double part) {
        double[] moved = new double[point.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = point[i] + part * step[i];
        }
        return moved;
    }

    private void spread(double[] ofVariables, double[] ofAll) {
        Arrays.fill(ofAll, 0);
        for (int i = 0; i < moving.length; i++) {
            ofAll[moving[i]] = units[i] * ofVariables[i];
        }
    }

    /** Gives the memory of its matrices back; nothing can be computed any more. */
    void free() {
        for (ResidualProgram part : parts) {
            part.free();
        }
        linear.free();
        FlatVector.free(trialArray);
        FlatVector.free(otherArray);
    }

    /** The sums of squares of the terms where it was linearized. */
    double[] terms(int count) {
        double[] terms = new double[count];
        int first = 0;
        for (ResidualProgram part : parts) {
            part.addTermsTo(terms, residuals, first);
            first += (int) part.count();
        }
        return terms;
    }
}
