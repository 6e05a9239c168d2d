package dev.nabla.network.layers;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import dev.nabla.documents.JsonWords;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Graph;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Scalarisation;
import dev.nabla.expression.Shape;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.language.NoValueException;
import dev.nabla.language.Scope;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Misspelling;
import dev.nabla.problems.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a layer applies to its pre-activation x, a vector: the identity, any function of the equation language, one of some
 * equations that have names, or any other equation in x.
 *
 * @param text the name or the equation
 */
public record Activation(@JsonValue String text) {

    private static final String IDENTITY_NAME = "identity";
    private static final int LONGEST = 1000;
    private static final Pattern WORD = Pattern.compile("[\\w-]+");

    /** Equations in x by their names. */
    private static final Map<String, String> NAMED = new LinkedHashMap<>();

    static {
        NAMED.put(IDENTITY_NAME, "x");
        // Clevert, Unterthiner and Hochreiter 2016, arXiv:1511.07289; expm1 has no large argument in any branch.
        NAMED.put("elu", "where(x > 0, x, expm1(where(x > 0, 0, x)))");
        // Klambauer, Unterthiner, Mayr and Hochreiter 2017, arXiv:1706.02515.
        NAMED.put("selu", "1.0507009873554805 * where(x > 0, x, 1.6732632423543772 * expm1(where(x > 0, 0, x)))");
        NAMED.put("leaky-relu", "where(x > 0, x, 0.01 * x)");
        // Misra 2020, arXiv:1908.08681.
        NAMED.put("mish", "x * tanh(softplus(x))");
        NAMED.put("softsign", "x / (1 + abs(x))");
        NAMED.put("softmax", "softmax(x)");
        NAMED.put("silu", "silu(x)");
    }

    public static final Activation IDENTITY = new Activation(IDENTITY_NAME);
    public static final Activation TANH = new Activation(ScalarFunction.TANH.text());

    public static Optional<Activation> named(String name) {
        return NAMED.containsKey(name) || ScalarFunction.named(name).isPresent() ? Optional.of(new Activation(name))
                : Optional.empty();
    }

    /**
     * The activation of this name, or of this equation in x.
     *
     * @throws InvalidException with the position in the equation where that is wrong
     */
    @JsonForm
    public static Activation of(String text) {
        return named(text).orElseGet(() -> ofEquation(text));
    }

    private static Activation ofEquation(String equation) {
        if (equation.length() > LONGEST) {
            throw new InvalidException(List.of(Problem.of("", "must have at most " + LONGEST + " characters")));
        }
        var activation = new Activation(equation);
        try {
            for (int size : new int[] {3, 1}) {
                Shape shape = Shape.of(size);
                Expression value = activation.read(Arithmetic.perSampleSymbol("x", shape));
                if (!value.shape().equals(shape)) {
                    throw new InvalidException(List.of(Problem.at("", "of a vector x of shape " + shape
                            + " must be a vector of that shape, was of shape " + value.shape(), 0)));
                }
            }
        } catch (EquationException e) {
            throw new InvalidException(List.of(Problem.at("", WORD.matcher(equation).matches()
                    ? Misspelling.mustBe(String.join(", ", names()) + ", or an equation in x", names(), equation)
                    : "must be an equation in x, or a name: " + e.getMessage(), e.position())));
        }
        return activation;
    }

    /** All names. */
    @JsonWords(others = "an equation in x")
    public static List<String> names() {
        return Stream.concat(NAMED.keySet().stream(), Arrays.stream(ScalarFunction.values()).map(ScalarFunction::text))
                .toList();
    }

    /** The function that it applies to every entry, where it is one of the equation language. */
    public Optional<ScalarFunction> function() {
        return ScalarFunction.named(text);
    }

    /** What is wrong with it where an entry of it must depend on the same entry of its argument only. */
    public Optional<Problem> violationOfEntrywise(String pointer) {
        return isEntrywise() ? Optional.empty()
                : Optional.of(Problem.of(pointer, "must be entrywise here, was '" + text + "'"));
    }

    private boolean isEntrywise() {
        Expression x = Arithmetic.perSampleSymbol("x", Shape.of(3));
        Expression value = apply(x);
        List<Expression> entries = requireNonNull(Scalarisation.of(List.of(value)).get(value));
        return IntStream.range(0, entries.size()).allMatch(i -> Graph.topologicalOrder(List.of(entries.get(i))).stream()
                .noneMatch(node -> node.operands().contains(x) && !(node instanceof Entry e && e.index().getFirst() == i)));
    }

    /**
     * Its value for a vector, of the shape of that.
     *
     * @throws NoValueException if an equation that was checked does not fit so many entries
     */
    public Expression apply(Expression preActivation) {
        return function().map(function -> Arithmetic.apply(function, preActivation))
                .orElseGet(() -> equation(preActivation));
    }

    /** Read with a symbol in the place of x, by which the equation may differentiate. */
    private Expression equation(Expression x) {
        Expression symbol = Arithmetic.perSampleSymbol("x", x.shape());
        try {
            return Graph.substitute(read(symbol), Map.of(symbol, x));
        } catch (EquationException e) {
            throw new NoValueException("the activation '" + text + "' has no value for " + x.shape().size() + " entries: "
                    + e.getMessage());
        }
    }

    private Expression read(Expression x) {
        return Equation.parse(NAMED.getOrDefault(text, text), Scope.of(Map.of("x", x)));
    }
}
