package dev.nabla.training;

import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.network.architectures.Scaling;
import dev.nabla.problems.Warning;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Targets that hardly count beside others, as a loss with a name adds up differences in their own units: a fraction beside pascals,
 * or a small one beside a constant, which is normalized by 1.
 */
public final class UnequalTargets {

    /** So many times as much the largest varies: then less than a thousandth of the loss is of the other. */
    private static final double FAR = 30;
    private static final int MOST_WRITTEN = 32;
    /** Squares of what is divided by less have none. */
    private static final double LEAST_WRITTEN = 1e-150;

    private UnequalTargets() {}

    /**
     * The warning, if there are some.
     *
     * @param samples in the order of the network
     */
    public static Optional<Warning> of(Network network, MatchedSamples samples, Objective loss) {
        List<Double> scales = (loss instanceof Loss ? FittedNormalization.targets(network, samples, loss) : List.<Column>of()).stream()
                .map(column -> column.fitted(Scaling.Fitted.STANDARD).scale()).toList();
        double most = scales.stream().mapToDouble(scale -> scale).max().orElse(0);
        List<String> outputs = network.definition().outputs();
        List<String> hardly = IntStream.range(0, scales.size()).filter(i -> scales.get(i) < most / FAR)
                .mapToObj(i -> String.format(Locale.ROOT, "%s (scale %.3g)", outputs.get(i), scales.get(i))).toList();
        return hardly.isEmpty() ? Optional.empty() : Optional.of(new Warning("/loss", String.format(Locale.ROOT,
                "the targets %s hardly count beside one of the scale %.3g, as the loss is of differences in their own units: to learn all "
                        + "alike, %s", ScaleWarnings.listed(hardly), most, alike(outputs, scales))));
    }

    private static String alike(List<String> outputs, List<Double> scales) {
        if (scales.size() > MOST_WRITTEN || scales.stream().anyMatch(scale -> scale < LEAST_WRITTEN)) {
            return "write a term for each that divides its difference by its standard deviation";
        }
        return IntStream.range(0, scales.size()).mapToObj(i -> String.format(Locale.ROOT,
                "{\"equation\": \"(outputs.%1$s - targets.%1$s) / %2$.3g\"}", outputs.get(i), scales.get(i)))
                .collect(Collectors.joining(", ", "write it as {\"terms\": [", "]}"));
    }
}
