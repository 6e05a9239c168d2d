package dev.nabla.web.expressions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.expression.Expression;
import dev.nabla.rendering.Definition;
import dev.nabla.rendering.Rendering;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Printed expressions, one result per equation. */
public record ExpressionResponse(
        List<Result> results,
        @Schema(description = "How many numbers the network's parameters are, those that no equation names included.")
        int parameterCount) {

    private static final BigInteger LARGEST_EXACT_NUMBER = BigInteger.ONE.shiftLeft(53);

    /** One equation, printed. */
    @Schema(name = "ExpressionResult")
    public record Result(
            String equation,
            List<Integer> shape,
            @Schema(description = "The entries, row-major; only in scalar form.")
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> entries,
            @Schema(description = "The whole array.") String expression,
            @Schema(description = "The named subexpressions, in an order in which they can be evaluated.")
            List<Definition> definitions,
            @Schema(description = "The distinct nodes of the shared graph.") int nodeCount,
            @Schema(description = "The nodes if nothing were shared; a string of digits above 2^53.",
                    oneOf = {Long.class, String.class}) Object treeNodeCount,
            @Schema(description = "A Python module that defines evaluate(inputs, parameters) for one sample, (inputs,), or a"
                    + " batch, (samples, inputs); parameters may be left out where none occurs. Only in format python.")
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String code) {

        public static Result of(String equation, Expression expression, Rendering rendering, boolean withEntries) {
            BigInteger treeNodes = rendering.treeNodeCount();
            return new Result(equation, expression.shape().dimensions(), withEntries ? rendering.entries() : null,
                    rendering.expression(), rendering.definitions(), rendering.nodeCount(),
                    treeNodes.compareTo(LARGEST_EXACT_NUMBER) > 0 ? treeNodes.toString() : treeNodes,
                    rendering.code().orElse(null));
        }
    }
}
