package dev.nabla.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.expression.Work;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

class DocumentReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    enum Colour {
        @JsonProperty("light-red") @JsonAlias("pink") LIGHT_RED,
        @JsonProperty("blue") BLUE
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Circle.class)
    sealed interface Figure {}

    @JsonTypeName("circle")
    record Circle(@Positive double radius, @JsonProperty(defaultValue = "blue") Colour colour) implements Figure {}

    sealed interface Straight extends Figure {}

    @JsonTypeName("square")
    record Square(@Min(1) @Max(9) int side, @JsonProperty(defaultValue = "true") boolean filled) implements Straight {}

    /** No part of documents, as it has no name. */
    record Group(List<Figure> figures) implements Figure {}

    record Count(int count, List<String> names) {

        @JsonForm
        static Count of(int count) {
            return new Count(count, List.of());
        }

        @JsonForm
        static Count of(List<String> names) {
            return new Count(names.size(), names);
        }
    }

    record Unit(double metres) {

        @JsonForm
        static Unit of(String word) {
            return new Unit(word.equals("km") ? 1000 : 1);
        }

        @JsonWords
        static List<String> words() {
            return List.of("m", "km");
        }
    }

    /** What it understands of a text is another one every time. */
    record Saying(List<String> words) {

        @JsonForm
        static Saying of(String text) {
            if (text.equals("unspeakable")) {
                throw new UnsupportedOperationException(text);
            }
            return new Saying(new ArrayList<>(List.of(text.split(" "))));
        }

        @JsonWords(others = "a saying")
        static List<String> known() {
            return List.of("hello");
        }
    }

    record Sayings(List<Saying> all) {}

    sealed interface Size2 {}

    enum Named implements Size2 { @JsonProperty("small") SMALL, @JsonProperty("big") BIG }

    record Measured(@PositiveOrZero double area) implements Size2 {}

    record Drawing(@NotNull @Nullable String title, @Size(min = 1, max = 2) @JsonProperty(defaultValue = "[]") List<Figure> figures,
            @Nullable Count count, @JsonProperty(defaultValue = "m") Unit unit, Optional<UUID> owner,
            @DecimalMin(value = "0", inclusive = false) @DecimalMax(value = "1", inclusive = false) OptionalDouble opacity,
            @JsonProperty(defaultValue = "small") Size2 size, @Nullable Map<String, Figure> named,
            @JsonProperty(defaultValue = "{\"type\": \"square\", \"side\": 3}") Figure frame) implements Checked {

        @Override
        public List<Problem> problems(Set<String> wrong) {
            return Stream.of(count == null && !wrong.contains("count") ? Problem.of("/count", "is missing, for once") : null,
                    "two".equals(title) && figures.size() != 2 ? Problem.of("/figures", "must be two") : null)
                    .filter(problem -> problem != null).toList();
        }
    }

    private static Document<Drawing> read(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return DocumentReader.read(parser, Drawing.class);
        }
    }

    @Test
    void everyKindOfComponentIsRead() {
        UUID owner = UUID.randomUUID();
        assertThat(read("""
                {"title": "t", "figures": [{"radius": 2}, {"filled": false, "side": 9, "type": "square"}], "count": ["a", "b"],
                 "unit": "km", "owner": "%s", "opacity": 0.5, "size": {"area": 0}, "named": {"c": {"type": "circle", "radius": 1,
                 "colour": "pink"}}, "frame": {"radius": 3}}""".formatted(owner)).valid()).isEqualTo(new Drawing("t",
                        List.of(new Circle(2, Colour.BLUE), new Square(9, false)), new Count(2, List.of("a", "b")),
                        new Unit(1000), Optional.of(owner), OptionalDouble.of(0.5), new Measured(0),
                        Map.of("c", new Circle(1, Colour.LIGHT_RED)), new Circle(3, Colour.BLUE)));
    }

    @Test
    void whatIsLeftOutOrNullHasItsDefault() {
        Drawing expected = new Drawing("t", List.of(), new Count(1, List.of()), new Unit(1), Optional.empty(),
                OptionalDouble.empty(), Named.SMALL, null, new Square(3, true));
        assertThat(read("{\"title\": \"t\", \"count\": 1}").valid()).isEqualTo(expected);
        assertThat(read("{\"title\": \"t\", \"count\": 1, \"unit\": null, \"opacity\": null, \"frame\": null}").valid())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"figures\": [{}] | /figures/0/radius is missing",
        "\"figures\": [] | /figures must have between 1 and 2 items, had 0",
        "\"figures\": [{\"side\": 1}] | /figures/0/side is no field of type 'circle', which has type, radius, colour~"
                + "/figures/0/radius is missing",
        "\"figures\": [{\"radius\": 0, \"type\": \"oval\", \"colour\": \"red\", \"x\": 1}] | "
                + "/figures/0/radius must be above 0, was 0.0~/figures/0/type must be one of circle, square, was 'oval'~"
                + "/figures/0/colour must be one of light-red, blue, was 'red'~/figures/0/x is no field of any type",
        "\"figures\": [{\"type\": 3}] | /figures/0/type must be a string",
        "\"figures\": [{\"type\": null, \"radius\": 1}] | /figures/0/type must not be null",
        "\"count\": 1.5 | /count must be a whole number from -2147483648 to 2147483647, was 1.5",
        "\"count\": 1e-400 | /count must be a whole number from -2147483648 to 2147483647, was 1e-400",
        "\"count\": 2147483648.0 | /count must be a whole number from -2147483648 to 2147483647, was 2147483648.0",
        "\"count\": 1e99999999999 | /count must be a whole number from -2147483648 to 2147483647, was 1e99999999999",
        "\"frame\": {\"type\": \"square\", \"side\": 10, \"side\": 1} | /frame/side must be between 1 and 9, was 10~"
                + "/frame/side is given twice",
        "\"count\": true | /count must be an array or a whole number from -2147483648 to 2147483647",
        "\"count\": [1] | /count/0 must be a string",
        "\"unit\": \"mile\" | /unit must be one of m, km, was 'mile'",
        "\"owner\": \"1-1-1-1-1\" | /owner must be an id, which is a UUID",
        "\"opacity\": 1 | /opacity must be above 0 and below 1, was 1.0",
        "\"size\": \"huge\" | /size must be one of small, big, or an object, was 'huge'",
        "\"size\": 3 | /size must be a string or an object",
        "\"size\": {\"area\": -1} | /size/area must be at least 0, was -1.0",
        "\"named\": {\"a\": null} | /named/a must not be null",
        "\"x\": {\"y\": []} | /x is not a field here; known are title, figures, count, unit, owner, opacity, size, named, frame"
    })
    void everythingThatDoesNotFitIsNamedAndTheContentIsStillChecked(String fields, String problems) {
        Document<Drawing> document = read("{\"title\": \"two\", " + fields + "}");
        String content = (problems.contains("/count") ? "" : "~/count is missing, for once")
                + (problems.contains("/figures") ? "" : "~/figures must be two");
        assertThat(catchThrowableOfType(InvalidException.class, document::valid).problems().stream()
                .map(problem -> problem.pointer() + " " + problem.detail()).collect(Collectors.joining("~")))
                .isEqualTo(problems + content);
    }

    record Point(String name, double x, Optional<UUID> owner) {}

    record Plan(List<String> names, double[][] rows, Map<String, Object> rest, List<Point> points, String word, double number,
            Map<String, Point> named) {}

    private static Document<Plan> plan(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return DocumentReader.read(parser, Plan.class);
        }
    }

    @Test
    void whatIsWrongLeavesAHoleAndTheOthersKeepTheirPlaces() {
        Document<Plan> document = plan("""
                {"names": [1, "a", null], "rows": [[1, "x"], 2, [3]], "rest": {"a": [null, 1], "b": null, "c": 2}, "word": 3,
                 "points": [{"name": "p", "x": 1, "y": 1}, 5, {"owner": "x"}], "named": {"p": {"name": "q"}, "r": null}}""");
        Plan plan = document.value().orElseThrow();
        assertThat(plan.names()).containsExactly("", "a", "");
        assertThat(Arrays.deepToString(plan.rows())).isEqualTo("[[1.0, NaN], [], [3.0]]");
        assertThat(plan.rest()).isEqualTo(Map.of("a", List.of(Double.NaN, 1.0), "b", Double.NaN, "c", 2.0));
        Point hole = new Point("", Double.NaN, Optional.empty());
        assertThat(plan.points()).containsExactly(new Point("p", 1, Optional.empty()), hole, hole);
        assertThat(plan.word()).isEmpty();
        assertThat(plan.number()).isNaN();
        assertThat(plan.named()).isEqualTo(Map.of("p", new Point("q", Double.NaN, Optional.empty()), "r", hole));
        assertThat(catchThrowableOfType(InvalidException.class, document::valid).problems().stream().map(Problem::pointer))
                .containsExactly("/names/0", "/names/2", "/rows/0/1", "/rows/1", "/rest/a/0", "/rest/b", "/word", "/points/0/y",
                        "/points/1", "/points/2/owner", "/points/2/name", "/points/2/x", "/named/p/x", "/named/r", "/number");
    }

    @Test
    void whereMoreIsWrongThanIsNamedThereAreNoHoles() {
        Document<Plan> document = plan("{\"rows\": [[" + "null,".repeat(60) + "1, 0]], \"names\": [], \"rest\": {}, "
                + "\"points\": [], \"word\": \"\", \"number\": 1, \"named\": {}}");
        assertThat(document.value()).isEmpty();
        assertThat(catchThrowableOfType(InvalidException.class, document::valid).problems()).hasSize(51)
                .last().isEqualTo(Problem.of("", "and 10 more"));
    }

    /** Each array has its own numbers, however many came before, and of each is told what it takes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 1023, 1024, 1025, 2048, 5000})
    void numbersAreThoseOfTheirArray(int count) {
        double[][] rows = Stream.of(count, count, 3, 0, count)
                .map(size -> IntStream.range(0, size).mapToDouble(i -> i - 0.5 * size).toArray()).toArray(double[][]::new);
        Work.within(Long.MAX_VALUE, () -> {
            try (JsonParser parser = JSON.createParser(JSON.writeValueAsString(rows))) {
                parser.nextToken();
                assertThat(DocumentReader.read(parser, double[][].class).valid()).isDeepEqualTo(rows);
            }
            assertThat(Work.taken().bytes()).isEqualTo(32L * (5 + 3 * count + 3));
        });
    }

    @Test
    void whereVeryMuchIsWrongTheRestIsPassedOver() {
        Document<Plan> document = plan("{\"rows\": [[" + "null,".repeat(1049) + "null, [\"x\", {}]], 1], \"names\": [], \"rest\": {}}");
        assertThat(document.value()).isEmpty();
        assertThat(catchThrowableOfType(InvalidException.class, document::valid).problems()).hasSize(51)
                .last().isEqualTo(Problem.of("", "and 1000 more, or still more"));
    }

    @ParameterizedTest
    @CsvSource({"3", "3.0", "30e-1", "0.3e1"})
    void anIntegerIsOneHoweverItIsWritten(String written) {
        assertThat(read("{\"title\": \"t\", \"count\": " + written + "}").valid().count()).isEqualTo(new Count(3, List.of()));
    }

    record Bounded(@Size(max = 2) String text, @Size(min = 1) double[] @Size(min = 1) [] rows, @Size(max = 2) List<@Size(max = 1) String> words) {}

    @Test
    void boundsAreOfCharactersAndOfPartsToo() {
        String fields = "{\"text\": \"😀😀\", \"rows\": [[1]], \"words\": [\"é\", \"😀\"]}";
        assertThat(problems(fields)).isEmpty();
        assertThat(problems(fields.replace("😀😀", "😀😀é").replace("[[1]]", "[[1], []]").replace("\"é\"", "\"éé\"")))
                .containsExactly(Problem.of("/text", "must have at most 2 characters, had 3"),
                        Problem.of("/rows/1", "must have at least 1 item, had 0"),
                        Problem.of("/words/0", "must have at most 1 character, had 2"));
        assertThat(problems(fields.replace("[[1]]", "[]"))).containsExactly(
                Problem.of("/rows", "must have at least 1 item, had 0"));
    }

    private static List<Problem> problems(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            DocumentReader.read(parser, Bounded.class).valid();
            return List.of();
        } catch (InvalidException e) {
            return e.problems();
        }
    }

    @Test
    void whatIsMadeOfAPartIsCheckedTogetherWithTheOthers() {
        Document<Drawing> document = read("{\"count\": 1, \"unit\": \"mile\"}");
        assertThat(document.isSound("/unit")).isFalse();
        assertThat(document.isSound("/count")).isTrue();
        assertThatThrownBy(() -> document.checked((drawing, problems) -> {
            assertThat(drawing.title()).isNull();
            problems.add(Problem.of("/count", "is odd"));
            problems.add(Problem.of("/unit/of", "is a consequence"));
            return drawing;
        })).hasMessage("/unit must be one of m, km, was 'mile'; /title is missing; /count is odd");
        assertThatThrownBy(() -> document.checked((_, _) -> {
            throw new IllegalArgumentException("there is no such thing");
        })).hasMessage("/unit must be one of m, km, was 'mile'; /title is missing");
        assertThatThrownBy(() -> read("{\"title\": \"t\", \"count\": 1}").checked((_, _) -> {
            throw new IllegalArgumentException("there is no such thing");
        })).hasMessage("there is no such thing");
        assertThatThrownBy(() -> read("[]").valid()).hasMessage(" must be an object");
    }

    @Test
    void ofATrustedDocumentOnlyTheFormIsLookedAt() {
        assertThat(DocumentReader.trusted("{\"type\": \"square\", \"side\": 1000}", Figure.class)).isEqualTo(new Square(1000, true));
        assertThat(DocumentReader.trusted("{\"title\": \"two\"}", Drawing.class).figures()).isEmpty();
        assertThatThrownBy(() -> DocumentReader.trusted("{\"type\": \"oval\"}", Figure.class))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("must be one of circle, square, was 'oval'");
    }

    @Test
    void aTextIsUnderstoodOnceForAllPlacesThatHaveIt() {
        List<Saying> all = sayings("{\"all\": [\"so it is\", \"no\", \"so it is\"]}").all();
        assertThat(all.get(0).words()).containsExactly("so", "it", "is").isSameAs(all.get(2).words());
        assertThat(all.get(1).words()).containsExactly("no");
        assertThat(sayings("{\"all\": [\"so it is\"]}").all().getFirst().words()).isNotSameAs(all.get(0).words());
    }

    @Test
    void whatIsThrownByWhatUnderstandsATextIsThrownAsItIs() {
        assertThatThrownBy(() -> sayings("{\"all\": [\"unspeakable\"]}"))
                .isExactlyInstanceOf(UnsupportedOperationException.class).hasMessage("unspeakable");
    }

    private static Sayings sayings(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return DocumentReader.read(parser, Sayings.class).valid();
        }
    }

    @Test
    void boundsAreThoseOfAllRecordsWithin() {
        assertThat(Bounds.problems(new Group(List.of(new Square(3, true), new Square(0, true), new Circle(Double.NaN,
                Colour.BLUE))), "/group")).containsExactly(
                        Problem.of("/group/figures/1/side", "must be between 1 and 9, was 0"),
                        Problem.of("/group/figures/2/radius", "must be above 0, was NaN"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{} | old",
        "{\"name\": null} | none",
        "{\"name\": \"new\"} | new"
    })
    void aPatchTellsWhatIsLeftOutFromWhatIsToGo(String json, String after) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            LabelPatch patch = DocumentReader.read(parser, LabelPatch.class).valid();
            assertThat(patch.name().of(Optional.of("old")).orElse("none")).isEqualTo(after);
            assertThat(patch.of(new Labels(Optional.of("old"), List.of("a"))).tags()).containsExactly("a");
        }
    }
}
