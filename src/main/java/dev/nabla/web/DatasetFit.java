package dev.nabla.web;

import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.training.EquationLoss;
import dev.nabla.training.Loss;
import dev.nabla.training.Objective;
import dev.nabla.training.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whether a loss and the datasets that it draws from fit a network. */
final class DatasetFit {

    private DatasetFit() {}

    /**
     * Adds an error for every dataset that does not, and for a loss that the network does not have.
     *
     * @param pointer where the request has the dataset
     * @param others the datasets that terms of the loss name, by id
     */
    static void require(Network network, Objective loss, Optional<Samples> samples, String pointer,
            Map<UUID, Samples> others, List<FieldError> errors) {
        samples.ifPresent(own -> requireInputs(network, own, pointer, errors));
        if (loss instanceof Loss named) {
            if (named.predicted(network).isEmpty()) {
                errors.add(FieldError.of("/loss", named.text() + " needs a network with a field, as the architecture "
                        + "hamiltonian has"));
            } else {
                samples.ifPresent(own -> requireMatch(pointer, errors, () -> named.targetOrder(network, own)));
            }
        }
        if (loss instanceof EquationLoss equations) {
            for (int i = 0; i < equations.terms().size(); i++) {
                String ofTerm = "/loss/terms/" + i + "/dataset";
                equations.terms().get(i).dataset().map(others::get)
                        .ifPresent(other -> requireInputs(network, other, ofTerm, errors));
            }
        }
    }

    private static void requireInputs(Network network, Samples samples, String pointer, List<FieldError> errors) {
        requireMatch(pointer, errors, () -> ColumnOrder.ofInputs(network.definition(), samples.inputNames()));
    }

    private static void requireMatch(String pointer, List<FieldError> errors, Runnable matching) {
        try {
            matching.run();
        } catch (UnmatchedNamesException e) {
            errors.add(FieldError.of(pointer, e.getMessage()));
        }
    }
}
