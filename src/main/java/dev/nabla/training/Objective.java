package dev.nabla.training;

import dev.nabla.equation.Scope;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a training makes small: the sum of one part for each dataset that it draws from. */
public sealed interface Objective permits Loss, EquationLoss {

    /** The datasets by id that it draws from beside the training's own. */
    default Set<UUID> datasets() {
        return Set.of();
    }

    /**
     * The parts, that of the training's own dataset first if it has one.
     *
     * @param samples the training's own dataset
     * @param others datasets by id
     * @throws InvalidLossException if an equation is wrong
     */
    List<LossPart> parts(Network network, Samples samples, Map<UUID, Samples> others);

    /**
     * What equations about the loss may name beside the names of the network: the columns of the dataset, {@code targets},
     * and {@code loss}, that of a batch of one sample.
     *
     * @throws InvalidLossException if an equation is wrong
     */
    default Scope scope(Network network, Samples samples, Map<UUID, Samples> others) {
        Expression loss = Arithmetic.sum(parts(network, samples, others).stream().map(LossPart::ofSample).toList());
        return LossPart.scope(network, samples).orElse(Scope.of(Map.of("loss", loss)));
    }
}
