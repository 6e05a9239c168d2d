package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.network.architectures.EquationModel;
import dev.nabla.network.architectures.Normalization;
import dev.nabla.network.architectures.Scaling;
import dev.nabla.network.architectures.Scaling.Fitted;
import dev.nabla.network.architectures.Scaling.Given;
import dev.nabla.network.architectures.Scaling.MeanAndScale;
import dev.nabla.problems.Warning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What data of a scale on which a network hardly learns is warned of: a column whose √(mean² + variance) is above
 * {@value #LARGEST}, at which activations are saturated or the last layer has far to go, or whose numbers are less than
 * {@value #SMALLEST} from their middle, which are as good as one. Equations scale their inputs themselves and are not looked
 * at, nor are targets that are not like outputs.
 */
public final class ScaleWarnings {

    static final double LARGEST = 100;
    static final double SMALLEST = 0.01;

    private static final int COLUMNS_NAMED = 8;

    private ScaleWarnings() {}

    /**
     * The warnings, with pointers into the request.
     *
     * @param samples in the order of the network
     * @param pointer where the request has the training's own dataset
     * @param pointers by the ids of the datasets of terms where it has those
     */
    public static List<Warning> of(Network network, MatchedSamples samples, Objective loss, String pointer,
            Map<UUID, String> pointers) {
        if (network.definition().architecture() instanceof EquationModel) {
            return List.of();
        }
        var warnings = new ArrayList<Warning>();
        Optional<Normalization> normalization = network.definition().normalization();
        Scaling ofInputs = normalization.map(Normalization::inputs).orElse(null);
        List<String> inputs = network.definition().inputs();
        samples.own().ifPresent(own -> add(warnings, pointer, "inputs", inputs, own.inputs(), ofInputs));
        samples.others().forEach((id, other) -> add(warnings, pointers.getOrDefault(id, ""), "inputs", inputs, other.inputs(),
                ofInputs));
        samples.own().flatMap(own -> targets(network, own, loss)).ifPresent(targets -> add(warnings, pointer, "targets",
                network.definition().outputs(), targets, normalization.map(Normalization::outputs).orElse(null)));
        return List.copyOf(warnings);
    }

    /** The targets that are compared with outputs, in the order of these. */
    private static Optional<double[]> targets(Network network, Samples own, Objective loss) {
        return Optional.of(loss).filter(Loss.class::isInstance)
                .flatMap(_ -> FittedNormalization.targetOrder(network, Optional.of(own), loss)).map(order -> {
                    double[] targets = new double[own.size() * order.length];
                    Arrays.setAll(targets,
                            i -> own.targets()[i / order.length * order.length + order[i % order.length]]);
                    return targets;
                });
    }

    private static void add(List<Warning> warnings, String pointer, String side, List<String> names, double[] table,
            @Nullable Scaling scaling) {
        if (scaling instanceof Fitted) {
            return;
        }
        List<String> badly = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            MeanAndScale by = scaling instanceof Given given ? given.initial(names.get(i)) : new MeanAndScale(0, 1);
            Column found = Column.of(IntStream.range(0, table.length / names.size())
                    .mapToDouble(row -> (table[row * names.size() + column] - by.mean()) / by.scale()).toArray());
            if (found.size() > LARGEST || found.half() > 0 && found.half() < SMALLEST) {
                badly.add(String.format(Locale.ROOT, "%s (mean %.3g, standard deviation %.3g)", names.get(i), found.mean(),
                        found.deviation()));
            }
        }
        if (!badly.isEmpty()) {
            warnings.add(new Warning(pointer, "the " + side + " " + String.join(", ", badly.subList(0,
                    Math.min(COLUMNS_NAMED, badly.size()))) + (badly.size() > COLUMNS_NAMED ? ", …" : "") + " have a scale on which "
                    + "a network learns badly or not at all, being far from 1: give the network \"normalization\": {\""
                    + (side.equals("inputs") ? "inputs" : "outputs") + "\": \"standard\"}, or scale the data"));
        }
    }
}
