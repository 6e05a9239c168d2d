package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.Objective;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.network.architectures.Normalization;
import dev.nabla.network.architectures.Scaling;
import dev.nabla.network.architectures.Scaling.Fitted;
import dev.nabla.network.architectures.Scaling.MeanAndScale;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The means and scales of a normalization that is fitted to the rows that a training trains on: those of its own dataset, or
 * where it has none of all its terms, in which points that are drawn count as if they were everywhere in their ranges.
 */
public final class FittedNormalization {

    private final Network network;
    private final MatchedSamples samples;
    private final TrainingSettings settings;

    private FittedNormalization(Network network, MatchedSamples samples, TrainingSettings settings) {
        this.network = network;
        this.samples = samples;
        this.settings = settings;
    }

    /**
     * The flat vector that a training begins with where nothing else is said: drawn by its seed, with what is fitted to its
     * rows.
     *
     * @param own the training's own dataset
     * @param others the datasets of terms
     */
    public static double[] initialParameters(Network network, Optional<Samples> own, Map<UUID, Samples> others,
            TrainingSettings settings) {
        double[] flat = GlorotUniform.parameters(network.parameters(), settings.seed());
        Optional<Normalization> normalization = network.definition().normalization();
        if (normalization.isPresent()) {
            new FittedNormalization(network, MatchedSamples.of(network, settings.loss(), own, others), settings)
                    .fit(normalization.get(), flat);
        }
        return flat;
    }

    /** What a normalization cannot be fitted to, with pointers that begin at the definition of the network. */
    public static List<Problem> problems(Network network, MatchedSamples samples, Objective loss) {
        var problems = new ArrayList<Problem>();
        network.definition().normalization().ifPresent(normalization -> {
            if (normalization.outputs() instanceof Fitted && loss instanceof Loss named && named.isOfLogits()) {
                problems.add(Problem.of(Normalization.POINTER + "/outputs", "must be left out for the loss " + named.text()
                        + ", as its targets are probabilities and the outputs are those of which they are made"));
            } else if (normalization.outputs() instanceof Fitted && targets(network, samples, loss).isEmpty()) {
                problems.add(Problem.of(Normalization.POINTER + "/outputs", "is fitted to targets that are matched with the "
                        + "outputs, of which there are none: give numbers, as in {\"" + network.definition().outputs().getFirst()
                        + "\": {\"mean\": 0, \"scale\": 2}}, or leave outputs out"));
            }
        });
        return problems;
    }

    /** The least of the scales of the outputs, each 1 that is not normalized. */
    static double leastScaleOfOutputs(Network network, double[] flat) {
        if (network.definition().normalization().map(Normalization::outputs).isEmpty()) {
            return 1;
        }
        return network.definition().outputs().stream().mapToDouble(name -> offset(network, Normalization.scaleOf(name)).stream()
                .mapToDouble(offset -> flat[offset]).findFirst().orElse(1)).min().orElse(1);
    }

    /** For every output its targets, where there are some that are to be like outputs. */
    static List<Column> targets(Network network, MatchedSamples samples, Objective loss) {
        if (samples.own().isEmpty() || samples.own().get().targetDimension() == 0 || loss instanceof Loss named
                && (named.problemWith(network).isPresent() || !named.expected(network).equals(network.outputs()))) {
            return List.of();
        }
        Samples own = samples.own().get();
        try {
            ColumnOrder.ofOutputs(network.definition(), own.targetNames());
        } catch (UnmatchedNamesException e) {
            return List.of();
        }
        return IntStream.range(0, own.targetDimension())
                .mapToObj(column -> Column.of(own.targets(), own.targetDimension(), column)).toList();
    }

    private void fit(Normalization normalization, double[] flat) {
        List<String> inputs = network.definition().inputs();
        MatchedSamples trained = ValidationSplit.of(samples, settings).trainingRows(samples);
        for (int i = 0; i < inputs.size(); i++) {
            int input = i;
            fit(normalization.inputs(), inputs.get(i), flat, () ->
                    new InputColumns(trained, settings.loss()).ofOwn(input));
        }
        List<String> outputs = network.definition().outputs();
        List<Column> targets = targets(network, trained, settings.loss());
        for (int i = 0; i < targets.size(); i++) {
            Column column = targets.get(i);
            fit(normalization.outputs(), outputs.get(i), flat, () -> column);
        }
    }

    private void fit(@Nullable Scaling scaling, String name, double[] flat, Supplier<Column> column) {
        if (scaling instanceof Fitted method) {
            MeanAndScale fitted = column.get().fitted(method);
            set(Normalization.meanOf(name), fitted.mean(), flat);
            set(Normalization.scaleOf(name), fitted.scale(), flat);
        }
    }

    private void set(String path, double value, double[] flat) {
        offset(network, path).ifPresent(offset -> flat[offset] = value);
    }

    private static OptionalInt offset(Network network, String path) {
        var parameters = network.parameters().parameters();
        return IntStream.range(0, parameters.size()).filter(i -> parameters.get(i).path().equals(path))
                .map(network.parameters()::offset).findFirst();
    }
}
