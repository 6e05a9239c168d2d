package dev.nabla.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.JsonForm;
import dev.nabla.documents.JsonWords;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShapeSchemasTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Everything(
            UUID key, Instant at, String name, @Nullable String label, Optional<String> note, OptionalInt count,
            @JsonProperty(defaultValue = "0.5") double part, @JsonProperty("in") int renamed, long large, boolean flag,
            double[][] rows, double @Nullable [] @Nullable [] holes, List<@Nullable String> words, Map<String, Integer> counts,
            Object any, @NotNull @Nullable String needed,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String seldom, Tide tide, @Nullable Tide otherTide,
            Page<Tide> page) {}

    record Page<T>(List<T> items) {}

    enum Tide implements Either {
        @JsonProperty("half-ebb") EBB,
        @JsonProperty("flood") FLOOD {
            @Override
            public String toString() {
                return "in";
            }
        }
    }

    record Bounded(
            @Min(1) @Max(4096) int units, @Positive double rate, @PositiveOrZero double delta,
            @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double beta, @Size(min = 1, max = 3) String text,
            @Size(min = 1, max = 2) List<@Min(0) Integer> numbers, @Size(min = 2) double[] array,
            @Size(max = 1) Map<String, String> map, @Positive OptionalInt maybe) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = Circle.class)
    sealed interface Figure permits Round, Square, Nothing {}

    sealed interface Round extends Figure permits Circle, Oval {}

    @JsonTypeName("circle")
    record Circle(double radius) implements Round {}

    @JsonTypeName("oval")
    record Oval(double width, double height) implements Round {}

    @JsonTypeName("square")
    record Square(double side, List<Figure> inside) implements Figure {}

    record Nothing() implements Figure {}

    record Named(List<String> names) {

        @JsonForm
        static Named of(List<String> names) {
            return new Named(names);
        }

        @JsonForm
        static Named of(int count) {
            return new Named(List.of(String.valueOf(count)));
        }
    }

    record Colour(String name) {

        @JsonForm
        static Colour of(String name) {
            return new Colour(name);
        }

        @JsonWords
        static List<String> names() {
            return List.of("red", "green");
        }
    }

    sealed interface Either permits Tide, Terms {}

    record Terms(List<Double> terms) implements Either {}

    record Choices(Named named, @Nullable Named maybe, Colour colour, @JsonProperty(defaultValue = "red") Colour other,
            Map<String, Colour> byName) {}

    private static JsonNode schema(Class<?> type) {
        var components = new LinkedHashMap<String, Schema<?>>();
        new ShapeSchemas(components, new HashMap<>()).of(type, List.of());
        var parts = new Components();
        components.forEach(parts::addSchemas);
        return JSON.readTree(Json31.pretty(new OpenAPI().openapi("3.1.0").components(parts)));
    }

    private static JsonNode property(JsonNode document, String record, String name) {
        return document.at("/components/schemas/" + record + "/properties/" + name);
    }

    private static List<String> errors(Class<?> type, String json) {
        JsonNode document = schema(type);
        return new PublishedSchemas(document).errors(JSON.readTree(
                "{\"$ref\": \"#/components/schemas/" + type.getSimpleName() + "\"}"), JSON.readTree(json.replace('\'', '"')));
    }

    @Test
    void aComponentIsRequiredUnlessItIsNullableOptionalHasADefaultOrIsLeftOutInsteadOfNull() {
        JsonNode record = schema(Everything.class).at("/components/schemas/Everything");
        assertThat(record.get("required")).extracting(JsonNode::asString).containsExactlyInAnyOrder("key", "at", "name", "in",
                "large", "flag", "rows", "words", "counts", "any", "needed", "tide", "page");
        assertThat(record.get("properties").propertyNames()).contains("in", "seldom").doesNotContain("renamed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            key       | {"type":"string","format":"uuid"}
            at        | {"type":"string","format":"date-time"}
            label     | {"type":["string","null"]}
            note      | {"type":["string","null"]}
            count     | {"type":["integer","null"],"format":"int32"}
            part      | {"type":["number","null"],"format":"double","default":0.5}
            large     | {"type":"integer","format":"int64"}
            flag      | {"type":"boolean"}
            rows      | {"type":"array","items":{"type":"array","items":{"type":"number","format":"double"}}}
            holes     | {"type":["array","null"],"items":{"type":["array","null"],"items":{"type":"number","format":"double"}}}
            words     | {"type":"array","items":{"type":["string","null"]}}
            counts    | {"type":"object","additionalProperties":{"type":"integer","format":"int32"}}
            any       | {}
            needed    | {"type":"string"}
            seldom    | {"type":["string","null"]}
            tide      | {"$ref":"#/components/schemas/Tide"}
            otherTide | {"oneOf":[{"$ref":"#/components/schemas/Tide"},{"type":"null"}]}
            page      | {"$ref":"#/components/schemas/PageTide"}
            """)
    void aTypeIsSaidWithItsFormatAndWhetherItMayBeNull(String name, String expected) {
        assertThat(property(schema(Everything.class), "Everything", name)).isEqualTo(JSON.readTree(expected));
    }

    @Test
    void anEnumIsItsWords() {
        assertThat(schema(Everything.class).at("/components/schemas/Tide"))
                .isEqualTo(JSON.readTree("{\"type\":\"string\",\"enum\":[\"half-ebb\",\"flood\"]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            units   | {"type":"integer","format":"int32","minimum":1,"maximum":4096}
            rate    | {"type":"number","format":"double","exclusiveMinimum":0}
            delta   | {"type":"number","format":"double","minimum":0}
            beta    | {"type":"number","format":"double","minimum":0,"exclusiveMaximum":1}
            text    | {"type":"string","minLength":1,"maxLength":3}
            numbers | {"type":"array","minItems":1,"maxItems":2,"items":{"type":"integer","format":"int32","minimum":0}}
            array   | {"type":"array","minItems":2,"items":{"type":"number","format":"double"}}
            map     | {"type":"object","maxProperties":1,"additionalProperties":{"type":"string"}}
            maybe   | {"type":["integer","null"],"format":"int32","exclusiveMinimum":0}
            """)
    void constraintsAreBounds(String name, String expected) {
        assertThat(property(schema(Bounded.class), "Bounded", name)).isEqualTo(JSON.readTree(expected));
    }

    @Test
    void aSealedInterfaceIsOneOfItsRecordsToldByItsField() {
        JsonNode figure = schema(Figure.class).at("/components/schemas/Figure");
        assertThat(figure.get("discriminator")).isEqualTo(JSON.readTree("""
                {"propertyName": "kind", "mapping": {"circle": "#/components/schemas/Circle",
                 "oval": "#/components/schemas/Oval", "square": "#/components/schemas/Square"}}"""));
        assertThat(figure.get("oneOf")).hasSize(3);
        assertThat(errors(Figure.class, "{'kind': 'square', 'side': 1, 'inside': [{'radius': 1}]}")).isEmpty();
        assertThat(errors(Figure.class, "{'kind': 'oval', 'width': 1, 'height': 2}")).isEmpty();
        assertThat(errors(Figure.class, "{'kind': 'oval', 'radius': 1}")).isNotEmpty();
        assertThat(errors(Figure.class, "{'kind': 'line', 'radius': 1}")).isNotEmpty();
        assertThat(errors(Figure.class, "{'width': 1, 'height': 2}")).isNotEmpty();
    }

    @Test
    void formsAreToldByTheJsonTypeOfTheValue() {
        String valid = "{'named': 2, 'colour': 'red', 'byName': {'a': 'green'}}";
        assertThat(errors(Choices.class, valid)).isEmpty();
        assertThat(errors(Choices.class, valid.replace("2", "['x', 'y'], 'maybe': null"))).isEmpty();
        assertThat(errors(Choices.class, valid.replace("2", "[1]"))).isNotEmpty();
        assertThat(errors(Choices.class, valid.replace("2", "'x'"))).isNotEmpty();
        assertThat(errors(Choices.class, valid.replace("2", "null"))).isNotEmpty();
        assertThat(errors(Choices.class, valid.replace("green", "blue"))).isNotEmpty();
        assertThat(schema(Choices.class).at("/components/schemas").propertyNames()).containsExactlyInAnyOrder("Choices",
                "Colour");
    }

    @Test
    void aSealedInterfaceWithoutAFieldIsOneOfItsForms() {
        assertThat(errors(Either.class, "'flood'")).isEmpty();
        assertThat(errors(Either.class, "{'terms': [1]}")).isEmpty();
        assertThat(errors(Either.class, "'terms'")).isNotEmpty();
    }

    @Test
    void twoShapesOfTheSameNameAreRefused() {
        var owners = new HashMap<String, Class<?>>(Map.of("Tide", String.class));
        assertThatThrownBy(() -> new ShapeSchemas(new LinkedHashMap<>(), owners).of(Tide.class, List.of()))
                .hasMessageContaining("same name");
    }
}
