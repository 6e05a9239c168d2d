package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Change;
import dev.nabla.documents.Document;
import dev.nabla.documents.DocumentReader;
import dev.nabla.documents.JsonKind;
import dev.nabla.documents.RecordShape;
import dev.nabla.documents.TypeUse;
import dev.nabla.documents.TypedChoice;
import dev.nabla.documents.ValueForm;
import dev.nabla.documents.Words;
import dev.nabla.documents.Written;
import dev.nabla.network.architectures.Scaling;
import dev.nabla.storage.ModelReference;
import dev.nabla.web.openapi.PublishedSchemas;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.ResolvableType;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the published schemas say of requests is what reading them does: for every field of every record that is part of a
 * request the schema, seen by a validator that is not ours, and the reader have the same opinion of many values, among them
 * those at, below and above every bound that the schema states and that the record states.
 */
class SchemasAndReadersTest extends HttpTest {

    private static final int MOST_ITEMS = 5_000;
    private static final List<String> KEYWORDS_OF_BOUNDS = List.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum",
            "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");

    /** A record has an example made of its required fields; these have others, with which what they say of several fields fits. */
    private static final Map<String, List<String>> EXAMPLES = Map.of(
            "NetworkRequest", List.of("{'inputs': 1, 'layers': [{'units': 1}]}",
                    "{'inputs': 2, 'architecture': {'type': 'resnet', 'blocks': 1}}"),
            "Part", List.of("{'inputs': 1, 'layers': [{'units': 1}]}",
                    "{'inputs': 2, 'architecture': {'type': 'resnet', 'blocks': 1}}"),
            "EquationModel", List.of("{'type': 'equations', 'outputs': {'u': '1'}}", "{'type': 'equations', 'outputs': ['1']}"),
            "DatasetRequest", List.of("{'inputs': [[1]]}", "{'grid': {'x': {'from': 0, 'to': 1, 'step': 1}}}"),
            "SweepRange", List.of("{'from': -3e9, 'to': 2}"),
            "EnsembleRequest", List.of("{'modelIds': ['13f9547e-7295-4a9a-8c5e-022531cb4d83', '13f9547e-7295-4a9a-8c5e-022531cb4d84']}"),
            "InferenceRequestInputTensor", List.of("{'name': 'x', 'shape': [1], 'datatype': 'FP64', 'data': [1]}",
                    "{'name': 'x', 'shape': [1], 'datatype': 'FP64', 'parameters': {'binary_data_size': 8}}"),
            "ExpressionRequest", List.of("{'equations': ['z'], 'modelId': 'x', 'loss': 'mse'}"),
            "ExportRequest", List.of("{'equations': ['z'], 'modelId': 'x', 'format': 'c'}",
                    "{'equations': ['z'], 'modelId': 'x', 'format': 'latex'}"),
            "TrajectoryRequest", List.of("{'starts': [[1]], 'method': 'map', 'steps': 10000000}",
                    "{'starts': [[1]], 'method': 'dormand-prince', 'step': 1, 'steps': 10000000}"));

    /**
     * Fields of which more is said than can be said in a schema: how many outputs there are, what equations are right,
     * arrays of any depth, what may be there once, and words that files use themselves.
     */
    private static final Set<String> SAID_BY_OTHERS = Set.of("NetworkRequest.outputs", "Part.outputs", "EquationModel.outputs",
            "EquationModel.field", "EquationModel.energy", "EquationModel.parts", "Coefficient.initial",
            "EvaluationRequest.parameters", "ImportRequest.parameters", "ImportRequest.graph",
            "ExportRequest.name", "TrainingRequest.initialParameters",
            "TrainingRequest.metrics", "NetworkRequest.normalization", "SweepRequest.values", "InferenceRequest.parameters",
            "InferenceRequestInputTensor.parameters", "InferenceRequestInputTensor.data", "InferenceRequestRequestedOutput.parameters");

    @Autowired @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private final Map<String, Class<?>> shapes = new LinkedHashMap<>();

    private List<Class<?>> requests() {
        return mappings.getHandlerMethods().values().stream().flatMap(method -> Arrays.stream(method.getMethodParameters()))
                .filter(parameter -> parameter.getParameterType() == Document.class)
                .<Class<?>>map(parameter -> ResolvableType.forMethodParameter(parameter).getGeneric().toClass())
                .distinct().toList();
    }

    private void addShapes(TypeUse use) {
        use.parts().forEach(this::addShapes);
        if (!(use.type() instanceof Class<?> type) || !type.getName().startsWith("dev.nabla.") || type.isArray()) {
            return;
        }
        List<ValueForm> forms = ValueForm.stated(type);
        forms.forEach(form -> addShapes(form.use()));
        if (forms.stream().anyMatch(form -> form.kind() == JsonKind.ARRAY || !form.others().isEmpty())
                || shapes.putIfAbsent(PublishedSchemas.name(type), type) != null || !forms.isEmpty() || type.isEnum()) {
            return;
        }
        if (type.isRecord()) {
            RecordShape.of(type).components().forEach(component -> addShapes(component.use()));
        } else {
            cases(type).forEach(part -> addShapes(TypeUse.of(part)));
        }
    }

    private static List<Class<?>> cases(Class<?> choice) {
        return TypedChoice.of(choice).<List<Class<?>>>map(typed -> typed.words().stream().<Class<?>>map(word ->
                typed.named(word).orElseThrow()).toList()).orElseGet(() -> List.of(choice.getPermittedSubclasses()));
    }

    @Test
    void everySchemaOfARequestIsThatOfAShapeThatIsRead() {
        requests().forEach(request -> addShapes(TypeUse.of(request)));
        JsonNode document = get("/v3/api-docs").json();
        Set<String> published = new TreeSet<>();
        document.get("paths").forEach(path -> path.forEach(operation ->
                addReferences(operation.path("requestBody"), document, published)));
        // A map or a word is told by its JSON type, where it is used.
        shapes.values().removeIf(type -> type == Scaling.class || type == ModelReference.class);
        assertThat(shapes.keySet()).containsExactlyInAnyOrderElementsOf(published);
        shapes.forEach((name, type) -> {
            JsonNode schema = document.at("/components/schemas/" + name);
            if (type.isEnum()) {
                assertThat(schema.get("enum")).as(name).extracting(JsonNode::asString)
                        .containsExactlyElementsOf(Words.ofEnum(type).words());
            } else if (type.isRecord() && ValueForm.stated(type).isEmpty()) {
                assertThat(schema.get("additionalProperties").asBoolean()).as(name).isFalse();
                assertThat(schema.get("properties").propertyNames()).as(name).containsExactlyInAnyOrderElementsOf(
                        Stream.concat(TypedChoice.with(type).map(TypedChoice::property).stream(),
                                RecordShape.of(type).byName().keySet().stream()).toList());
            }
        });
    }

    /** Whether it takes strings of which only their reader can say whether they are right, such as equations. */
    private static boolean takesOthers(TypeUse use) {
        return use.type() instanceof Class<?> type
                && ValueForm.stated(type).stream().anyMatch(form -> !form.others().isEmpty());
    }

    private static void addReferences(JsonNode schema, JsonNode document, Set<String> names) {
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty() && names.add(reference.replaceFirst(".*/", ""))) {
            addReferences(document.at(reference.substring(1)), document, names);
        }
        schema.forEach(part -> addReferences(part, document, names));
    }

    @Test
    void ofEveryFieldSchemaAndReaderThinkTheSame() {
        requests().forEach(request -> addShapes(TypeUse.of(request)));
        JsonNode document = get("/v3/api-docs").json();
        var schemas = new PublishedSchemas(document);
        var disagreements = new ArrayList<String>();
        int[] values = {0};
        shapes.forEach((name, type) -> {
            if (!type.isRecord() || !ValueForm.stated(type).isEmpty()) {
                return;
            }
            List<ObjectNode> examples = examples(type);
            JsonNode schema = document.at("/components/schemas/" + name);
            RecordComponent[] components = type.getRecordComponents();
            List<RecordShape.Component> fields = List.copyOf(RecordShape.of(type).components());
            for (int i = 0; i < components.length; i++) {
                RecordShape.Component field = fields.get(i);
                JsonNode property = schema.get("properties").get(field.name());
                boolean isRequired = schema.path("required").valueStream().anyMatch(item -> item.asString().equals(field.name()));
                String place = name + "." + field.name();
                if (isRequired == mayBeLeftOut(components[i])) {
                    disagreements.add(place + " required: " + isRequired + ", against its annotations");
                }
                if (isRequired == examples.stream().anyMatch(example -> fits(type, without(example, field.name()), field.name()))) {
                    disagreements.add(place + " left out, required: " + isRequired);
                }
                for (JsonNode value : beyond(components[i], field.use())) {
                    if (examples.stream().anyMatch(example -> fits(type, with(example, field.name(), value), field.name()))) {
                        disagreements.add(place + " is read beyond what its annotations say");
                    }
                }
                for (JsonNode value : values(components[i], field.use(), property)) {
                    values[0]++;
                    boolean isValid = schemas.errors(property, value).isEmpty() && isOfFormat(property, value);
                    boolean isRead = examples.stream().anyMatch(example -> fits(type, with(example, field.name(), value),
                            field.name()));
                    if (isValid != isRead && !(isValid && (SAID_BY_OTHERS.contains(place) || takesOthers(field.use())))) {
                        String text = value.toString();
                        disagreements.add(place + " " + text.substring(0, Math.min(80, text.length())) + " of " + text.length()
                                + ", valid: " + isValid);
                    }
                }
            }
        });
        assertThat(String.join("\n", disagreements)).as("of %s values", values[0]).isEmpty();
        assertThat(values[0]).isGreaterThan(5_000);
    }

    private static ObjectNode with(ObjectNode example, String name, JsonNode value) {
        ObjectNode copy = example.deepCopy();
        copy.set(name, value);
        return copy;
    }

    private static ObjectNode without(ObjectNode example, String name) {
        ObjectNode copy = example.deepCopy();
        copy.remove(name);
        return copy;
    }

    /** Whether nothing is wrong at a field, whatever is with others. */
    private static boolean fits(Class<?> type, ObjectNode value, String field) {
        try (JsonParser parser = JSON.createParser(value.toString())) {
            parser.nextToken();
            return DocumentReader.read(parser, type).isSound("/" + field);
        }
    }

    /** The validator has no opinion of these formats. */
    private static boolean isOfFormat(JsonNode schema, JsonNode value) {
        long most = switch (schema.path("format").asString("")) {
            case "int32" -> Integer.MAX_VALUE;
            case "int64" -> Long.MAX_VALUE;
            default -> -1;
        };
        return most < 0 || !value.isNumber() || value.decimalValue().abs().compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static List<ObjectNode> examples(Class<?> type) {
        List<String> given = EXAMPLES.get(PublishedSchemas.name(type));
        return given == null ? List.of(example(type)) : given.stream()
                .map(text -> (ObjectNode) JSON.readTree(text.replace('\'', '"'))).toList();
    }

    private static ObjectNode example(Class<?> type) {
        ObjectNode example = JSON.createObjectNode();
        TypedChoice.with(type).ifPresent(choice -> example.put(choice.property(), choice.word(type)));
        RecordShape.of(type).components().stream().filter(RecordShape.Component::isRequired)
                .forEach(component -> example.set(component.name(), sample(component.use(), 0)));
        return example;
    }

    /** A value that fits, another for every number where that matters. */
    private static JsonNode sample(TypeUse use, int number) {
        if (use.type() instanceof ParameterizedType generic
                && generic.getRawType() == Written.class) {
            return sample(use.parts().getFirst(), number);
        }
        if (!(use.type() instanceof Class<?> type)) {
            JsonNode part = sample(use.parts().getLast(), 0);
            return use.parts().size() == 1 ? array(1, _ -> part) : JSON.createObjectNode().set("x" + number, part);
        }
        if (type.isArray()) {
            return array(1, _ -> sample(use.parts().getFirst(), 0));
        }
        List<ValueForm> forms = ValueForm.stated(type);
        Object plain = type == String.class ? "t" + number : type == UUID.class ? UUID.randomUUID().toString()
                : type == boolean.class || type == Boolean.class ? true : type == Object.class ? List.of(1)
                : type.isPrimitive() || Number.class.isAssignableFrom(type) ? 1
                : type.isEnum() ? Words.ofEnum(type).words().getFirst()
                : !forms.isEmpty() && !forms.getFirst().words().isEmpty() ? forms.getFirst().words().getFirst() : null;
        return plain != null ? JSON.valueToTree(plain) : !forms.isEmpty() ? sample(forms.getFirst().use(), 0)
                : type.isRecord() ? examples(type).getFirst()
                : sample(TypeUse.of(cases(type).getFirst()), 0);
    }

    private static ArrayNode array(int size, IntFunction<JsonNode> item) {
        ArrayNode array = JSON.createArrayNode();
        IntStream.range(0, size).mapToObj(item).forEach(array::add);
        return array;
    }

    private static Set<JsonNode> values(RecordComponent component, TypeUse use, JsonNode schema) {
        Set<BigDecimal> bounds = new LinkedHashSet<>();
        Stream.of(0, 1, 2, 64, 200, 1000, 10_000_000).map(BigDecimal::valueOf).forEach(bounds::add);
        addBounds(schema, bounds);
        addBounds(component, bounds);
        Set<JsonNode> values = new LinkedHashSet<>();
        for (String json : new String[] {"null", "true", "\"\"", "\"a,b\"", "\"a\\u0001b\"", "\"a\\u007fb\"", "\"a\\nb\"", "\"nonsense\"",
            "[]", "[[]]", "[[], [1]]", "[null]", "[true]", "[[null]]", "{\"x\": null}", "{\"x\": true}", "0.5", "1.0", "1.5", "1e3", "-1",
            "2147483648", "-2147483648.0", "12345678901234567890", "{\"nonsense\": {}}"}) {
            values.add(JSON.readTree(json));
        }
        for (BigDecimal bound : bounds) {
            BigDecimal little = bound.signum() == 0 ? new BigDecimal("1e-300") : bound.abs().scaleByPowerOfTen(-9);
            Stream.of(bound, bound.add(BigDecimal.ONE), bound.subtract(BigDecimal.ONE), bound.add(little), bound.subtract(little))
                    .map(JSON.getNodeFactory()::numberNode).forEach(values::add);
            if (bound.compareTo(BigDecimal.valueOf(MOST_ITEMS)) < 0 && bound.signum() >= 0) {
                IntStream.rangeClosed(bound.intValue() - 1, bound.intValue() + 1).filter(size -> size >= 0)
                        .forEach(size -> addOfSize(size, use, values));
            }
        }
        addWords(schema, values);
        values.add(sample(use, 0));
        return values;
    }

    private static void addOfSize(int size, TypeUse use, Set<JsonNode> values) {
        for (String character : new String[] {"a", "😀"}) {
            values.add(JSON.getNodeFactory().stringNode(character.repeat(size)));
            values.add(array(1, _ -> JSON.getNodeFactory().stringNode(character.repeat(size))));
        }
        List<TypeUse> arrays = use.type() instanceof Class<?> type ? ValueForm.stated(type).stream().map(ValueForm::use).toList()
                : List.of();
        Stream.concat(Stream.of(use), arrays.stream()).filter(of -> !of.parts().isEmpty()).forEach(of -> {
            if (of.parts().size() == 1) {
                values.add(array(size, i -> sample(of.parts().getFirst(), i)));
            } else {
                ObjectNode object = JSON.createObjectNode();
                IntStream.range(0, size).forEach(i -> object.set("x" + i, sample(of.parts().getLast(), i)));
                values.add(object);
            }
        });
    }

    private static void addBounds(JsonNode schema, Set<BigDecimal> bounds) {
        KEYWORDS_OF_BOUNDS.stream().map(schema::path).filter(JsonNode::isNumber).map(JsonNode::decimalValue).forEach(bounds::add);
        schema.forEach(part -> addBounds(part, bounds));
    }

    private static void addWords(JsonNode schema, Set<JsonNode> words) {
        schema.path("enum").forEach(words::add);
        schema.forEach(part -> addWords(part, words));
    }

    private static void addBounds(RecordComponent component, Set<BigDecimal> bounds) {
        addBounds(field(component), bounds);
        addBounds(component.getAnnotatedType(), bounds);
    }

    /** What the constraints of a field do not allow: so that both sides may not forget the same. */
    private static List<JsonNode> beyond(RecordComponent component, TypeUse use) {
        return constraints(field(component)).flatMap(constraint -> switch (constraint) {
            case Min min -> Stream.of(number(BigDecimal.valueOf(min.value() - 1)));
            case DecimalMin min -> Stream.of(number(new BigDecimal(min.value()).subtract(BigDecimal.ONE)));
            case Positive _ -> Stream.of(number(BigDecimal.ZERO));
            case PositiveOrZero _ -> Stream.of(number(BigDecimal.ONE.negate()));
            case Max max -> Stream.of(number(BigDecimal.valueOf(max.value() + 1)));
            case DecimalMax max -> Stream.of(number(new BigDecimal(max.value()).add(BigDecimal.ONE)));
            case Size size -> Stream.of(size.min() - 1, size.max() == Integer.MAX_VALUE ? -1 : size.max() + 1)
                    .filter(length -> length >= 0).flatMap(length -> {
                        var values = new LinkedHashSet<JsonNode>();
                        addOfSize(length, use, values);
                        return values.stream();
                    }).filter(value -> value.isString() == (use.type() == String.class) && !isOfOneText(value));
            case Pattern _ -> Stream.<JsonNode>of(JSON.getNodeFactory().stringNode("\u0001"));
            default -> throw new AssertionError(constraint);
        }).toList();
    }

    private static boolean isOfOneText(JsonNode value) {
        return value.isArray() && value.size() == 1 && value.get(0).isString();
    }

    private static boolean mayBeLeftOut(RecordComponent component) {
        JsonProperty property = field(component).getAnnotation(JsonProperty.class);
        return !field(component).isAnnotationPresent(NotNull.class)
                && (component.getAnnotatedType().isAnnotationPresent(Nullable.class) || component.getType() == Optional.class
                || component.getType() == Change.class || component.getType() == OptionalInt.class
                || property != null && !property.defaultValue().isEmpty());
    }

    private static JsonNode number(BigDecimal value) {
        return JSON.getNodeFactory().numberNode(value);
    }

    private static Stream<Annotation> constraints(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations()).flatMap(annotation -> Stream.concat(Stream.of(annotation),
                Arrays.stream(annotation.annotationType().getAnnotations())))
                .filter(constraint -> constraint.annotationType().getName().startsWith("jakarta.validation.constraints."))
                .filter(constraint -> !(constraint instanceof NotNull));
    }

    private static AnnotatedElement field(RecordComponent component) {
        try {
            return component.getDeclaringRecord().getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private static void addBounds(AnnotatedType use, Set<BigDecimal> bounds) {
        addBounds((AnnotatedElement) use, bounds);
        Stream<AnnotatedType> parts = switch (use) {
            case AnnotatedParameterizedType generic -> Arrays.stream(generic.getAnnotatedActualTypeArguments());
            case AnnotatedArrayType array -> Stream.of(array.getAnnotatedGenericComponentType());
            default -> Stream.empty();
        };
        parts.forEach(part -> addBounds(part, bounds));
    }

    private static void addBounds(AnnotatedElement element, Set<BigDecimal> bounds) {
        constraints(element).flatMap(SchemasAndReadersTest::numbers).forEach(bounds::add);
    }

    private static Stream<BigDecimal> numbers(Annotation constraint) {
        return switch (constraint) {
            case Min min -> Stream.of(BigDecimal.valueOf(min.value()));
            case Max max -> Stream.of(BigDecimal.valueOf(max.value()));
            case DecimalMin min -> Stream.of(new BigDecimal(min.value()));
            case DecimalMax max -> Stream.of(new BigDecimal(max.value()));
            case Size size -> Stream.of(size.min(), size.max()).map(BigDecimal::valueOf);
            default -> Stream.empty();
        };
    }
}
