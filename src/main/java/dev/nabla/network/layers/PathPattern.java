package dev.nabla.network.layers;

import java.util.regex.Pattern;

/** The paths of some parameters: one path, or one in which {@code *} stands for any characters. */
public final class PathPattern {

    private final Pattern pattern;

    private PathPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    public static PathPattern of(String text) {
        return new PathPattern(Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q")));
    }

    public boolean matches(String path) {
        return pattern.matcher(path).matches();
    }
}
