package dev.nabla.rendering;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.matrixProduct;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.names.Name;
import dev.nabla.rendering.names.Notation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The network of the seed's page, 2-3-3-1 with tanh everywhere, and its customary notation. */
final class SeedNetwork {

    static final Expression INPUTS = perSampleSymbol("inputs", Shape.of(2));

    final List<Expression> z = new ArrayList<>();
    final List<Expression> a = new ArrayList<>();
    final List<Expression> parameters = new ArrayList<>();

    SeedNetwork() {
        Expression value = INPUTS;
        for (int layer = 1; layer <= 3; layer++) {
            int units = layer == 3 ? 1 : 3;
            Expression w = symbol("L" + layer + ".W", Shape.of(units, value.shape().dimension(0)));
            Expression b = symbol("L" + layer + ".b", Shape.of(units));
            parameters.addAll(List.of(w, b));
            z.add(sum(matrixProduct(w, value), b));
            value = apply(ScalarFunction.TANH, z.getLast());
            a.add(value);
        }
    }

    List<Expression> symbols() {
        var symbols = new ArrayList<>(parameters);
        symbols.add(INPUTS);
        return symbols;
    }

    Expression output() {
        return entry(a.getLast(), 0);
    }

    Expression gradientByFirstBias() {
        return Derivative.of(output(), parameters.get(1));
    }

    /** x and y for the inputs, z, a and δ (the derivatives of the output) for each layer. */
    Notation notation() {
        var quantities = new LinkedHashMap<Expression, Name>();
        List<Expression> deltas = Derivative.gradient(output(), z);
        for (int layer = 1; layer <= 3; layer++) {
            quantities.put(z.get(layer - 1), Name.of("z", layer));
            quantities.put(a.get(layer - 1), Name.of("a", layer));
            quantities.put(deltas.get(layer - 1), Name.of("delta", layer));
        }
        return new Notation(Map.of(entry(INPUTS, 0), Name.of("x"), entry(INPUTS, 1), Name.of("y")), quantities);
    }

    /** Parameters and inputs from a standard normal distribution. */
    Map<String, double[]> values(Random random) {
        var values = new LinkedHashMap<String, double[]>();
        values.put("inputs", random.doubles(2, -1, 1).toArray());
        parameters.forEach(parameter -> values.put(((Expression.Symbol) parameter).name(),
                random.doubles(parameter.shape().size(), -1, 1).toArray()));
        return values;
    }
}
