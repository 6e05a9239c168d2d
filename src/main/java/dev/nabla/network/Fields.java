package dev.nabla.network;

import dev.nabla.network.architectures.Integrator;
import dev.nabla.network.layers.Activation;
import dev.nabla.problems.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of an object whose type decides which there are. What is missing or wrong is noted, and something that
 * fits is read in its place.
 */
final class Fields {

    static final String TYPE = "type";
    static final String ACTIVATION = "activation";
    static final String INTEGRATOR = "integrator";

    private final String pointer;
    private final Map<String, Object> given;
    private final List<Problem> violations;
    private final Set<String> known = new LinkedHashSet<>(Set.of(TYPE));

    /**
     * @param given the fields that are there
     * @param violations where what is wrong is added, with pointers that begin with {@code pointer}
     */
    Fields(String pointer, Map<String, Object> given, List<Problem> violations) {
        this.pointer = pointer;
        this.given = given;
        this.violations = violations;
    }

    /** What the reader of their type makes of the fields; empty where there is no such type. */
    <T> Optional<T> read(Optional<String> typeIfLeftOut, Map<String, Function<Fields, T>> readers) {
        Optional<String> type = value(TYPE, String.class).or(() -> typeIfLeftOut);
        Optional<Function<Fields, T>> reader = type.map(readers::get);
        if (reader.isEmpty()) {
            wrong(TYPE, type.map(t -> "must be").orElse("is missing, must be") + " one of "
                    + String.join(", ", readers.keySet()) + type.map(t -> ", was '" + t + "'").orElse(""));
            return Optional.empty();
        }
        T read = reader.get().apply(this);
        given.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> wrong(name,
                "is no field of type '" + type.orElseThrow() + "', which has " + String.join(", ", known)));
        return Optional.of(read);
    }

    int integer(String name) {
        return value(name, Integer.class).orElseGet(() -> missing(name, 1));
    }

    int integer(String name, int ifLeftOut) {
        return value(name, Integer.class).orElse(ifLeftOut);
    }

    double number(String name) {
        return value(name, Number.class).map(Number::doubleValue).orElseGet(() -> missing(name, 1.0));
    }

    /** True if left out. */
    boolean flag(String name) {
        return value(name, Boolean.class).orElse(true);
    }

    /** tanh if left out. */
    Activation activation() {
        return choice(ACTIVATION, Activation::named, Activation.names(), Activation.TANH);
    }

    /** Störmer–Verlet if left out. */
    Integrator integrator() {
        return choice(INTEGRATOR, Integrator::named, Integrator.names(), Integrator.STOERMER_VERLET);
    }

    private <T> T choice(String name, Function<String, Optional<T>> named, String names, T ifLeftOut) {
        Optional<String> text = value(name, String.class);
        Optional<T> choice = text.flatMap(named);
        if (text.isPresent() && choice.isEmpty()) {
            wrong(name, "must be one of " + names + ", was '" + text.get() + "'");
        }
        return choice.orElse(ifLeftOut);
    }

    private void wrong(String name, String detail) {
        violations.add(Problem.of(pointer + "/" + name, detail));
    }

    private <T> T missing(String name, T instead) {
        wrong(name, "is missing");
        return instead;
    }

    private <T> Optional<T> value(String name, Class<T> type) {
        known.add(name);
        return Optional.ofNullable(given.get(name)).map(type::cast);
    }
}
