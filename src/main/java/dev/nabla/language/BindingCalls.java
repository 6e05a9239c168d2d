package dev.nabla.language;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.expression.ShapeException;
import dev.nabla.language.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads what stands in the parentheses of a {@link BindingCall}. */
final class BindingCalls {

    private final Equation equation;
    private final Tokens tokens;
    private int integrals;

    BindingCalls(Equation equation, Tokens tokens) {
        this.equation = equation;
        this.tokens = tokens;
    }

    /** Behind the parenthesis of D, whose value at another point may follow. */
    Expression derivative(Token name) {
        Expression derivative = equation.comparison();
        int variables = 0;
        while (tokens.accept(",")) {
            Token first = tokens.current();
            Optional<Expression> named = variableAlone();
            Expression variable = named.isPresent() ? named.get() : equation.comparison();
            Expression e = derivative;
            derivative = Building.at(first, () -> Differentiation.of(e, variable, named.isPresent(), first.position()));
            variables++;
        }
        tokens.require(Kind.OPERATOR, ")", "')', ',' or an operator");
        if (variables == 0) {
            throw new EquationException(name.position(),
                    name.text() + " takes an expression and one or more variables, found 1 argument");
        }
        Growth.add(name, Graph.nodeCount(List.of(derivative)));
        Token behind = tokens.current();
        if (!behind.is("(") || equation.scope().inputs().isEmpty()) {
            return derivative;
        }
        tokens.next();
        Expression e = derivative;
        Symbol inputs = equation.scope().inputs().get();
        var positions = new ArrayList<Integer>();
        List<Expression> point = equation.arguments(")", positions);
        return Building.at(behind, () -> PointFunction.of(inputs, () -> e).apply(name, point, positions));
    }

    /** A name that stands alone between commas and that derivatives may be taken by. */
    private Optional<Expression> variableAlone() {
        Token token = tokens.current();
        Token behind = tokens.following();
        if (token.kind() != Kind.NAME || !behind.is(",") && !behind.is(")")) {
            return Optional.empty();
        }
        Optional<Expression> variable = atOptional(token);
        Optional<Expression> value = equation.scope().resolve(Identifier.normalised(token.text()));
        if (variable.isPresent() && (value.isPresent() || equation.scope().isAmbiguous(Identifier.normalised(token.text())))) {
            throw new EquationException(token.position(), "'" + token.text() + "' could mean several things here: rename what "
                    + "is called like the values of a layer, or write inputs." + token.text() + " if it is an input");
        }
        if (value.isPresent()) {
            return Optional.empty();
        }
        variable.ifPresent(_ -> tokens.next());
        return variable;
    }

    private Optional<Expression> atOptional(Token token) {
        try {
            return equation.scope().variable(Identifier.normalised(token.text()));
        } catch (ShapeException e) {
            throw new EquationException(token.position(), e.getMessage());
        }
    }

    /** Behind the parenthesis of at: an expression, and what inputs are instead, as in {@code x = 1}. */
    Expression atPoint(Token name) {
        Expression e = equation.comparison();
        var others = new LinkedHashMap<Integer, Expression>();
        while (tokens.accept(",")) {
            Token input = tokens.next();
            int place = place(input).orElseThrow(() -> new EquationException(input.position(),
                    "expected an input and its value, as in x = 1, found " + input.shown()));
            tokens.require(Kind.OPERATOR, "=", "'='");
            Token first = tokens.current();
            Expression value = equation.comparison();
            if (!value.isScalar()) {
                throw new EquationException(first.position(), "expected a scalar, found shape " + value.shape());
            }
            if (others.put(place, value) != null) {
                throw new EquationException(input.position(), "'" + input.text() + "' is given twice");
            }
        }
        tokens.require(Kind.OPERATOR, ")", "')', ',' or an operator");
        if (others.isEmpty()) {
            throw new EquationException(name.position(), "at takes an expression and values of inputs, as in "
                    + "at(D(u, x), x = 1), found 1 argument");
        }
        List<Expression> above = Graph.above(e, List.of(inputs()));
        Growth.add(name, above.size());
        return Building.at(name, () -> moved(e, above, others));
    }

    /** Which of the inputs a name is. */
    private Optional<Integer> place(Token name) {
        return name.kind() == Kind.NAME ? equation.scope().inputs().flatMap(inputs ->
                equation.scope().resolve(Identifier.normalised(name.text()))
                .flatMap(meaning -> IntStream.range(0, inputs.shape().size()).boxed()
                        .filter(i -> LinearAlgebra.entry(inputs, i).equals(meaning)).findFirst())) : Optional.empty();
    }

    /** The value where some inputs, by their places, are others. */
    private Expression moved(Expression e, List<Expression> above, Map<Integer, Expression> others) {
        Symbol inputs = inputs();
        Expression point = LinearAlgebra.stack(IntStream.range(0, inputs.shape().size())
                .mapToObj(i -> others.getOrDefault(i, LinearAlgebra.entry(inputs, i))).toList());
        return Graph.substitute(e, above, Map.of(inputs, point));
    }

    private Symbol inputs() {
        return equation.scope().inputs().orElseThrow();
    }

    /**
     * Behind the parenthesis of integral: the integrand, its variable, the limits and the number of points. The variable is an
     * input or a name that is only known within.
     */
    Expression integral(Token name) {
        Token variable = tokens.behindComma();
        Optional<Integer> place = place(variable);
        boolean isNew = place.isEmpty() && variable.kind() == Kind.NAME
                && !equation.scope().isKnown(Identifier.normalised(variable.text())) && Identifier.violation(variable.text()).isEmpty();
        if (place.isEmpty() && !isNew) {
            throw new EquationException(variable.position(), "expected the variable of the integral, an input or a new name, "
                    + "found " + variable.shown());
        }
        Expression bound = Arithmetic.perSampleSymbol("integral " + variable.text() + " " + ++integrals, Shape.SCALAR);
        Expression integrand = isNew
                ? equation.comparison(equation.scope().withNames(Map.of(Identifier.normalised(variable.text()), () -> bound)))
                : equation.comparison();
        tokens.require(Kind.OPERATOR, ",", "',' or an operator");
        tokens.next();
        tokens.require(Kind.OPERATOR, ",", "','");
        Expression from = limit();
        tokens.require(Kind.OPERATOR, ",", "',' or an operator");
        Expression to = limit();
        tokens.require(Kind.OPERATOR, ",", "',' or an operator");
        Token count = tokens.current();
        int points = tokens.positiveInteger("the number of points");
        if (points > Quadrature.MAX_POINTS) {
            throw new EquationException(count.position(), "expected at most " + Quadrature.MAX_POINTS + " points, found "
                    + points);
        }
        tokens.require(Kind.OPERATOR, ")", "')'");
        List<Expression> above = Graph.above(integrand, List.of(isNew ? bound : inputs()));
        Growth.add(name, (long) points * (Quadrature.NODES_OF_POINT + above.size()));
        return Building.at(name, () -> Quadrature.of(from, to, points, node -> isNew
                ? Graph.substitute(integrand, above, Map.of(bound, node))
                : moved(integrand, above, Map.of(place.get(), node))));
    }

    private Expression limit() {
        Token first = tokens.current();
        Expression limit = equation.comparison();
        if (!limit.isScalar()) {
            throw new EquationException(first.position(), "expected a scalar, found shape " + limit.shape());
        }
        return limit;
    }
}
