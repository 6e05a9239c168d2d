package dev.nabla.training;

import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.network.architectures.EquationModel;
import dev.nabla.network.architectures.Normalization;
import dev.nabla.network.architectures.Scaling;
import dev.nabla.network.architectures.Scaling.Fitted;
import dev.nabla.problems.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What data of a scale on which a network hardly learns is warned of: a column whose √(mean² + variance) is so large that
 * activations are saturated or the last layer has far to go, or whose numbers are so near to each other that they are as good
 * as one; and inputs that are one number throughout. Equations scale their inputs themselves and are not looked at, nor are targets that are not like outputs.
 */
public final class ScaleWarnings {

    static final int COLUMNS_NAMED = 8;

    private ScaleWarnings() {}

    /**
     * What a column is warned of at. Measured on 100 points of a sine by tanh layers of 20 and of 20 and 20 units in 5000 steps
     * of Adam as it is by default: beyond these, both leave what a straight line or a step leaves, or more.
     *
     * @param largest of √(mean² + variance)
     * @param narrowest of half of what is between the least and the greatest number
     * @param farthest of the distance of the middle from 0, in such halves
     */
    private record Side(String name, double largest, double narrowest, double farthest) {

        static final Side INPUTS = new Side("inputs", 100, 0.1, 3.5);
        static final Side TARGETS = new Side("targets", 10, 0.01, 100);

        boolean isBad(Column column) {
            return column.size() > largest || column.half() > 0 && column.half() < narrowest || column.distance() > farthest;
        }

        /** What of a network it belongs to. */
        String ofNetwork() {
            return this == INPUTS ? "inputs" : "outputs";
        }
    }

    /**
     * The warnings.
     *
     * @param samples in the order of the network
     * @param pointer where the request has them
     */
    public static List<Warning> of(Network network, MatchedSamples samples, Objective loss, String pointer) {
        if (network.definition().architecture() instanceof EquationModel) {
            return List.of();
        }
        var all = new InputColumns(samples, loss);
        List<String> names = network.definition().inputs();
        List<Column> inputs = IntStream.range(0, names.size()).mapToObj(all::ofAll).toList();
        Optional<Normalization> normalization = network.definition().normalization();
        List<Column> targets = loss instanceof Loss ? FittedNormalization.targets(network, samples, loss) : List.of();
        return Stream.concat(constant(names, inputs, pointer).stream(), Stream.concat(
                of(Side.INPUTS, pointer, names, inputs::get,
                        normalization.map(Normalization::inputs).orElse(null)).stream(),
                targets.isEmpty() ? Stream.of() : of(Side.TARGETS, pointer, network.definition().outputs(),
                        targets::get, normalization.map(Normalization::outputs).orElse(null)).stream())).toList();
    }

    private static Optional<Warning> constant(List<String> names, List<Column> inputs, String pointer) {
        List<String> constant = IntStream.range(0, names.size()).filter(i -> inputs.get(i).count() > 1 && inputs.get(i).isConstant())
                .mapToObj(i -> String.format(Locale.ROOT, "%s (%s)", names.get(i), inputs.get(i).mean())).toList();
        return constant.isEmpty() ? Optional.empty() : Optional.of(new Warning(pointer, "the inputs " + listed(constant)
                + " are the same in all samples, so that nothing tells how the outputs depend on them: leave them out, or give data in "
                + "which they vary"));
    }

    private static Optional<Warning> of(Side side, String pointer, List<String> names, IntFunction<Column> columns,
            @Nullable Scaling scaling) {
        if (scaling instanceof Fitted) {
            return Optional.empty();
        }
        List<String> badly = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Column column = columns.apply(i);
            if (side.isBad(scaling == null ? column : column.scaled(scaling.initial(names.get(i))))) {
                badly.add(String.format(Locale.ROOT, "%s (mean %.3g, standard deviation %.3g)", names.get(i), column.mean(),
                        column.deviation()));
            }
        }
        return badly.isEmpty() ? Optional.empty() : Optional.of(new Warning(pointer, "the " + side.name() + " " + listed(badly)
                + " have a scale on which a network learns badly or not at all, being far from 1: give the network "
                + "\"normalization\": {\"" + side.ofNetwork() + "\": \"standard\"}, or scale the data"));
    }

    /** The first ones. */
    static String listed(List<String> columns) {
        return String.join(", ", columns.subList(0, Math.min(COLUMNS_NAMED, columns.size())))
                + (columns.size() > COLUMNS_NAMED ? ", …" : "");
    }
}
