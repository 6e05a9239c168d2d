package dev.nabla.web.trainings;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.TermWeights;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.optimizers.QuasiNewtonSettings;
import dev.nabla.plots.Thinning;
import dev.nabla.storage.EpochNumbers;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Trainings;
import dev.nabla.training.Metric;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The losses of every epoch that is over, or of so many that show how they went. */
record MetricsResponse(
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "The epochs that the numbers are of, from 1 on; only where points were asked for, as else they "
                + "are all.") int @Nullable [] epochs,
        @Schema(description = "The mean over its batches of the loss before each update.") double[] loss,
        @Schema(description = "Over the rows of validation, after its last update; null without validation.")
        double @Nullable [] validationLoss,
        @Schema(description = "The terms of the loss, weights included, which add up to it; null for a loss that "
                + "has a name.") @Nullable List<TermMetrics> terms,
        @Schema(description = "The metric r2 after the last update of the epoch; null where it was not asked for, "
                + "as are the others.") double @Nullable [] r2,
        double @Nullable [] mae, double @Nullable [] accuracy,
        @Schema(description = Coefficients.DESCRIPTION + " Here one after the last update of every epoch.",
                example = "{\"nu\": [0.1, 0.07, 0.05]}") Map<String, List<Object>> coefficients,
        @Schema(description = "The Euclidean norm of the gradient of the loss by what is minimized over (parameters, or what bounded "
                + "ones are functions of), where the epoch began. With gauss-newton by the parameters, without the entries that only a "
                + "bound holds, and of the square of relative-l2. null with an optimizer of batches.", example = "[0.31, 0.02, 4e-5]") double @Nullable [] gradientNorm,
        @Schema(description = "The damping that gauss-newton tried first in the epoch; null with another optimizer.",
                example = "[1e-3, 3.3e-4, 1.1e-4]") double @Nullable [] damping,
        @Schema(description = "The trust radius that newton tried first in the epoch; null with another optimizer.",
                example = "[1, 2, 0.5]") double @Nullable [] trustRadius) {

    static final String POINTS = "How many epochs are told at most: the first, the last, and of each of equally long stretches "
            + "those in which a line (a loss, a term, a metric, an entry of a coefficient, the norm of the "
            + "gradient, the damping, the trust radius) is least and greatest, of one stretch at "
            + "least. All if left out.";
    static final int LEAST_POINTS = 10;
    static final int MOST_POINTS = 1_000_000;

    /** A term of the loss in every epoch that is over. */
    @Schema(name = "TermMetrics")
    record TermMetrics(@Schema(example = "D(u, x, x) + D(u, y, y) + f") String equation, double[] loss,
            @Schema(description = "What it was multiplied by, beside its weight, for the last update of the epoch; "
                    + "null where the weights of the loss are fixed.") double @Nullable [] multipliers) {}

    /**
     * What a training has recorded.
     *
     * @param named the coefficients of its network
     * @param points how many epochs at most; empty for all
     */
    static MetricsResponse of(StoredTraining training, Trainings trainings, Coefficients named, OptionalInt points) {
        // First the losses, which all others are as long as, or longer by what has been written since.
        var losses = new EpochNumbers(1, trainings.losses(training.id()));
        boolean isValidated = training.settings().validationFraction().isPresent();
        var validation = new EpochNumbers(isValidated ? 1 : 0, trainings.validationLosses(training.id()));
        EquationLoss equations = training.settings().loss() instanceof EquationLoss loss ? loss : null;
        int terms = equations == null ? 0 : equations.terms().size();
        boolean isWeighted = equations != null && equations.weights() != TermWeights.FIXED;
        var ofTerms = new EpochNumbers(terms, trainings.terms(training.id()));
        var multipliers = new EpochNumbers(isWeighted ? terms : 0, trainings.multipliers(training.id()));
        List<Metric> metrics = training.settings().metrics();
        var ofMetrics = new EpochNumbers(metrics.size(), trainings.metrics(training.id()));
        var coefficients = new EpochNumbers(named.names().size(), trainings.coefficients(training.id()));
        OptimizerSettings optimizer = training.settings().optimizer();
        int figures = switch (optimizer) {
            case FirstOrderSettings _ -> 0;
            case QuasiNewtonSettings _ -> 1;
            case NewtonSettings _, GaussNewtonSettings _ -> 2;
        };
        var recorded = new EpochNumbers(figures, trainings.iterations(training.id()));
        EpochNumbers iterations = recorded.epochs() < losses.epochs() ? new EpochNumbers(0, new double[0]) : recorded;
        int[] told = points.isEmpty() ? IntStream.range(0, losses.epochs()).toArray() : Thinning.kept(
                Stream.of(losses, validation, ofTerms, multipliers, ofMetrics, coefficients, iterations)
                        .flatMap(numbers -> numbers.lines().stream()).toList(), points.getAsInt());
        return new MetricsResponse(points.isEmpty() ? null : Arrays.stream(told).map(epoch -> epoch + 1).toArray(),
                losses.at(told).line(0), isValidated ? validation.at(told).line(0) : null,
                equations == null ? null : terms(equations, ofTerms.at(told), isWeighted ? multipliers.at(told) : null),
                metric(metrics, Metric.R2, ofMetrics.at(told)), metric(metrics, Metric.MAE, ofMetrics.at(told)),
                metric(metrics, Metric.ACCURACY, ofMetrics.at(told)),
                coefficients.epochs() == 0 ? Map.of() : named.perEpoch(coefficients.at(told).epochByEpoch()),
                iterations.perEpoch() > 0 ? iterations.at(told).line(0) : null,
                iterations.perEpoch() > 1 && optimizer instanceof GaussNewtonSettings ? iterations.at(told).line(1) : null,
                iterations.perEpoch() > 1 && optimizer instanceof NewtonSettings ? iterations.at(told).line(1) : null);
    }

    private static List<TermMetrics> terms(EquationLoss equations, EpochNumbers losses, @Nullable EpochNumbers multipliers) {
        return IntStream.range(0, equations.terms().size()).mapToObj(term -> new TermMetrics(
                equations.terms().get(term).equation(), losses.line(term), multipliers == null ? null : multipliers.line(term)))
                .toList();
    }

    private static double @Nullable [] metric(List<Metric> metrics, Metric metric, EpochNumbers values) {
        return metrics.contains(metric) ? values.line(metrics.indexOf(metric)) : null;
    }
}
