package dev.nabla.losses;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.language.Identifier;
import dev.nabla.language.Scope;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.problems.Problem;
import dev.nabla.program.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/** What a training makes small: the sum of one part for each dataset that it draws from. In JSON, a name or terms. */
public sealed interface Objective permits Loss, EquationLoss {

    /** The datasets by id that it draws from beside the training's own, in the order in which terms name them. */
    default Set<UUID> datasets() {
        return Set.of();
    }

    /** The points that terms draw, by the number of the term, ascending. */
    default SequencedMap<Integer, PointSample> samples() {
        return new LinkedHashMap<>();
    }

    /**
     * What is wrong with its equations, with pointers that begin at the loss.
     *
     * @param scopes what the equation of a term may name, by the number of the term; empty for one that is not to be looked at
     */
    default List<Problem> problems(BiFunction<Integer, LossTerm, Optional<Scope>> scopes) {
        return List.of();
    }

    /** Where it is neither a sum of squares nor the root of one, with a pointer that begins at the loss. */
    Optional<Problem> differenceFromSquares();

    /** By what it is multiplied where targets and outputs are multiplied by a scale. */
    default double unit(double scale) {
        return 1;
    }

    /** What targets are called where there is no dataset. */
    default List<String> targetNames(Network network) {
        return network.definition().outputs();
    }

    /**
     * The parts, that of the training's own dataset first if it has one.
     *
     * @param samples the training's own dataset
     * @param others datasets by id
     * @throws InvalidLossException if an equation is wrong
     * @throws UnmatchedNamesException if the datasets do not match the network and each other
     */
    default List<LossPart> parts(Network network, Samples samples, Map<UUID, Samples> others) {
        return parts(network, MatchedSamples.of(network, this, Optional.of(samples), others));
    }

    /** The same for datasets in the order of the network. */
    default List<LossPart> parts(Network network, MatchedSamples samples) {
        return parts(network, samples, samples.own().map(own -> LossPart.scope(network, own)));
    }

    /**
     * The same.
     *
     * @param scope what equations over the training's own dataset may name
     */
    List<LossPart> parts(Network network, MatchedSamples samples, Optional<Scope> scope);

    /** What is wrong with the weights of samples where no parameter is in them, with pointers that begin at the loss. */
    default List<Problem> problemsOfWeights(Network network, MatchedSamples samples, Engine engine) {
        return List.of();
    }

    /**
     * What equations about the loss may name beside the names of the network: the columns of the dataset, {@code targets},
     * and {@code loss}, that of a batch of one sample.
     *
     * @param samples empty for targets that have no names but {@code targets.z}
     * @throws InvalidLossException if an equation is wrong
     * @throws UnmatchedNamesException if the datasets do not match the network and each other
     */
    default Scope scope(Network network, Optional<Samples> samples, Map<UUID, Samples> others) {
        var matched = MatchedSamples.of(network, this, samples.or(() -> Optional.of(new Samples(
                network.definition().inputs(), targetNames(network), new double[0], new double[0]))), others);
        Samples own = matched.own().orElseThrow();
        Scope scope = samples.isPresent() ? LossPart.scope(network, own) : LossPart.pathScope(network, own);
        Expression loss = Arithmetic.sum(parts(network, matched, Optional.of(scope)).stream().map(LossPart::ofSample)
                .toList());
        return scope.and(Scope.of(Map.of(Identifier.LOSS, loss)));
    }
}
