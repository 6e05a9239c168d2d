package dev.nabla.web.trainings;

import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a training of a network can start from the parameters of a model, which may be of another network. */
final class ModelToStartFrom {

    private static final String POINTER = "/initialModelId";
    private static final int MOST_NAMED = 8;

    private ModelToStartFrom() {}

    /**
     * Why it cannot; empty where it can.
     *
     * @param there the network of the model
     * @param parameters of the model
     * @param here the network that is to be trained
     */
    static List<Problem> misfits(Network there, double[] parameters, Network here) {
        if (!shapes(there).equals(shapes(here))) {
            return problem("must be a model of a network with the same parameters, which are " + abbreviated(shapes(here))
                    + "; its network has " + abbreviated(shapes(there)));
        }
        if (!ColumnOrder.isSame(here.definition(), there.definition())) {
            return problem("must be a model of a network with the same inputs and outputs at the same places, which are "
                    + places(here) + "; its network has " + places(there)
                    + ": give both the same names, or post its parameters as initialParameters");
        }
        return here.parameters().problemsOfBounds(parameters).stream().flatMap(beyond -> problem("must be a model within the "
                + "bounds of the network's coefficients: its " + beyond.pointer().substring(1).replace('/', '.') + " "
                + beyond.detail()).stream()).toList();
    }

    private static List<Problem> problem(String detail) {
        return List.of(Problem.of(POINTER, detail));
    }

    private static String places(Network network) {
        return abbreviated(network.definition().inputs()) + " and " + abbreviated(network.definition().outputs());
    }

    private static List<String> shapes(Network network) {
        return network.parameters().symbols().stream().map(symbol -> symbol.name() + " " + symbol.shape()).toList();
    }

    private static String abbreviated(List<String> names) {
        return names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? ", …" : "");
    }
}
