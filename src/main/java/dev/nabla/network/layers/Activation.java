package dev.nabla.network.layers;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import dev.nabla.documents.JsonWords;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.ScalarFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a layer applies to every entry of its pre-activation: any function of the equation language, or the identity.
 *
 * @param function empty for the identity
 */
public record Activation(Optional<ScalarFunction> function) {

    public static final Activation IDENTITY = new Activation(Optional.empty());
    public static final Activation TANH = new Activation(Optional.of(ScalarFunction.TANH));

    public static Optional<Activation> named(String name) {
        return name.equals(IDENTITY.text()) ? Optional.of(IDENTITY)
                : ScalarFunction.named(name).map(function -> new Activation(Optional.of(function)));
    }

    /**
     * The activation of this name.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    @JsonForm
    public static Activation of(String name) {
        return named(name).orElseThrow();
    }

    /** All names. */
    @JsonWords
    public static List<String> names() {
        return Stream.concat(Stream.of(IDENTITY.text()), Arrays.stream(ScalarFunction.values()).map(ScalarFunction::text))
                .toList();
    }

    @JsonValue
    public String text() {
        return function.map(ScalarFunction::text).orElse("identity");
    }

    public Expression apply(Expression preActivation) {
        return function.map(f -> Arithmetic.apply(f, preActivation)).orElse(preActivation);
    }
}
