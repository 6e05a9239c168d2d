package dev.nabla.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which column of a table belongs to which input or output of a network. Equal sets of names are matched by name, in any
 * order. {@code x1 … xn} and {@code y1 … ym}, which stand where nobody gave names, are matched with other names by position,
 * and so is one output with one target. Everything else is refused, also where it cannot be told which of these is meant, as
 * of a column that would be an input and is called like an output.
 */
public final class ColumnOrder {

    private static final int NAMES_SHOWN = 32;

    private ColumnOrder() {}

    /**
     * For every input of the network the number of its column.
     *
     * @throws UnmatchedNamesException if they do not match
     */
    public static int[] ofInputs(NetworkDefinition network, List<String> columns) {
        return ofInputs(network, network.inputs(), columns);
    }

    /**
     * The same for one of several tables.
     *
     * @param names what the inputs are called by the network or, by {@link #names}, by the tables before
     * @throws UnmatchedNamesException if they do not match
     */
    public static int[] ofInputs(NetworkDefinition network, List<String> names, List<String> columns) {
        return of(names.equals(network.inputs()) ? "the network has the inputs" : "another dataset has the inputs",
                names, network.outputs(), columns, "x");
    }

    /**
     * What inputs are called for the next table: inputs without names get those of the first table that has some.
     *
     * @param columns of the table before, in the order of the network
     */
    public static List<String> names(List<String> names, List<String> columns) {
        return names.equals(NetworkDefinition.numbered("x", names.size())) ? columns : names;
    }

    /**
     * For every output of the network the number of its column.
     *
     * @throws UnmatchedNamesException if they do not match
     */
    public static int[] ofOutputs(NetworkDefinition network, List<String> targets) {
        return network.outputDimension() == 1 && targets.size() == 1 ? new int[] {0}
                : of("the network has the outputs", network.outputs(), network.inputs(), targets, "y");
    }

    /**
     * For every entry of the vector of the targets the number of its column: as for {@link #ofOutputs} where they have
     * the names of the outputs, in whatever order, and that of the data where they are something else.
     *
     * @throws UnmatchedNamesException if it cannot be told which of these they are
     */
    public static int[] ofTargets(NetworkDefinition network, List<String> targets) {
        return Set.copyOf(targets).equals(Set.copyOf(network.outputs())) ? ofOutputs(network, targets)
                : IntStream.range(0, targets.size()).toArray();
    }

    /** Whether two networks have the same inputs and outputs at the same places. */
    public static boolean isSame(NetworkDefinition one, NetworkDefinition other) {
        try {
            return isInOrder(ofInputs(one, other.inputs())) && isInOrder(ofOutputs(one, other.outputs()));
        } catch (UnmatchedNamesException e) {
            return false;
        }
    }

    /** Whether all columns stay where they are. */
    public static boolean isInOrder(int[] columns) {
        return IntStream.range(0, columns.length).allMatch(i -> columns[i] == i);
    }

    /** @param others the names of the other side of the network */
    private static int[] of(String what, List<String> names, List<String> others, List<String> columns, String letter) {
        List<String> numbered = NetworkDefinition.numbered(letter, names.size());
        if (columns.size() != names.size()) {
            throw unmatched(what, names, columns, "they must be as many");
        }
        if (Set.copyOf(names).equals(Set.copyOf(columns))) {
            if (columns.equals(numbered) && !names.equals(numbered)) {
                throw unmatched(what, names, columns, "the latter stand where nobody gave names too, so give the data the "
                        + "network's order or other names");
            }
            var places = IntStream.range(0, columns.size()).boxed().collect(Collectors.toMap(columns::get, i -> i));
            return names.stream().mapToInt(places::get).toArray();
        }
        Optional<String> foreign = columns.stream().filter(others::contains).findFirst();
        if (foreign.isPresent()) {
            throw unmatched(what, names, columns, "'" + foreign.get() + "' is on the other side of the network, so give the "
                    + "data the network's names or other ones");
        }
        if ((names.equals(numbered) || columns.equals(numbered)) && isUnmoved(names, columns)) {
            return IntStream.range(0, names.size()).toArray();
        }
        throw unmatched(what, names, columns, "they are matched by name, in any order, so rename the data (its inputNames, "
                + "targetNames, grid axes or CSV header) or the network, or leave out the names of one side to match by "
                + "position");
    }

    private static UnmatchedNamesException unmatched(String what, List<String> names, List<String> columns,
            String advice) {
        return new UnmatchedNamesException(what + " " + shown(names) + ", the data has "
                + shown(columns) + ": " + advice);
    }

    /** Whether every column has a name of its own, and none the name of another place. */
    private static boolean isUnmoved(List<String> names, List<String> columns) {
        Set<String> known = Set.copyOf(names);
        return Set.copyOf(columns).size() == columns.size() && IntStream.range(0, columns.size())
                .allMatch(i -> columns.get(i).equals(names.get(i)) || !known.contains(columns.get(i)));
    }

    private static String shown(List<String> names) {
        return names.isEmpty() ? "none" : names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", ", "[", ""))
                + (names.size() > NAMES_SHOWN ? ", … (" + names.size() + ")]" : "]");
    }
}
