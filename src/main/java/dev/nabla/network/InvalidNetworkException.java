package dev.nabla.network;

import java.util.List;
import java.util.stream.Collectors;

/** A network definition, or parameters for a network, that cannot be accepted; it lists everything that is wrong. */
public final class InvalidNetworkException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidNetworkException(List<Violation> violations) {
        super(violations.stream().map(v -> v.pointer() + " " + v.detail()).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
