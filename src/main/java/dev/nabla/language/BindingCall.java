package dev.nabla.language;

import java.util.Optional;
import java.util.stream.Stream;

/** The calls that take names as well as expressions, or that give names a meaning. */
enum BindingCall {

    /** D(e, v, …): the derivative by v, then by the next. */
    DERIVATIVE("D"),

    /** at(e, x = a, …): the value where inputs are others. */
    AT("at"),

    /** integral(e, s, a, b, n): by n points of Gauss and Legendre, of e with respect to s from a to b. */
    INTEGRAL("integral");

    private final String text;

    BindingCall(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static Optional<BindingCall> named(String name) {
        return Stream.of(values()).filter(call -> call.text.equals(name)).findFirst();
    }
}
