package dev.nabla.web.problems;

import java.util.Arrays;
import java.util.Optional;

/** Whose rules requests and answers follow, by the first part of their path. */
public enum Api {

    /** The service's own. */
    NABLA("/v1"),

    /** The Open Inference Protocol, version 2. */
    INFERENCE("/v2");

    private final String path;

    Api(String path) {
        this.path = path;
    }

    /** Which one has this path, if any has. */
    public static Optional<Api> of(String path) {
        return Arrays.stream(values()).filter(api -> path.equals(api.path) || path.startsWith(api.path + "/")).findFirst();
    }
}
