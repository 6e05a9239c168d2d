package dev.nabla.imports;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.imports.Recognition.Found;
import dev.nabla.language.Identifier;
import dev.nabla.network.architectures.Coefficient;
import dev.nabla.network.architectures.EquationModel;
import dev.nabla.network.architectures.OutputEquations;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.PrintTooLargeException;
import dev.nabla.rendering.Renderer;
import dev.nabla.rendering.names.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes a formula as an equation for each output, its parameters as coefficients. */
final class WrittenEquations {

    private static final int LONGEST = 1_000_000;

    private WrittenEquations() {}

    /** @throws InvalidException if the equations are too long */
    static Found of(Formula formula) {
        Map<String, Symbol> byName = names(formula);
        Map<Expression, Expression> renamed = new HashMap<>();
        Map<String, Coefficient> coefficients = new LinkedHashMap<>();
        byName.forEach((name, symbol) -> {
            renamed.put(symbol, Arithmetic.symbol(name, symbol.shape()));
            double[] values = formula.parameters().getOrDefault(symbol, new double[0]);
            coefficients.put(name, new Coefficient(nested(symbol.shape(), values, 0), null, null, true));
        });
        Expression outputs = Graph.substitute(formula.outputs(), renamed);
        var equations = new ArrayList<String>();
        int left = LONGEST;
        for (int i = 0; i < formula.outputNames().size(); i++) {
            String equation = written(LinearAlgebra.entry(outputs, i), left);
            equations.add(equation);
            left -= equation.length();
        }
        return new Found(new EquationModel(Map.of(), coefficients,
                new OutputEquations(Optional.of(formula.outputNames()),
                equations), null, null), byName);
    }

    private static String written(Expression value, int longest) {
        try {
            return Renderer.render(value, Notation.none(), Form.ARRAY, Format.TEXT, false, longest).expression();
        } catch (PrintTooLargeException e) {
            throw new InvalidException(List.of(Problem.of("", "is no chain of layers, and as equations has more than "
                    + LONGEST
                    + " characters: " + e.getMessage())));
        }
    }

    private static Object nested(Shape shape, double[] values, int from) {
        if (shape.isScalar()) {
            return values[from];
        }
        if (shape.isVector()) {
            return Arrays.stream(values, from, from + shape.size()).boxed().toList();
        }
        Shape row = shape.withoutLeading(1);
        return IntStream.range(0, shape.dimension(0)).mapToObj(i -> nested(row, values, from + i * row.size()))
                .toList();
    }

    /** The parameters that it has, by names that coefficients may have. */
    private static Map<String, Symbol> names(Formula formula) {
        Set<String> taken = new HashSet<>(formula.inputNames());
        taken.addAll(formula.outputNames());
        Map<String, Symbol> names = new LinkedHashMap<>();
        Set<Expression> used = new HashSet<>(Graph.topologicalOrder(List.of(formula.outputs())));
        formula.parameters().keySet().stream().filter(used::contains).forEach(symbol -> {
            String plain = symbol.name().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
            String name = Identifier.violation(plain).isEmpty() && !plain.matches("L[0-9]+") ? plain : "p_" + plain;
            name = name.length() > 40 ? name.substring(0, 40) : name;
            String base = name;
            for (int i = 2; !taken.add(name); i++) {
                name = base + "_" + i;
            }
            names.put(name, symbol);
        });
        return names;
    }
}
