package dev.nabla.training;

import dev.nabla.losses.LossPart;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.GaussNewtonSettings.Space;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;

/**
 * How large the linear equations are of which Gauss–Newton finds a step.
 *
 * @param rows the residuals of all samples
 * @param columns the parameters that are trained
 * @param isOfRows whether the system that is solved has an equation for each residual, and not for each parameter
 */
public record LeastSquaresSize(long rows, long columns, boolean isOfRows) {

    private static final int MOST_EQUATIONS = 5_000;
    private static final long MOST_DERIVATIVES = 100_000_000;

    static LeastSquaresSize of(List<LossPart> parts, TrainedParameters trained, Space space) {
        long rows = rows(parts);
        long columns = trained.size();
        return new LeastSquaresSize(rows, columns, space == Space.RESIDUALS || space == Space.AUTO && rows < columns);
    }

    /** The residuals of all samples. */
    static long rows(List<LossPart> parts) {
        return parts.stream().mapToLong(part -> part.size()
                * part.residuals().stream().mapToLong(residual -> residual.array().shape().size()).sum()).sum();
    }

    /** Those of a training, if it is one by Gauss–Newton. */
    public static Optional<LeastSquaresSize> of(Network network, MatchedSamples samples, TrainingSettings settings) {
        return settings.optimizer() instanceof GaussNewtonSettings optimizer
                ? Optional.of(of(settings.loss().parts(network, ValidationSplit.of(samples, settings).trainingRows(samples)),
                        TrainedParameters.of(network.parameters(), settings), optimizer.space()))
                : Optional.empty();
    }

    /** What is wrong with them if there are too many. */
    public Optional<Problem> problem() {
        String found = rows + " residuals and " + columns + " parameters";
        if (equations() > MOST_EQUATIONS) {
            return Optional.of(Problem.of("/optimizer", "must have at most " + MOST_EQUATIONS + " residuals or as many parameters, "
                    + "for each of which an equation is solved, has " + found + (Math.min(rows, columns) > MOST_EQUATIONS
                            ? ": take fewer, or lbfgs" : ": the space auto takes the fewer")));
        }
        return rows * columns <= MOST_DERIVATIVES ? Optional.empty() : Optional.of(Problem.of("/optimizer",
                "must have at most " + MOST_DERIVATIVES + " derivatives of residuals by parameters, has " + found
                        + ": take fewer, or lbfgs"));
    }

    long equations() {
        return isOfRows ? rows : columns;
    }

    /** Outside of the heap, when all is written: the system and its factor, the derivatives, and the residuals of three points. */
    long bytes() {
        return Double.BYTES * (2 * equations() * equations() + rows * columns + 3 * rows);
    }
}
