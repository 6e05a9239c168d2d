package dev.nabla.web.trainings;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.documents.Document;
import dev.nabla.language.Scope;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossPart;
import dev.nabla.losses.Objective;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.problems.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Whether a loss and the datasets that it draws from fit a network. Every dataset and every equation is looked at by itself,
 * as far as what it needs is there.
 *
 * @param own the training's own dataset in the order of the network, where it fits
 * @param others those of the datasets that terms of the loss name which fit, by id
 * @param drawn the columns of those points that terms draw which fit, by the number of the term
 */
public record DatasetFit(Optional<Samples> own, Map<UUID, Samples> others, Map<Integer, Samples> drawn) {

    /** The loss of a request as far as it can be read; empty where even that says nothing, and what stands is the default. */
    public static <T extends Objective> Optional<T> readable(Document<?> document, T loss) {
        return Optional.of(loss).filter(given -> given instanceof EquationLoss || document.isSound("/loss"));
    }

    private static String pointer(int term) {
        return "/loss/terms/" + term + "/dataset";
    }

    /**
     * Adds an error for every dataset that does not fit, and for a loss that the network does not have.
     *
     * @param loss empty where it cannot be read
     * @param samples the training's own dataset; empty where it is not known
     * @param pointer where the request has that
     * @param others as they were found
     */
    public static DatasetFit of(Network network, Optional<? extends Objective> loss, Optional<Samples> samples,
            String pointer, Map<UUID, Samples> others, List<Problem> errors) {
        List<String> names = network.definition().inputs();
        Map<UUID, Samples> fitting = new HashMap<>();
        Map<Integer, Samples> drawn = new HashMap<>();
        Optional<Samples> own = samples.flatMap(given -> matched(network, network.definition().inputs(), given, pointer,
                errors));
        if (own.isPresent()) {
            names = ColumnOrder.names(names, own.get().inputNames());
        }
        if (loss.isPresent() && loss.get() instanceof Loss named) {
            Optional<String> problem = named.problemWith(network).or(() -> samples.flatMap(given ->
                    matching(pointer, errors, () -> {
                        named.requireMatch(network, given);
                        return given;
                    }).flatMap(named::problemWith)));
            problem.ifPresent(text -> errors.add(Problem.of("/loss", named.text() + " " + text)));
        }
        if (loss.isPresent() && loss.get() instanceof EquationLoss equations) {
            for (int i = 0; i < equations.terms().size(); i++) {
                int term = i;
                List<String> known = names;
                Optional<Samples> points = equations.terms().get(i).sample().map(PointSample::columns).flatMap(columns ->
                        matched(network, known, columns, "/loss/terms/" + term + "/sample/ranges", errors));
                if (points.isPresent()) {
                    names = ColumnOrder.names(names, points.get().inputNames());
                    drawn.put(i, points.get());
                }
                Optional<UUID> id = equations.terms().get(i).datasetId();
                Optional<Samples> other = id.map(others::get);
                if (other.isPresent()) {
                    Optional<Samples> fit = matched(network, names, other.get(), pointer(i), errors);
                    if (fit.isPresent()) {
                        names = ColumnOrder.names(names, fit.get().inputNames());
                        fitting.put(id.get(), fit.get());
                    }
                }
            }
        }
        return new DatasetFit(own, fitting, drawn);
    }

    private static Optional<Samples> matched(Network network, List<String> names, Samples samples, String pointer,
            List<Problem> errors) {
        return matching(pointer, errors, () -> samples.matched(network, names));
    }

    private static <T> Optional<T> matching(String pointer, List<Problem> errors, Supplier<T> matching) {
        try {
            return Optional.of(matching.get());
        } catch (UnmatchedNamesException e) {
            errors.add(Problem.of(pointer, e.getMessage()));
            return Optional.empty();
        }
    }

    /** Adds what is wrong with the equations of a loss over those datasets that fit. */
    public void requireUnderstood(Document<?> document, Network network, Objective loss, List<Problem> errors) {
        loss.problems((i, term) -> {
            if (!document.isSound(pointer(i))) {
                return Optional.empty();
            }
            return (term.sample().isPresent() ? Optional.ofNullable(drawn.get(i))
                    : term.datasetId().isPresent() ? term.datasetId().map(others::get) : own)
                    .map(samples -> LossPart.scope(network, samples));
        }).forEach(problem -> errors.add(problem.within("/loss")));
    }

    /** Adds where equations of a loss are none, whatever the network and the datasets are. */
    public static void requireSyntax(Objective loss, List<Problem> errors) {
        loss.problems((_, _) -> Optional.empty()).forEach(problem -> errors.add(problem.within("/loss")));
    }

    /** What equations about the loss may name for certain, where the loss itself is wrong. */
    public Scope scope(Network network) {
        return own.map(samples -> LossPart.scope(network, samples)).orElseGet(network::scope);
    }
}
