package dev.nabla.web.trainings;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.problems.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Whether a loss and the datasets that it draws from fit a network. */
public final class DatasetFit {

    private DatasetFit() {}

    /**
     * Adds an error for every dataset that does not, and for a loss that the network does not have.
     *
     * @param pointer where the request has the dataset
     * @param others the datasets that terms of the loss name, by id
     */
    public static void require(Network network, Objective loss, Optional<Samples> samples, String pointer,
            Map<UUID, Samples> others, List<Problem> errors) {
        List<String> names = network.definition().inputs();
        if (samples.isPresent()) {
            names = requireInputs(network, names, samples.get(), pointer, errors);
        }
        if (loss instanceof Loss named) {
            Optional<String> problem = named.problemWith(network);
            problem.ifPresentOrElse(text -> errors.add(Problem.of("/loss", named.text() + " " + text)),
                    () -> samples.flatMap(own -> requireMatch(pointer, errors, () -> named.targetOrder(network, own))
                            .flatMap(_ -> named.problemWith(own)))
                            .ifPresent(text -> errors.add(Problem.of("/loss", named.text() + " " + text))));
        }
        if (loss instanceof EquationLoss equations) {
            for (int i = 0; i < equations.terms().size(); i++) {
                Optional<Samples> other = equations.terms().get(i).datasetId().map(others::get);
                Optional<PointSample> sample = equations.terms().get(i).sample();
                if (sample.isPresent()) {
                    names = requireInputs(network, names, sample.get().columns(), "/loss/terms/" + i + "/sample/ranges", errors);
                }
                if (other.isPresent()) {
                    names = requireInputs(network, names, other.get(), "/loss/terms/" + i + "/dataset", errors);
                }
            }
        }
    }

    /** @return what the inputs are called for the next dataset */
    private static List<String> requireInputs(Network network, List<String> names, Samples samples, String pointer,
            List<Problem> errors) {
        List<String> columns = samples.inputNames();
        return requireMatch(pointer, errors, () -> ColumnOrder.ofInputs(network.definition(), names, columns))
                .map(order -> ColumnOrder.names(names, Arrays.stream(order).mapToObj(columns::get).toList())).orElse(names);
    }

    private static Optional<int[]> requireMatch(String pointer, List<Problem> errors, Supplier<int[]> matching) {
        try {
            return Optional.of(matching.get());
        } catch (UnmatchedNamesException e) {
            errors.add(Problem.of(pointer, e.getMessage()));
            return Optional.empty();
        }
    }
}
