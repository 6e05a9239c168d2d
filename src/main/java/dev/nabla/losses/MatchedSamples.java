package dev.nabla.losses;

import static java.util.Objects.requireNonNull;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The datasets of a training with their inputs in the order of its network, and so their targets where these are its
 * outputs.
 *
 * @param own the training's own dataset; there may be none where no term draws from it
 * @param others the datasets that terms of the loss name, by id
 * @param drawn the columns of the points that terms draw, by the number of the term
 */
public record MatchedSamples(Optional<Samples> own, Map<UUID, Samples> others, Map<Integer, Samples> drawn) {

    /**
     * Matches the own dataset first, then the others and the drawn points, in the order of the terms.
     *
     * @throws UnmatchedNamesException if they do not match the network and each other
     */
    public static MatchedSamples of(Network network, Objective loss, Optional<Samples> own, Map<UUID, Samples> others) {
        List<String> names = network.definition().inputs();
        Optional<Samples> matchedOwn = own.map(samples -> samples.matched(network, network.definition().inputs()));
        if (matchedOwn.isPresent()) {
            names = ColumnOrder.names(names, matchedOwn.get().inputNames());
        }
        Map<UUID, Samples> matchedOthers = new HashMap<>();
        Map<Integer, Samples> matchedDrawn = new HashMap<>();
        List<LossTerm> terms = loss instanceof EquationLoss equations ? equations.terms() : List.of();
        for (int i = 0; i < terms.size(); i++) {
            int number = i;
            Optional<UUID> id = terms.get(i).datasetId();
            Optional<Samples> columns = id.map(known -> requireNonNull(others.get(known)))
                    .or(() -> terms.get(number).sample().map(PointSample::columns));
            if (columns.isEmpty()) {
                continue;
            }
            Samples matched = columns.get().matched(network, names);
            names = ColumnOrder.names(names, matched.inputNames());
            id.ifPresentOrElse(known -> matchedOthers.put(known, matched), () -> matchedDrawn.put(number, matched));
        }
        return new MatchedSamples(matchedOwn, Map.copyOf(matchedOthers), Map.copyOf(matchedDrawn));
    }

    /** The same with some of the rows of its own dataset. */
    public MatchedSamples withOwn(Samples rows) {
        return new MatchedSamples(Optional.of(rows), others, drawn);
    }
}
