package dev.nabla.exports.files;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.rendering.names.Notation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is taken away.
 *
 * @param name of the function, and of its files
 * @param inputs the vector that has a value for every sample
 * @param inputNames those of its entries
 * @param parameters all other symbols, in the order of the flat vector of parameters
 * @param values the flat vector of parameters where these are taken away too
 * @param notation how quantities are called in print
 * @param origin what the equations are about, for the comment at the beginning
 */
public record Subject(String name, List<Equation> equations, Symbol inputs, List<String> inputNames,
        List<Symbol> parameters,
        Optional<double[]> values, Notation notation, List<String> origin) {

    /** An equation and what it says. */
    public record Equation(String text, Expression expression) {}

    public Subject {
        equations = List.copyOf(equations);
        inputNames = List.copyOf(inputNames);
        parameters = List.copyOf(parameters);
        origin = List.copyOf(origin);
    }

    public List<Expression> expressions() {
        return equations.stream().map(Equation::expression).toList();
    }

    /** How many numbers the flat vector of parameters has. */
    public int parameterCount() {
        return parameters.stream().mapToInt(symbol -> symbol.shape().size()).sum();
    }

    /** The expressions with the values of the parameters in their places, where these are taken away too. */
    public List<Expression> expressionsOfValues() {
        return values.map(given -> expressions().stream().map(expression -> Graph.withValues(expression,
                split(given))).toList())
                .orElseGet(this::expressions);
    }

    /** The values of each parameter, row-major, from the flat vector. */
    public Map<Symbol, double[]> split(double[] flat) {
        var values = new LinkedHashMap<Symbol, double[]>();
        int offset = 0;
        for (Symbol symbol : parameters) {
            values.put(symbol, Arrays.copyOfRange(flat, offset, offset + symbol.shape().size()));
            offset += symbol.shape().size();
        }
        return values;
    }
}
