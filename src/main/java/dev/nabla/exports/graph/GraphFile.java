package dev.nabla.exports.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The graph of some equations as it stands in a file: {@code nodes}, each after its operands, and for each equation the
 * number of its node.
 *
 * @param format always {@link #FORMAT}
 * @param origin what the equations are about
 * @param inputs the names of the inputs
 */
record GraphFile(String format, List<String> origin, List<String> inputs, List<Parameter> parameters, List<Node> nodes,
        List<Result> results) {

    static final String FORMAT = "nabla-graph-1";

    /** @param values row-major; absent where they are not taken away */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Parameter(String name, List<Integer> shape, double @Nullable [] values) {}

    /**
     * A node.
     *
     * @param shape its dimensions, outermost first
     * @param operands the numbers of nodes before it
     * @param name of a symbol
     * @param perSample of a symbol, whether it has a value for every sample
     * @param value of a constant, of every entry
     * @param function of apply and apply-binary, its name in the equation language
     * @param index of an entry, into the outermost axes, from 0
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Node(Kind kind, List<Integer> shape, List<Integer> operands, @Nullable String name,
            @Nullable Boolean perSample,
            @Nullable Double value, @Nullable String function, @Nullable List<Integer> index) {}

    record Result(String equation, int node) {}
}
