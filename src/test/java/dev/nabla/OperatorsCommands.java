package dev.nabla;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The commands of docs/operations.md, which ask a service that was started in a way of its own. */
public final class OperatorsCommands {

    /** Who runs the commands with these words as they stand, or why nobody does. */
    public static final Map<String, String> RUN_BY = Map.of(
            "jarmode=tools", "nobody: it takes the jar, which is made behind the tests",
            "otlp.endpoint", "ObservedServiceTest, but for the jar and the collector's address",
            "/actuator/backup", "BackupTest");

    private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    private OperatorsCommands() {}

    public static List<String> all() {
        try {
            return BLOCK.matcher(Files.readString(Path.of("docs/operations.md"))).results().map(block -> block.group(1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one with some words. */
    static String with(String words) {
        return all().stream().filter(command -> command.contains(words)).findFirst().orElseThrow();
    }
}
