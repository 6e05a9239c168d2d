package dev.nabla.language;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.reciprocal;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Decimal;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.language.Token.Kind;
import dev.nabla.problems.Misspelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the equation language by precedence climbing (Pratt, "Top down operator precedence", 1973) and builds the
 * expression as it reads. From loose to tight: one of {@code < <= > >= == !=}, {@code + -}, {@code * / @}, unary minus,
 * {@code ^} (to the right), indices. A run of {@code + -} is one sum and a run of {@code * /} one product; parentheses make a new one.
 */
public final class Equation {

    static final int MAX_LENGTH = 5_000_000;
    static final int MAX_DEPTH = 256;

    /** Numbers with names, unless something in scope is called so. */
    private static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E);

    private final Tokens tokens;
    private Scope scope;
    private int depth;
    private final BindingCalls bindings;
    private final boolean isOpen;

    /** @param isOpen whether names that are not in scope are some scalars */
    private Equation(String text, Scope scope, boolean isOpen) {
        this.tokens = new Tokens(text);
        this.scope = scope;
        this.bindings = new BindingCalls(this, tokens);
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
            equation.tokens.require(Kind.END, "", "an operator or the end");
            return expression;
        });
    }

    /** 1 where it holds, else 0; not chained, as (a < b) < c is seldom meant. */
    Expression comparison() {
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

    /** What names stand for here. */
    Scope scope() {
        return scope;
    }

    /** An expression in which names stand for other things. */
    Expression comparison(Scope within) {
        Scope around = scope;
        scope = within;
        Expression expression = comparison();
        scope = around;
        return expression;
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
                index.add(tokens.positiveInteger("an index, which counts from 1") - 1);
            } while (tokens.accept(","));
            tokens.require(Kind.OPERATOR, "]", "']' or ','");
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
            tokens.require(Kind.OPERATOR, ")", "')' or an operator");
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
                case DERIVATIVE -> bindings.derivative(name);
                case AT -> bindings.atPoint(name);
                case INTEGRAL -> bindings.integral(name);
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

    private List<Expression> arguments(String closing) {
        return arguments(closing, new ArrayList<>());
    }

    /** One or more expressions between commas, up to and with {@code closing}; notes where each begins. */
    List<Expression> arguments(String closing, List<Integer> positions) {
        var arguments = new ArrayList<Expression>();
        do {
            positions.add(tokens.current().position());
            arguments.add(comparison());
        } while (tokens.accept(","));
        tokens.require(Kind.OPERATOR, closing, "'" + closing + "', ',' or an operator");
        return arguments;
    }
}
