package dev.nabla.language;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.reciprocal;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Decimal;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.expression.ShapeException;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.language.Token.Kind;
import dev.nabla.problems.Misspelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the equation language by precedence climbing (Pratt, "Top down operator precedence", 1973) and builds the
 * expression as it reads. From loose to tight: one of {@code < <= > >= == !=}, {@code + -}, {@code * / @}, unary minus, {@code ^} (to the right),
 * indices. A run of {@code + -} is one sum and a run of {@code * /} one product; parentheses make a new one.
 */
public final class Equation {

    static final int MAX_LENGTH = 5_000_000;
    static final int MAX_DEPTH = 256;

    /** Numbers with names, unless something in scope is called so. */
    private static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E);

    private final Tokens tokens;
    private Scope scope;
    private int depth;
    private int integrals;

    private final boolean isOpen;

    /** @param isOpen whether names that are not in scope are some scalars */
    private Equation(String text, Scope scope, boolean isOpen) {
        this.tokens = new Tokens(text);
        this.scope = scope;
        this.isOpen = isOpen;
    }

    /**
     * The expression that {@code text} describes.
     *
     * @throws EquationException where it is malformed, names what is not in scope or combines what does not fit
     */
    public static Expression parse(String text, Scope scope) {
        return parse(text, scope, false);
    }

    /**
     * The scalar that {@code text} describes.
     *
     * @throws EquationException also where it describes an array
     */
    public static Expression scalar(String text, Scope scope) {
        Expression expression = parse(text, scope);
        if (!expression.isScalar()) {
            throw new EquationException(0, "must be a scalar, has shape " + expression.shape());
        }
        return expression;
    }

    /** Where the text is no equation, whatever its names stand for; as far as that is seen without knowing what they do. */
    public static Optional<EquationException> faultOfSyntax(String text) {
        try {
            parse(text, Scope.of(Map.of()), true);
            return Optional.empty();
        } catch (EquationException e) {
            return Optional.of(e).filter(EquationException::isOfSyntax);
        } catch (WorkLimitException e) {
            return Optional.empty();
        }
    }

    private static Expression parse(String text, Scope scope, boolean isOpen) {
        if (text.length() > MAX_LENGTH) {
            throw EquationException.ofSyntax(MAX_LENGTH, "an equation has at most " + MAX_LENGTH + " characters, this one "
                    + text.length());
        }
        var equation = new Equation(text, scope, isOpen);
        return Growth.together(() -> {
            Expression expression = equation.comparison();
            equation.require(Kind.END, "", "an operator or the end");
            return expression;
        });
    }

    /** 1 where it holds, else 0; not chained, as (a < b) < c is seldom meant. */
    private Expression comparison() {
        Expression left = sum();
        Optional<BinaryFunction> comparison = comparisonHere();
        if (comparison.isEmpty()) {
            return left;
        }
        Token operator = tokens.next();
        Expression right = sum();
        if (comparisonHere().isPresent()) {
            throw EquationException.ofSyntax(tokens.current().position(), "comparisons are not chained: write (a < b) * (b < c)"
                    + " for both, or parentheses around the first");
        }
        return Building.combined(List.of(left, right), List.of(operator),
                sides -> Arithmetic.apply(comparison.get(), sides.get(0), sides.get(1)));
    }

    private Optional<BinaryFunction> comparisonHere() {
        return tokens.current().kind() == Kind.OPERATOR ? BinaryFunction.comparison(tokens.current().text()) : Optional.empty();
    }

    private Expression sum() {
        Token first = tokens.current();
        if (++depth > MAX_DEPTH) {
            throw EquationException.ofSyntax(first.position(), "is nested more than " + MAX_DEPTH + " levels deep");
        }
        var terms = new ArrayList<Expression>(List.of(product()));
        var operators = new ArrayList<Token>();
        while (tokens.current().is("+") || tokens.current().is("-")) {
            operators.add(tokens.next());
            Expression term = product();
            terms.add(operators.getLast().is("-") ? negate(term) : term);
        }
        depth--;
        return Building.combined(terms, operators, Arithmetic::sum);
    }

    private Expression product() {
        var factors = new ArrayList<Expression>(List.of(unary()));
        var operators = new ArrayList<Token>();
        while (tokens.current().is("*") || tokens.current().is("/") || tokens.current().is("@")) {
            Token operator = tokens.next();
            Expression right = unary();
            if (operator.is("@")) {
                Expression left = Building.combined(factors, operators, Arithmetic::product);
                factors.clear();
                operators.clear();
                factors.add(Building.at(operator, () -> LinearAlgebra.matrixProduct(left, right)));
            } else {
                // (x / y) z is not x z / y, which may leave the range of doubles.
                if (operator.is("*") && operators.stream().anyMatch(before -> before.is("/"))) {
                    Expression quotient = Building.combined(factors, operators, Arithmetic::product);
                    factors.clear();
                    operators.clear();
                    factors.add(quotient);
                }
                factors.add(operator.is("/") ? Building.at(operator, () -> reciprocal(right)) : right);
                operators.add(operator);
            }
        }
        return Building.combined(factors, operators, Arithmetic::product);
    }

    private Expression unary() {
        int signs = 0;
        while (tokens.current().is("-") || tokens.current().is("+")) {
            signs += tokens.next().is("-") ? 1 : 0;
        }
        Expression operand = powers();
        return signs % 2 == 0 ? operand : negate(operand);
    }

    private Expression powers() {
        Expression base = indexed();
        if (!tokens.current().is("^") && !tokens.current().is("**")) {
            return base;
        }
        Token operator = tokens.next();
        if (++depth > MAX_DEPTH) {
            throw EquationException.ofSyntax(operator.position(), "is nested more than " + MAX_DEPTH + " levels deep");
        }
        Expression exponent = unary();
        depth--;
        return Building.at(operator, () -> {
            Shape shape = Building.commonShape(List.of(base, exponent), List.of(operator));
            return power(LinearAlgebra.broadcast(base, shape), LinearAlgebra.broadcast(exponent, shape));
        });
    }

    private Expression indexed() {
        Expression expression = primary();
        while (tokens.current().is("[")) {
            Token bracket = tokens.next();
            var index = new ArrayList<Integer>();
            do {
                index.add(positiveInteger("an index, which counts from 1") - 1);
            } while (accept(","));
            require(Kind.OPERATOR, "]", "']' or ','");
            Expression whole = expression;
            expression = Building.at(bracket, () -> LinearAlgebra.entry(whole, index));
        }
        return expression;
    }

    private Expression primary() {
        Token token = tokens.next();
        if (token.kind() == Kind.NUMBER) {
            return Building.at(token, () -> constant(Decimal.read(token.text())));
        }
        if (token.kind() == Kind.NAME) {
            return tokens.current().is("(") ? call(token) : named(token);
        }
        if (token.is("(")) {
            Expression inner = comparison();
            require(Kind.OPERATOR, ")", "')' or an operator");
            return inner;
        }
        if (token.is("[")) {
            List<Expression> parts = arguments("]");
            return Building.at(token, () -> LinearAlgebra.stack(parts));
        }
        throw EquationException.ofSyntax(token.position(), "expected a number, a name, '(' or '[', found " + token.shown());
    }

    private Expression named(Token token) {
        String name = Identifier.normalised(token.text());
        return Building.at(token, () -> scope.resolve(name).or(() -> scope.isAmbiguous(name) ? Optional.empty()
                : Optional.ofNullable(CONSTANTS.get(name)).map(Arithmetic::constant))
                .or(() -> isOpen ? Optional.of(Arithmetic.perSampleSymbol(name, Shape.SCALAR)) : Optional.empty())
                .orElseThrow(() -> EquationException.ofName(token.position(), scope.refusal(name))));
    }

    private Expression call(Token name) {
        Optional<BindingCall> binding = BindingCall.named(name.text());
        Optional<Call> call = Call.named(name);
        Optional<PointFunction> function = scope.function(Identifier.normalised(name.text()));
        if (binding.isEmpty() && call.isEmpty() && function.isEmpty()) {
            throw new EquationException(name.position(), refusal(name));
        }
        tokens.next();
        if (binding.isPresent()) {
            return switch (binding.get()) {
                case DERIVATIVE -> derivative(name);
                case AT -> atPoint(name);
                case INTEGRAL -> integral(name);
            };
        }
        var positions = new ArrayList<Integer>();
        List<Expression> arguments = arguments(")", positions);
        return Building.at(name, () -> call.isPresent() ? call.get().apply(name, arguments, positions)
                : function.orElseThrow().apply(name, arguments, positions));
    }

    private String refusal(Token name) {
        return scope.resolve(Identifier.normalised(name.text())).isPresent()
                ? "'" + name.text() + "' is no function; write * before '(' to multiply"
                : unknownFunction(name.text(), Stream.concat(scope.functions().stream().sorted(), Call.names()).toList());
    }

    private static String unknownFunction(String name, List<String> known) {
        return "unknown function '" + name + "'" + Misspelling.hint(name, known) + "; known are " + String.join(", ", known);
    }

    /** Behind the parenthesis of D, whose value at another point may follow. */
    private Expression derivative(Token name) {
        Expression derivative = comparison();
        int variables = 0;
        while (accept(",")) {
            Token first = tokens.current();
            Optional<Expression> named = variableAlone();
            Expression variable = named.isPresent() ? named.get() : comparison();
            Expression e = derivative;
            derivative = Building.at(first, () -> Differentiation.of(e, variable, named.isPresent(), first.position()));
            variables++;
        }
        require(Kind.OPERATOR, ")", "')', ',' or an operator");
        if (variables == 0) {
            throw new EquationException(name.position(),
                    name.text() + " takes an expression and one or more variables, found 1 argument");
        }
        Growth.add(name, Graph.nodeCount(List.of(derivative)));
        Token behind = tokens.current();
        if (!behind.is("(") || scope.inputs().isEmpty()) {
            return derivative;
        }
        tokens.next();
        Expression e = derivative;
        Symbol inputs = scope.inputs().get();
        var positions = new ArrayList<Integer>();
        List<Expression> point = arguments(")", positions);
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
        Optional<Expression> value = scope.resolve(Identifier.normalised(token.text()));
        if (variable.isPresent() && (value.isPresent() || scope.isAmbiguous(Identifier.normalised(token.text())))) {
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
            return scope.variable(Identifier.normalised(token.text()));
        } catch (ShapeException e) {
            throw new EquationException(token.position(), e.getMessage());
        }
    }

    /** Behind the parenthesis of at: an expression, and what inputs are instead, as in {@code x = 1}. */
    private Expression atPoint(Token name) {
        Expression e = comparison();
        var others = new LinkedHashMap<Integer, Expression>();
        while (accept(",")) {
            Token input = tokens.next();
            int place = place(input).orElseThrow(() -> new EquationException(input.position(),
                    "expected an input and its value, as in x = 1, found " + input.shown()));
            require(Kind.OPERATOR, "=", "'='");
            Token first = tokens.current();
            Expression value = comparison();
            if (!value.isScalar()) {
                throw new EquationException(first.position(), "expected a scalar, found shape " + value.shape());
            }
            if (others.put(place, value) != null) {
                throw new EquationException(input.position(), "'" + input.text() + "' is given twice");
            }
        }
        require(Kind.OPERATOR, ")", "')', ',' or an operator");
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
        return name.kind() == Kind.NAME ? scope.inputs().flatMap(inputs -> scope.resolve(Identifier.normalised(name.text()))
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
        return scope.inputs().orElseThrow();
    }

    /**
     * Behind the parenthesis of integral: the integrand, its variable, the limits and the number of points. The variable is an
     * input or a name that is only known within.
     */
    private Expression integral(Token name) {
        Token variable = tokens.behindComma();
        Optional<Integer> place = place(variable);
        boolean isNew = place.isEmpty() && variable.kind() == Kind.NAME
                && !scope.isKnown(Identifier.normalised(variable.text())) && Identifier.violation(variable.text()).isEmpty();
        if (place.isEmpty() && !isNew) {
            throw new EquationException(variable.position(), "expected the variable of the integral, an input or a new name, "
                    + "found " + variable.shown());
        }
        Expression bound = Arithmetic.perSampleSymbol("integral " + variable.text() + " " + ++integrals, Shape.SCALAR);
        Scope around = scope;
        scope = isNew ? scope.withNames(Map.of(Identifier.normalised(variable.text()), () -> bound)) : scope;
        Expression integrand = comparison();
        scope = around;
        require(Kind.OPERATOR, ",", "',' or an operator");
        tokens.next();
        require(Kind.OPERATOR, ",", "','");
        Expression from = limit();
        require(Kind.OPERATOR, ",", "',' or an operator");
        Expression to = limit();
        require(Kind.OPERATOR, ",", "',' or an operator");
        Token count = tokens.current();
        int points = positiveInteger("the number of points");
        if (points > Quadrature.MAX_POINTS) {
            throw new EquationException(count.position(), "expected at most " + Quadrature.MAX_POINTS + " points, found "
                    + points);
        }
        require(Kind.OPERATOR, ")", "')'");
        List<Expression> above = Graph.above(integrand, List.of(isNew ? bound : inputs()));
        Growth.add(name, (long) points * (Quadrature.NODES_OF_POINT + above.size()));
        return Building.at(name, () -> Quadrature.of(from, to, points, node -> isNew
                ? Graph.substitute(integrand, above, Map.of(bound, node))
                : moved(integrand, above, Map.of(place.get(), node))));
    }

    private Expression limit() {
        Token first = tokens.current();
        Expression limit = comparison();
        if (!limit.isScalar()) {
            throw new EquationException(first.position(), "expected a scalar, found shape " + limit.shape());
        }
        return limit;
    }

    private List<Expression> arguments(String closing) {
        return arguments(closing, new ArrayList<>());
    }

    /** One or more expressions between commas, up to and with {@code closing}; notes where each begins. */
    private List<Expression> arguments(String closing, List<Integer> positions) {
        var arguments = new ArrayList<Expression>();
        do {
            positions.add(tokens.current().position());
            arguments.add(comparison());
        } while (accept(","));
        require(Kind.OPERATOR, closing, "'" + closing + "', ',' or an operator");
        return arguments;
    }

    private boolean accept(String operator) {
        if (tokens.current().is(operator)) {
            tokens.next();
            return true;
        }
        return false;
    }

    private int positiveInteger(String what) {
        Token token = tokens.next();
        if (token.kind() != Kind.NUMBER || !token.text().matches("0*[1-9][0-9]{0,8}")) {
            throw EquationException.ofSyntax(token.position(), "expected " + what + ", found " + token.shown());
        }
        return Integer.parseInt(token.text());
    }

    private void require(Kind kind, String text, String expected) {
        Token token = tokens.current();
        if (token.kind() != kind || !token.text().equals(text)) {
            throw EquationException.ofSyntax(token.position(), "expected " + expected + ", found " + token.shown());
        }
        tokens.next();
    }
}
