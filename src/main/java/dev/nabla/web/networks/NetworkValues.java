package dev.nabla.web.networks;

import dev.nabla.network.Network;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters and inputs of a request for a network. */
public final class NetworkValues {

    private NetworkValues() {}

    /** The flat vector of nested parameters; their errors have pointers that begin with {@code pointer}. */
    public static double[] parameters(Map<String, Object> nested, Network network, String pointer,
            List<Problem> errors) {
        try {
            return network.parameters().flatten(nested);
        } catch (InvalidException e) {
            e.problems().forEach(violation -> errors.add(violation.within(pointer)));
            return new double[network.parameters().size()];
        }
    }

    /**
     * The flat vector of nested parameters to start a training from; their errors have pointers that begin with
     * {@code pointer}.
     *
     * @param others what is missing has the values of
     */
    public static double[] initialParameters(Map<String, Object> nested, Network network, double[] others, String pointer,
            List<Problem> errors) {
        try {
            double[] flat = network.parameters().flatten(nested, others);
            network.problemsOfParameters(flat).forEach(problem -> errors.add(problem.within(pointer)));
            return flat;
        } catch (InvalidException e) {
            e.problems().forEach(violation -> errors.add(violation.within(pointer)));
            return others;
        }
    }

    /**
     * Rows as long as the inputs of the network; their errors have pointers that begin with {@code pointer}.
     *
     * @param inputs null where they are wrong already
     */
    public static double[][] inputs(double @Nullable [][] inputs, String pointer, Network network, List<Problem> errors) {
        if (inputs == null) {
            return new double[0][];
        }
        int dimension = network.definition().inputDimension();
        for (int s = 0; s < inputs.length; s++) {
            if (inputs[s].length != dimension) {
                errors.add(Problem.of(pointer + "/" + s,
                        "must be an array of " + dimension + " numbers, had " + inputs[s].length));
            }
        }
        return inputs;
    }
}
