package dev.nabla.training;

import dev.nabla.losses.LossPart;
import dev.nabla.losses.ResidualProgram;
import dev.nabla.network.Network;
import dev.nabla.optimizers.BoundedVariables;
import dev.nabla.optimizers.GaussNewtonSettings.Space;
import dev.nabla.optimizers.SumOfSquares;
import dev.nabla.program.DampedLeastSquares;
import dev.nabla.program.DampedLeastSquares.Rows;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of squares that the loss of all samples is, as a function of the variables of which the parameters are functions. It
 * gives no value once the training is cancelled, so that no step is looked for.
 */
final class LeastSquares implements SumOfSquares {

    /** The part of a step over which second derivatives along it are differences (Transtrum and Sethna). */
    private static final double NEARBY = 0.1;

    private final BoundedVariables variables;
    private final ResidualProgram[] parts;
    /** Where in the flat vector of parameters those are that have a column, ascending. */
    private final int[] moving;
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
        this.variables = new BoundedVariables(trained.bounds());
        this.parts = parts.stream().map(part -> new ResidualProgram(network, part, trained.fixed(), engine))
                .toArray(ResidualProgram[]::new);
        this.moving = trained.entries();
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
        double[] parameters = variables.outer(point);
        long place = FlatVector.first(array);
        for (ResidualProgram part : parts) {
            part.compute(parameters, place);
            place += part.count();
        }
        return vector.sumOfSquares();
    }

    @Override
    public double linearize(double[] point, double[] slope) {
        double value = compute(point, linear.residuals(), residuals);
        double[] parameters = variables.outer(point);
        Rows rows = linear.rows();
        for (ResidualProgram part : parts) {
            part.linearize(parameters, rows);
            rows = rows.from(part.count());
        }
        variables.forEachSlope(point, (entry, factor) -> linear.scale(Arrays.binarySearch(moving, entry), factor));
        linear.complete();
        Arrays.fill(slope, 0);
        spread(linear.slope(), slope);
        return value;
    }

    @Override
    public double scale() {
        return linear.scale();
    }

    @Override
    public boolean solve(double damping, double[] centre, double[] step) {
        if (cancellation.isAsked()) {
            return false;
        }
        double[] ofColumns = new double[moving.length];
        if (!linear.solve(damping, IntStream.of(moving).mapToDouble(i -> centre[i]).toArray(), ofColumns)) {
            return false;
        }
        Arrays.fill(step, 0);
        spread(ofColumns, step);
        return true;
    }

    @Override
    public void correct(double[] point, double[] step, double[] correction) {
        double[] ahead = new double[point.length];
        double[] behind = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            ahead[i] = point[i] + NEARBY * step[i];
            behind[i] = point[i] - NEARBY * step[i];
        }
        compute(ahead, trialArray, trial);
        compute(behind, otherArray, other);
        for (int i = 0; i < trial.size(); i++) {
            trial.set(i, (trial.get(i) - residuals.get(i) + (other.get(i) - residuals.get(i))) / (NEARBY * NEARBY));
        }
        double[] ofColumns = new double[moving.length];
        linear.solveAgain(trialArray, ofColumns);
        Arrays.fill(correction, 0);
        spread(ofColumns, correction);
    }

    private void spread(double[] ofColumns, double[] ofAll) {
        for (int i = 0; i < moving.length; i++) {
            ofAll[moving[i]] = ofColumns[i];
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
