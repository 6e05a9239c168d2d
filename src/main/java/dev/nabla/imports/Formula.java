package dev.nabla.imports;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file computes.
 *
 * @param outputs a vector of {@code inputs}, which has a value for every sample, and of parameters
 * @param parameters the values of these, row-major
 */
public record Formula(Symbol inputs, Expression outputs, Map<Symbol, double[]> parameters, List<String> inputNames,
        List<String> outputNames) {

    public Formula {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        inputNames = List.copyOf(inputNames);
        outputNames = List.copyOf(outputNames);
    }
}
