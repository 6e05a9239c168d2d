package dev.nabla.web.expressions;

import static java.util.Objects.requireNonNull;

import dev.nabla.web.Undefined;
import dev.nabla.web.expressions.Evaluations.Computed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What models have in common of what they compute, and how far they are apart.
 *
 * @param mean {@code [equation][sample][entry]}; null for a sample where a model's is undefined
 * @param deviation the same of the standard deviation, with one less than there are models in the denominator
 */
record Spread(double[][] @Nullable [] mean, double[][] @Nullable [] deviation, List<Undefined> undefined) {

    /**
     * Of two models or more that computed the same equations for the same samples.
     *
     * @param models their ids
     */
    static Spread of(List<UUID> models, List<Computed> computed) {
        double[][] @Nullable [] first = computed.getFirst().values();
        double[][] @Nullable [] mean = new double[first.length][][];
        double[][] @Nullable [] deviation = new double[first.length][][];
        var undefined = new ArrayList<Undefined>();
        for (int i = 0; i < first.length; i++) {
            int samples = first[i].length;
            mean[i] = new double[samples][];
            deviation[i] = new double[samples][];
            for (int s = 0; s < samples; s++) {
                Optional<Undefined> reason = reason(models, computed, i, s);
                if (reason.isEmpty()) {
                    reason = compute(computed, i, s, mean[i], deviation[i]);
                }
                reason.ifPresent(undefined::add);
            }
        }
        return new Spread(mean, deviation, undefined);
    }

    private static Optional<Undefined> reason(List<UUID> models, List<Computed> computed, int equation, int sample) {
        return IntStream.range(0, models.size()).boxed().flatMap(k -> computed.get(k).undefined().stream()
                .filter(place -> place.equation() == equation && place.sample() == sample)
                .map(place -> new Undefined(sample, equation, place.reason() + " of model " + models.get(k)))).findFirst();
    }

    private static Optional<Undefined> compute(List<Computed> computed, int equation, int sample, double[] @Nullable [] means,
            double[] @Nullable [] deviations) {
        List<double[]> values = computed.stream().map(of -> requireNonNull(of.values()[equation][sample])).toList();
        int entries = values.getFirst().length;
        double[] mean = new double[entries];
        double[] deviation = new double[entries];
        for (int e = 0; e < entries; e++) {
            // Seen from the first, so that models which agree are exactly at their mean.
            double origin = values.getFirst()[e];
            double sum = 0;
            for (double[] value : values) {
                sum += value[e] - origin;
            }
            mean[e] = origin + sum / values.size();
            double squares = 0;
            for (double[] value : values) {
                squares += (value[e] - mean[e]) * (value[e] - mean[e]);
            }
            deviation[e] = Math.sqrt(squares / (values.size() - 1));
            if (!Double.isFinite(deviation[e])) {
                return Optional.of(new Undefined(sample, equation, "the models are farther apart than any double"));
            }
        }
        means[sample] = mean;
        deviations[sample] = deviation;
        return Optional.empty();
    }
}
