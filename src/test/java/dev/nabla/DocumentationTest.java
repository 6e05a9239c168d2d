package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents for people, held to the code. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)");
    private static final Pattern ROOM = Pattern.compile("^    ([a-z]+)  ", Pattern.MULTILINE);

    static List<Path> documents() throws IOException {
        try (Stream<Path> root = Files.list(Path.of("")); Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(root, docs).filter(path -> path.toString().endsWith(".md")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatADocumentLinksToIsThere(Path document) throws IOException {
        assertThat(LINK.matcher(Files.readString(document)).results().map(link -> link.group(1))
                .filter(link -> !link.contains(":")))
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    @Test
    void theTourNamesEveryRoomFromTheTop() throws IOException {
        List<String> rooms = ROOM.matcher(Files.readString(Path.of("docs/architecture.md"))).results()
                .map(room -> room.group(1)).toList();
        assertThat(rooms).isEqualTo(ArchitectureTest.PACKAGES_FROM_THE_TOP);
    }
}
