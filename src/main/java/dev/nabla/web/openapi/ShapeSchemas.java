package dev.nabla.web.openapi;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.JsonForm;
import dev.nabla.documents.JsonWords;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes JSON schemas of document shapes: an object of a record, whose components are required unless they are
 * {@link Nullable}, optional or have a default; a string of an enum; one of several, told apart by a field or by their JSON
 * types, of a sealed interface and of a record with {@link JsonForm}s.
 */
final class ShapeSchemas {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Schema<?>> components;
    private final Map<String, Class<?>> owners;

    /**
     * @param components the schemas made so far by name, to which new ones are added
     * @param owners the classes whose schemas those are
     */
    ShapeSchemas(Map<String, Schema<?>> components, Map<String, Class<?>> owners) {
        this.components = components;
        this.owners = owners;
    }

    /** A schema, or a reference to the component that it is; {@code arguments} are those of a generic record. */
    Schema<?> of(Class<?> type, List<Class<?>> arguments) {
        if (type.isArray()) {
            return array(of(type.componentType(), List.of()));
        }
        if (!Shape.isShape(type)) {
            return Scalars.schema(type);
        }
        List<Schema<?>> forms = forms(type);
        if (forms.stream().anyMatch(form -> form(form).equals("array"))) {
            return byJsonType(forms);
        }
        // OpenAPI Generator (7.25) does not quote the default of a component that is a string and no enumeration.
        if (forms.size() == 1 && form(forms.getFirst()).equals("string") && forms.getFirst().getEnum() == null) {
            return forms.getFirst();
        }
        String name = Shape.name(type) + String.join("", arguments.stream().map(Shape::name).toList());
        Class<?> owner = owners.putIfAbsent(name, type);
        if (owner != null && owner != type) {
            throw new IllegalStateException(owner + " and " + type + " have the same name in the document");
        }
        if (!components.containsKey(name)) {
            Schema<?> schema = forms.size() == 1 ? forms.getFirst() : new JsonSchema();
            components.put(name, schema);
            if (forms.isEmpty()) {
                fill(schema, type, arguments);
            } else if (forms.size() > 1) {
                forms.forEach(schema::addOneOfItem);
            }
            describe(schema, type);
        }
        return new JsonSchema().$ref(name);
    }

    private void fill(Schema<?> schema, Class<?> type, List<Class<?>> arguments) {
        if (type.isEnum()) {
            Scalars.enumerate(schema.typesItem("string"), Shape.words(type));
        } else if (type.isSealed()) {
            union(schema, type);
        } else {
            record(schema, type, arguments);
        }
    }

    private List<Schema<?>> forms(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(JsonForm.class))
                .<Schema<?>>map(this::form).sorted((a, b) -> form(a).compareTo(form(b))).toList();
    }

    /** What the one parameter of the method takes; of a string only the words of its class, if that has some. */
    private Schema<?> form(Method maker) {
        Schema<?> schema = schema(maker.getAnnotatedParameterTypes()[0], Map.of());
        if (maker.getParameterTypes()[0] == String.class) {
            Arrays.stream(maker.getDeclaringClass().getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(JsonWords.class))
                    .forEach(words -> {
                        String others = words.getAnnotation(JsonWords.class).others();
                        if (others.isEmpty()) {
                            Scalars.enumerate(schema, called(words));
                        } else {
                            schema.description("One of " + String.join(", ", called(words)) + ", or " + others + ".");
                        }
                    });
        }
        return schema;
    }

    @SuppressWarnings("unchecked")
    private static List<String> called(Method words) {
        try {
            words.setAccessible(true);
            return (List<String>) words.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String form(Schema<?> schema) {
        return schema.getTypes() == null ? "object" : String.join("", schema.getTypes());
    }

    /**
     * The one of the forms that has the JSON type of the value, said by if, then and else: OpenAPI Generator (7.25) writes
     * Java that does not compile for oneOf with an array, but overlooks these and leaves the type open.
     */
    private static Schema<?> byJsonType(List<Schema<?>> forms) {
        Schema<?> choice = forms.getLast();
        for (Schema<?> form : forms.reversed().subList(1, forms.size())) {
            Schema<?> type = new JsonSchema().typesItem(form(form));
            type.setItems(form(form).equals("array") ? new JsonSchema() : null);
            Schema<?> either = new JsonSchema();
            either.setIf(type);
            either.setThen(form);
            either.setElse(choice);
            choice = either;
        }
        return choice;
    }

    private void union(Schema<?> schema, Class<?> type) {
        JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
        List<Class<?>> cases = Shape.cases(type).filter(leaf -> info == null || leaf.isAnnotationPresent(JsonTypeName.class))
                .toList();
        cases.forEach(leaf -> schema.addOneOfItem(of(leaf, List.of())));
        if (info != null) {
            var discriminator = new Discriminator().propertyName(info.property());
            cases.forEach(leaf -> discriminator.mapping(Shape.typeName(leaf), "#/components/schemas/" + Shape.name(leaf)));
            schema.setDiscriminator(discriminator);
        }
    }

    private void record(Schema<?> schema, Class<?> type, List<Class<?>> arguments) {
        schema.typesItem("object");
        Shape.told(type).filter(_ -> type.isAnnotationPresent(JsonTypeName.class)).ifPresent(info -> {
            Schema<?> property = Scalars.enumerate(new JsonSchema().typesItem("string"), List.of(Shape.typeName(type)));
            if (info.defaultImpl() == type) {
                property.setDefault(Shape.typeName(type));
            } else {
                schema.addRequiredItem(info.property());
            }
            schema.addProperty(info.property(), property);
        });
        var variables = new LinkedHashMap<String, Schema<?>>();
        IntStream.range(0, arguments.size()).forEach(i -> variables.put(type.getTypeParameters()[i].getName(),
                of(arguments.get(i), List.of())));
        for (RecordComponent component : type.getRecordComponents()) {
            var field = new RecordField(component);
            schema.addProperty(field.name(), property(field, variables));
            if (field.isRequired()) {
                schema.addRequiredItem(field.name());
            }
        }
    }

    private Schema<?> property(RecordField field, Map<String, Schema<?>> variables) {
        Schema<?> schema = field.types().isEmpty() ? unlessNull(field.use(), variables) : oneOf(field.types());
        if (field.isId()) {
            schema.setFormat("uuid");
        }
        Bounds.set(schema, field.annotated());
        Scalars.enumerate(schema, field.words());
        // OpenAPI Generator (7.25) writes Java that does not compile for a default of a union.
        Optional<String> ofUnion = field.defaultText().filter(_ -> component(schema).getOneOf() != null);
        if (ofUnion.isEmpty()) {
            field.defaultText().ifPresent(text -> schema.setDefault(value(text, schema)));
        }
        Schema<?> property = field.isNullable() ? Nullness.orNull(schema) : schema;
        describe(property, field.annotated());
        ofUnion.ifPresent(text -> property.setDescription(Optional.ofNullable(property.getDescription())
                .map(description -> description + " ").orElse("") + "If left out: " + text + "."));
        return property;
    }

    private Schema<?> oneOf(List<Class<?>> types) {
        if (types.size() == 1) {
            return of(types.getFirst(), List.of());
        }
        Schema<?> several = new JsonSchema();
        types.forEach(type -> several.addOneOfItem(of(type, List.of())));
        return several;
    }

    private Schema<?> schema(AnnotatedType use, Map<String, Schema<?>> variables) {
        Schema<?> schema = unlessNull(use, variables);
        Bounds.set(schema, use);
        return Nullness.isNullable(use) ? Nullness.orNull(schema) : schema;
    }

    private Schema<?> unlessNull(AnnotatedType use, Map<String, Schema<?>> variables) {
        return switch (use) {
            case AnnotatedArrayType array -> array(elements(array.getAnnotatedGenericComponentType(), variables));
            case AnnotatedParameterizedType generic -> generic(generic, variables);
            case AnnotatedTypeVariable variable -> Objects.requireNonNull(variables.get(variable.getType().getTypeName()));
            case AnnotatedWildcardType _ -> new JsonSchema();
            default -> of((Class<?>) use.getType(), List.of());
        };
    }

    /** Of arrays: a constraint in front of them is one of the whole, although it reads as one of the innermost elements. */
    private Schema<?> elements(AnnotatedType use, Map<String, Schema<?>> variables) {
        Schema<?> schema = unlessNull(use, variables);
        return Nullness.isNullable(use) ? Nullness.orNull(schema) : schema;
    }

    private Schema<?> generic(AnnotatedParameterizedType use, Map<String, Schema<?>> variables) {
        Class<?> raw = (Class<?>) ((java.lang.reflect.ParameterizedType) use.getType()).getRawType();
        AnnotatedType[] arguments = use.getAnnotatedActualTypeArguments();
        if (raw == Optional.class) {
            return schema(arguments[0], variables);
        }
        if (List.class.isAssignableFrom(raw)) {
            return array(schema(arguments[0], variables));
        }
        if (Map.class.isAssignableFrom(raw)) {
            Schema<?> map = new JsonSchema().typesItem("object");
            map.setAdditionalProperties(schema(arguments[1], variables));
            return map;
        }
        return of(raw, Arrays.stream(arguments).<Class<?>>map(argument -> (Class<?>) argument.getType()).toList());
    }

    private static Schema<?> array(Schema<?> items) {
        Schema<?> array = new JsonSchema().typesItem("array");
        array.setItems(items);
        return array;
    }

    private void describe(Schema<?> schema, AnnotatedElement element) {
        var annotation = element.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        if (annotation == null) {
            return;
        }
        if (!annotation.description().isEmpty()) {
            schema.setDescription(annotation.description());
        }
        if (!annotation.format().isEmpty()) {
            schema.setFormat(annotation.format());
        }
        if (!annotation.example().isEmpty()) {
            schema.setExample(value(annotation.example(), schema));
        }
    }

    /** What a schema refers to, or itself. */
    private Schema<?> component(Schema<?> schema) {
        return schema.get$ref() == null ? schema : Objects.requireNonNull(
                components.get(schema.get$ref().substring(Components.COMPONENTS_SCHEMAS_REF.length())));
    }

    /** A text as a value of the schema: itself where that is a string, JSON of all else. */
    private @Nullable Object value(String text, Schema<?> schema) {
        Schema<?> component = component(schema);
        if (component.getTypes() != null && component.getTypes().contains("string")) {
            return text;
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            return text;
        }
    }
}
