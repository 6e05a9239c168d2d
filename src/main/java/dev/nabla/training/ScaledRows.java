package dev.nabla.training;

import dev.nabla.losses.LossPart;
import dev.nabla.losses.ResidualProgram;
import dev.nabla.network.Network;
import dev.nabla.program.DampedLeastSquares.Rows;
import dev.nabla.program.Engine;
import dev.nabla.program.FlatVector;
import dev.nabla.program.QrFactorization;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The residuals of all terms of a loss at some parameters, as rows of their derivatives by those that are trained, each divided
 * by the deviation of its term; below them a row for each parameter that has a prior, N(0, 1). The precision of the parameters
 * is AᵀA of these rows A. A residual that is the same for all samples, as a condition at a point, counts once.
 */
final class ScaledRows implements AutoCloseable {

    private final double[] parameters;
    private final ResidualProgram[] programs;
    /** Where in the flat vector of parameters those are that have a column, ascending. */
    private final int[] moving;
    /** The columns that have a prior, and those of them that stay as they are, so that no residual depends on them. */
    private final int[] withPrior;
    private final int[] held;
    private final int[] termOfRow;
    private final double[] partOfRow;
    private final double[] residuals;
    private final double[] counts;
    /** Which terms of the loss they are; none of a loss that has a name. */
    private final List<Integer> numbers;
    private final QrFactorization qr;

    /**
     * @param prior of the parameters that are trained, in their order, those with a prior
     * @param held of these those that stay as they are
     */
    ScaledRows(Network network, List<LossPart> parts, TrainedParameters trained, double[] parameters, int[] prior, int[] held,
            Engine engine) {
        this.parameters = parameters;
        this.programs = parts.stream().map(part -> new ResidualProgram(network, part, trained.fixed(), engine))
                .toArray(ResidualProgram[]::new);
        this.moving = trained.entries();
        this.withPrior = prior;
        this.held = held;
        int rows = Math.toIntExact(Arrays.stream(programs).mapToLong(ResidualProgram::count).sum());
        this.termOfRow = new int[rows];
        this.partOfRow = new double[rows];
        this.counts = new double[parts.stream().mapToInt(part -> part.residuals().size()).sum()];
        this.numbers = parts.stream().flatMap(part -> part.termNumbers().stream()).toList();
        number(parts);
        this.residuals = residuals();
        this.qr = engine.qr(rows + withPrior.length, moving.length);
    }

    private void number(List<LossPart> parts) {
        int row = 0;
        int first = 0;
        for (LossPart part : parts) {
            for (int sample = 0; sample < part.size(); sample++) {
                for (int i = 0; i < part.residuals().size(); i++) {
                    boolean isOnce = !part.residuals().get(i).array().isPerSample();
                    for (int entry = 0; entry < part.residuals().get(i).array().shape().size(); entry++) {
                        termOfRow[row] = first + i;
                        partOfRow[row++] = isOnce ? 1 / Math.sqrt(part.size()) : 1;
                        counts[first + i] += isOnce ? 1.0 / part.size() : 1;
                    }
                }
            }
            first += part.residuals().size();
        }
    }

    private double[] residuals() {
        INDArray array = FlatVector.allocate(termOfRow.length);
        long place = FlatVector.first(array);
        for (ResidualProgram program : programs) {
            program.compute(parameters, place);
            place += program.count();
        }
        double[] all = array.toDoubleVector();
        FlatVector.free(array);
        return IntStream.range(0, termOfRow.length).mapToDouble(row -> partOfRow[row] * all[row]).toArray();
    }

    /** How many residuals a term has. */
    double count(int term) {
        return counts[term];
    }

    /** What a term is called behind what is said of it. */
    String of(int term) {
        return numbers.isEmpty() ? "" : " of term " + numbers.get(term);
    }

    QrFactorization qr() {
        return qr;
    }

    /** The sums of the squares of the residuals of each term. */
    double[] squares() {
        return perTerm(row -> residuals[row] * residuals[row]);
    }

    private double[] perTerm(IntToDoubleFunction ofRow) {
        double[] sums = new double[counts.length];
        for (int row = 0; row < termOfRow.length; row++) {
            sums[termOfRow[row]] += ofRow.applyAsDouble(row);
        }
        return sums;
    }

    /** The sums over each term of the squares of what a residual changes by with each parameter, where that is doubled. */
    double[] reach() {
        linearize();
        return perTerm(row -> {
            double sum = 0;
            for (int k = 0; k < moving.length; k++) {
                double size = parameters[moving[k]] == 0 ? 1 : parameters[moving[k]];
                double change = size * qr.get(row, k);
                sum += change * change;
            }
            return sum;
        });
    }

    private void linearize() {
        Rows rows = qr.rows();
        for (ResidualProgram program : programs) {
            program.linearize(parameters, rows);
            rows = rows.from(program.count());
        }
        for (int row = 0; row < termOfRow.length; row++) {
            qr.scale(row, partOfRow[row]);
            for (int column : held) {
                qr.set(row, column, 0);
            }
        }
    }

    /**
     * Factorizes the rows.
     *
     * @param variances of the terms
     * @return false where they do not decide all parameters
     */
    boolean factorize(double[] variances) {
        linearize();
        for (int row = 0; row < termOfRow.length; row++) {
            qr.scale(row, 1 / Math.sqrt(variances[termOfRow[row]]));
        }
        for (int i = 0; i < withPrior.length; i++) {
            qr.scale(termOfRow.length + i, 0);
            qr.set(termOfRow.length + i, withPrior[i], 1);
        }
        return qr.factorize();
    }

    /** How many parameters each term decides. */
    double[] effectiveParameters() {
        double[] leverages = qr.leverages();
        return perTerm(row -> leverages[row]);
    }

    /** Qᵀ of the residuals, each divided by the deviation of its term: R times how far the best parameters are, negative. */
    double[] offset(double[] variances) {
        double[] scaled = Arrays.copyOf(residuals, termOfRow.length + withPrior.length);
        for (int row = 0; row < termOfRow.length; row++) {
            scaled[row] /= Math.sqrt(variances[termOfRow[row]]);
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
