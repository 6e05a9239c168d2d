package dev.nabla.web;

import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.problems.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the rows of a request have the inputs of a network.
 *
 * @param columns for every input of the network the number of its column in the rows
 */
public record InputNames(int[] columns) {

    public static final String DESCRIPTION = "What the columns are called: the names of the network's inputs, in any order; the "
            + "order of the network if left out.";

    /** The order that the names say, and where there are none that of the network. */
    public static InputNames of(@Nullable List<String> names, Network network, List<Problem> errors) {
        try {
            return new InputNames(ColumnOrder.ofInputs(network.definition(),
                    names == null ? network.definition().inputs() : names));
        } catch (UnmatchedNamesException e) {
            errors.add(Problem.of("/inputNames", e.getMessage()));
            return of(null, network, errors);
        }
    }

    /** Rows of the request in the order of the network. */
    public double[][] toNetwork(double[][] rows) {
        return reordered(rows, columns);
    }

    /** Rows of the network in the order of the request. */
    public double[][] fromNetwork(double[][] rows) {
        int[] inputs = new int[columns.length];
        IntStream.range(0, columns.length).forEach(i -> inputs[columns[i]] = i);
        return reordered(rows, inputs);
    }

    private static double[][] reordered(double[][] rows, int[] order) {
        return ColumnOrder.isInOrder(order) ? rows : Arrays.stream(rows)
                .map(row -> Arrays.stream(order).mapToDouble(i -> row[i]).toArray()).toArray(double[][]::new);
    }
}
