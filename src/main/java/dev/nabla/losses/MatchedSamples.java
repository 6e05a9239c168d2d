package dev.nabla.losses;

import static java.util.Objects.requireNonNull;

import dev.nabla.datasets.Samples;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The datasets of a training with their inputs in the order of its network.
 *
 * @param own the training's own dataset
 * @param others the datasets that terms of the loss name, by id
 */
public record MatchedSamples(Samples own, Map<UUID, Samples> others) {

    /**
     * Matches the own dataset first and the others in the order of the terms.
     *
     * @throws UnmatchedNamesException if they do not match the network and each other
     */
    public static MatchedSamples of(Network network, Objective loss, Samples own, Map<UUID, Samples> others) {
        Samples matchedOwn = own.matched(network, network.definition().inputs());
        List<String> names = ColumnOrder.names(network.definition().inputs(), matchedOwn.inputNames());
        Map<UUID, Samples> matchedOthers = new HashMap<>();
        for (UUID id : loss.datasets()) {
            Samples matched = requireNonNull(others.get(id)).matched(network, names);
            names = ColumnOrder.names(names, matched.inputNames());
            matchedOthers.put(id, matched);
        }
        return new MatchedSamples(matchedOwn, Map.copyOf(matchedOthers));
    }
}
