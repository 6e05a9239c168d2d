package dev.nabla.training;

import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.problems.Warning;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Targets that hardly count beside others, as a loss with a name adds up differences in their own units: a fraction beside pascals. */
public final class UnequalTargets {

    /** So many times as much the largest varies: then less than a thousandth of the loss is of the other. */
    private static final double FAR = 30;

    private UnequalTargets() {}

    /**
     * The warning, if there are some.
     *
     * @param samples in the order of the network
     */
    public static Optional<Warning> of(Network network, MatchedSamples samples, Objective loss) {
        List<Column> targets = loss instanceof Loss ? FittedNormalization.targets(network, samples, loss) : List.of();
        double most = targets.stream().mapToDouble(Column::deviation).max().orElse(0);
        List<String> outputs = network.definition().outputs();
        List<String> hardly = IntStream.range(0, targets.size())
                .filter(i -> targets.get(i).deviation() > 0 && targets.get(i).deviation() < most / FAR)
                .mapToObj(i -> String.format(Locale.ROOT, "%s (standard deviation %.3g)", outputs.get(i), targets.get(i).deviation()))
                .toList();
        if (hardly.isEmpty()) {
            return Optional.empty();
        }
        String terms = IntStream.range(0, targets.size()).filter(i -> targets.get(i).deviation() > 0)
                .mapToObj(i -> String.format(Locale.ROOT, "{\"equation\": \"(outputs.%1$s - targets.%1$s) / %2$.3g\"}", outputs.get(i),
                        targets.get(i).deviation())).limit(ScaleWarnings.COLUMNS_NAMED).collect(Collectors.joining(", "));
        return Optional.of(new Warning("/loss", String.format(Locale.ROOT, "the targets %s hardly count beside one with a standard "
                + "deviation of %.3g, as the loss is of differences in their own units: to learn all alike, write it as {\"terms\": [%s%s]}",
                ScaleWarnings.listed(hardly), most, terms, targets.size() > ScaleWarnings.COLUMNS_NAMED ? ", …" : "")));
    }
}
