package dev.nabla.training;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A dataset that cannot be accepted; it lists what is wrong. */
public final class InvalidSamplesException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param pointer a JSON Pointer (RFC 6901) into the request
     * @param position the 0-based character, for an equation
     */
    public record Problem(String pointer, String detail, OptionalInt position) {}

    InvalidSamplesException(List<Problem> problems) {
        super(problems.stream().map(p -> p.pointer() + " " + p.detail()).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
