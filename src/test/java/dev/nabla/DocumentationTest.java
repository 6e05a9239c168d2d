package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.ImmutableGraph;
import com.google.common.graph.MutableGraph;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.nabla.losses.Loss;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.layers.Layer;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.OptimizerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents for people, held to the code. */
public class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("(?:]\\(|<img src=\")([^)#\"]*)(?:#([^)\"]+))?[)\"]");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern EXAMPLE = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern ROOM = Pattern.compile("^    ([a-z]+)  ", Pattern.MULTILINE);
    private static final Pattern ARROWS = Pattern.compile("^The arrows, [^:]*: ([^.]*)\\.", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    public static List<Path> documents() throws IOException {
        try (Stream<Path> root = Files.list(Path.of("")); Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(root, docs).filter(path -> path.toString().endsWith(".md")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatADocumentLinksToIsThere(Path document) throws IOException {
        assertThat(LINK.matcher(withoutExamples(document)).results().filter(link -> !link.group(1).contains(":")))
                .allSatisfy(link -> {
                    Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
                    assertThat(target).exists();
                    if (link.group(2) != null) {
                        assertThat(anchors(target)).as(target.toString()).contains(link.group(2));
                    }
                });
    }

    /** What a link can name in a document, as GitHub makes it of a heading. */
    private static List<String> anchors(Path document) throws IOException {
        return HEADING.matcher(withoutExamples(document)).results().map(heading -> heading.group(1).toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')).toList();
    }

    private static String withoutExamples(Path document) throws IOException {
        return EXAMPLE.matcher(Files.readString(document)).replaceAll("");
    }

    @Test
    void theIndexLeadsToEveryDocument() throws IOException {
        Path index = Path.of("docs", "README.md");
        List<Path> named = LINK.matcher(Files.readString(index)).results().map(link -> index.resolveSibling(link.group(1)).normalize())
                .toList();
        assertThat(documents().stream().filter(document -> !document.equals(index)).toList()).allMatch(named::contains);
    }

    @Test
    void theTourNamesEveryRoomFromTheTop() throws IOException {
        List<String> rooms = ROOM.matcher(Files.readString(Path.of("docs/architecture.md"))).results()
                .map(room -> room.group(1)).toList();
        assertThat(rooms).isEqualTo(ArchitectureTest.PACKAGES_FROM_THE_TOP);
    }

    @Test
    void theTourDrawsTheArrowsThatThereAre() throws IOException {
        Matcher sentence = ARROWS.matcher(Files.readString(Path.of("docs/architecture.md")));
        assertThat(sentence.find()).isTrue();
        MutableGraph<String> drawn = GraphBuilder.directed().build();
        for (String chain : sentence.group(1).split(";")) {
            String[] rooms = chain.split("→");
            for (int i = 1; i < rooms.length; i++) {
                List<String> to = names(rooms[i]);
                names(rooms[i - 1]).forEach(from -> to.forEach(room -> drawn.putEdge(from, room)));
            }
        }
        assertThat(drawn.edges()).isEqualTo(withoutWhatFollows(imports()).edges());
    }

    /** Which room imports which. */
    private static MutableGraph<String> imports() {
        MutableGraph<String> imports = GraphBuilder.directed().build();
        new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackagesOf(NablaApplication.class).stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .forEach(dependency -> {
                    String from = room(dependency.getOriginClass().getPackageName());
                    String to = room(dependency.getTargetClass().getPackageName());
                    if (!from.equals(to) && !from.isEmpty() && !to.isEmpty()) {
                        imports.putEdge(from, to);
                    }
                });
        return imports;
    }

    /** Empty for what is in no room. */
    private static String room(String packageName) {
        return packageName.startsWith("dev.nabla.") ? packageName.split("\\.")[2] : "";
    }

    /** Without the edges between nodes that a longer way connects as well. */
    private static MutableGraph<String> withoutWhatFollows(MutableGraph<String> graph) {
        ImmutableGraph.copyOf(graph).edges().forEach(edge -> {
            graph.removeEdge(edge);
            if (!Graphs.reachableNodes(graph, edge.nodeU()).contains(edge.nodeV())) {
                graph.putEdge(edge);
            }
        });
        return graph;
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                arguments("`optimizer.type` is (.*?)\\.", types(OptimizerSettings.class)),
                arguments("`optimizer.schedule.type` is (.*?);", types(LearningRateSchedule.class)),
                arguments("A layer's `type` is (.*?)\\.", types(Layer.class)),
                arguments("the loss whose gradient is used: (.*?)\\.", Arrays.stream(Loss.values()).map(Loss::text)),
                arguments("\\| `type` \\| other fields (.*?)\n\n", types(Architecture.class)));
    }

    private static Stream<String> types(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(DocumentationTest::types)
                : Stream.ofNullable(type.getAnnotation(JsonTypeName.class)).map(JsonTypeName::value);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void theReadmeListsWhatThereIs(String place, Stream<String> words) throws IOException {
        Matcher list = Pattern.compile(place, Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertThat(list.find()).isTrue();
        String text = list.group(1);
        // Of a table the first column.
        String names = text.contains("\n|") ? Pattern.compile("^\\| `[^`]+`", Pattern.MULTILINE).matcher(text).results()
                .map(MatchResult::group).reduce("", String::concat) : text;
        assertThat(names(names)).containsExactlyInAnyOrderElementsOf(words.toList());
    }

    private static List<String> names(String text) {
        return NAME.matcher(text).results().map(name -> name.group(1)).toList();
    }
}
