package dev.nabla.training;

import dev.nabla.losses.LossPart;
import dev.nabla.losses.ResidualProgram;
import dev.nabla.network.Network;
import dev.nabla.program.DampedLeastSquares.Rows;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.program.QrFactorization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The residuals of all terms of a loss at some parameters, as rows of their derivatives by those that are trained, each divided
 * by the deviation of its group, which is an entry of a term: where outputs are squared together, each may have noise of its own.
 * Below them is a row for each parameter, of its prior. The precision of the parameters is AᵀA of these rows A. A residual that
 * is the same for all samples, as a condition at a point, counts once; one that is 0 whatever the parameters are, as of a sample
 * without weight, does not.
 */
final class ScaledRows implements AutoCloseable {

    private final double[] parameters;
    private final ResidualProgram[] programs;
    /** Where in the flat vector of parameters those are that have a column, ascending. */
    private final int[] moving;
    private final int[] groupOfRow;
    private final double[] partOfRow;
    private final double[] residuals;
    /** What a group is called behind what is said of it. */
    private final List<String> names = new ArrayList<>();
    private final double[] counts;
    private final double[] reach;
    private final QrFactorization qr;
    /** For each column the reciprocal of the deviation of its prior, 0 without one. */
    private double[] priors;
    /** The columns of what stays as it is, so that no residual depends on it. */
    private int[] held = {};

    ScaledRows(Network network, List<LossPart> parts, TrainedParameters trained, double[] parameters, Engine engine) {
        this.parameters = parameters;
        this.programs = parts.stream().map(part -> new ResidualProgram(network, part, trained.fixed(), engine))
                .toArray(ResidualProgram[]::new);
        this.moving = trained.entries();
        int rows = Math.toIntExact(Arrays.stream(programs).mapToLong(ResidualProgram::count).sum());
        this.groupOfRow = new int[rows];
        this.partOfRow = new double[rows];
        this.priors = new double[moving.length];
        number(parts);
        this.residuals = residuals();
        this.qr = engine.qr(rows + moving.length, moving.length);
        this.counts = new double[names.size()];
        this.reach = new double[names.size()];
    }

    private void number(List<LossPart> parts) {
        int row = 0;
        for (LossPart part : parts) {
            int first = names.size();
            name(part);
            for (int sample = 0; sample < part.size(); sample++) {
                int group = first;
                for (LossPart.Residual residual : part.residuals()) {
                    for (int entry = 0; entry < residual.array().shape().size(); entry++) {
                        groupOfRow[row] = group++;
                        partOfRow[row++] = residual.array().isPerSample() ? 1 : 1 / Math.sqrt(part.size());
                    }
                }
            }
        }
    }

    private void name(LossPart part) {
        for (int i = 0; i < part.residuals().size(); i++) {
            String term = part.termNumbers().isEmpty() ? "" : " of term " + part.termNumbers().get(i);
            int size = part.residuals().get(i).array().shape().size();
            for (int entry = 0; entry < size; entry++) {
                names.add(size == 1 ? term : term + " at entry " + entry);
            }
        }
    }

    /** Looks at all derivatives once, which what is said of groups needs. */
    void measure() {
        linearize();
        for (int row = 0; row < groupOfRow.length; row++) {
            double sum = 0;
            boolean isAny = residuals[row] != 0;
            for (int k = 0; k < moving.length; k++) {
                double derivative = qr.get(row, k);
                isAny |= derivative != 0;
                double change = derivative * parameters[moving[k]];
                sum += change * change;
            }
            reach[groupOfRow[row]] += sum;
            counts[groupOfRow[row]] += isAny ? partOfRow[row] * partOfRow[row] : 0;
        }
    }

    private double[] residuals() {
        INDArray array = FlatVector.allocate(groupOfRow.length);
        long place = FlatVector.first(array);
        for (ResidualProgram program : programs) {
            program.compute(parameters, place);
            place += program.count();
        }
        double[] all = array.toDoubleVector();
        FlatVector.free(array);
        return IntStream.range(0, groupOfRow.length).mapToDouble(row -> partOfRow[row] * all[row]).toArray();
    }

    /** How many groups there are. */
    int groups() {
        return counts.length;
    }

    /** How many residuals a group has that tell of anything. */
    double count(int group) {
        return counts[group];
    }

    /** What a group is called behind what is said of it. */
    String of(int group) {
        return names.get(group);
    }

    /** The sum over a group of the squares of what a residual changes by with each parameter, where that is doubled. */
    double reach(int group) {
        return reach[group];
    }

    /** How much the residuals tell of each column where the others are known: of one alone, the reciprocal of its variance. */
    double[] information(double[] variances) {
        linearize();
        double[] sums = new double[moving.length];
        for (int row = 0; row < groupOfRow.length; row++) {
            for (int k = 0; k < moving.length; k++) {
                double derivative = qr.get(row, k);
                sums[k] += derivative * derivative / variances[groupOfRow[row]];
            }
        }
        return sums;
    }

    /**
     * Says what is known beforehand.
     *
     * @param priors for each column the reciprocal of the deviation of its prior, 0 without one
     * @param held the columns, ascending, of what stays as it is; they need a prior
     */
    void give(double[] priors, int[] held) {
        this.priors = priors;
        this.held = held;
    }

    boolean isHeld(int column) {
        return Arrays.binarySearch(held, column) >= 0;
    }

    QrFactorization qr() {
        return qr;
    }

    /** The sums of the squares of the residuals of each group. */
    double[] squares() {
        return perGroup(row -> residuals[row] * residuals[row]);
    }

    private double[] perGroup(IntToDoubleFunction ofRow) {
        double[] sums = new double[counts.length];
        for (int row = 0; row < groupOfRow.length; row++) {
            sums[groupOfRow[row]] += ofRow.applyAsDouble(row);
        }
        return sums;
    }

    private void linearize() {
        Rows rows = qr.rows();
        for (ResidualProgram program : programs) {
            program.linearize(parameters, rows);
            rows = rows.from(program.count());
        }
        for (int row = 0; row < groupOfRow.length; row++) {
            qr.scale(row, partOfRow[row]);
            for (int column : held) {
                qr.set(row, column, 0);
            }
        }
    }

    /**
     * Factorizes the rows.
     *
     * @param variances of the groups
     * @return false where they do not decide all parameters
     */
    boolean factorize(double[] variances) {
        linearize();
        for (int row = 0; row < groupOfRow.length; row++) {
            qr.scale(row, 1 / Math.sqrt(variances[groupOfRow[row]]));
        }
        for (int k = 0; k < moving.length; k++) {
            qr.scale(groupOfRow.length + k, 0);
            qr.set(groupOfRow.length + k, k, priors[k]);
        }
        return qr.factorize();
    }

    /** How many parameters each group decides. */
    double[] effectiveParameters() {
        double[] leverages = qr.leverages();
        return perGroup(row -> leverages[row]);
    }

    /** Qᵀ of the residuals, each divided by the deviation of its group: R times how far the best parameters are, negative. */
    double[] offset(double[] variances) {
        double[] scaled = Arrays.copyOf(residuals, groupOfRow.length + moving.length);
        for (int row = 0; row < groupOfRow.length; row++) {
            scaled[row] /= Math.sqrt(variances[groupOfRow[row]]);
        }
        return qr.transposedTimes(scaled);
    }

    @Override
    public void close() {
        qr.close();
        for (ResidualProgram program : programs) {
            program.free();
        }
    }
}
