package dev.nabla.web.openapi;

import dev.nabla.documents.RecordShape;
import dev.nabla.documents.TypeUse;
import dev.nabla.documents.TypedChoice;
import dev.nabla.documents.ValueForm;
import dev.nabla.documents.Words;
import dev.nabla.documents.Written;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Comparator;
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
 * Makes JSON schemas of document shapes: an object of a record, whose components may be null unless they are required; a
 * string of an enum; one of several, told apart by a field or by their JSON types, of a sealed interface and of a record with
 * {@link dev.nabla.documents.JsonForm}s.
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
        if (!ComponentNames.isShape(type)) {
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
        String name = ComponentNames.of(type) + String.join("", arguments.stream().map(ComponentNames::of).toList());
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
            Optional.ofNullable(type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class))
                    .ifPresent(annotation -> describe(schema, annotation));
        }
        return new JsonSchema().$ref(name);
    }

    private void fill(Schema<?> schema, Class<?> type, List<Class<?>> arguments) {
        if (type.isEnum()) {
            Scalars.enumerate(schema.typesItem("string"), Words.ofEnum(type).words());
        } else if (type.isSealed()) {
            union(schema, type);
        } else {
            record(schema, type, arguments);
        }
    }

    private List<Schema<?>> forms(Class<?> type) {
        return ValueForm.stated(type).stream().<Schema<?>>map(form -> form.others().isEmpty()
                ? Scalars.enumerate(schema(form.use(), Map.of()), form.words())
                : schema(form.use(), Map.of()).description("One of " + String.join(", ", form.words()) + ", or " + form.others()
                        + ".")).toList();
    }

    private static String form(Schema<?> schema) {
        return schema.getTypes() == null ? "object" : String.join("", schema.getTypes());
    }

    /**
     * The one of the forms that has the JSON type of the value, said by if, then and else: OpenAPI Generator (7.25) writes
     * Java that does not compile for oneOf with an array or a map, but overlooks these and leaves the type open.
     */
    private Schema<?> byJsonType(List<Schema<?>> forms) {
        Schema<?> choice = forms.getLast();
        for (Schema<?> form : forms.reversed().subList(1, forms.size())) {
            String json = form(component(form));
            Schema<?> type = new JsonSchema().typesItem(json);
            type.setItems(json.equals("array") ? new JsonSchema() : null);
            Schema<?> either = new JsonSchema();
            either.setIf(type);
            either.setThen(form);
            either.setElse(choice);
            choice = either;
        }
        return choice;
    }

    private void union(Schema<?> schema, Class<?> type) {
        Optional<TypedChoice> choice = TypedChoice.of(type);
        if (choice.isEmpty()) {
            List<Schema<?>> parts = Arrays.stream(type.getPermittedSubclasses()).<Schema<?>>map(part -> of(part, List.of()))
                    .sorted(Comparator.comparing(part -> form(component(part)))).toList();
            if (parts.stream().anyMatch(part -> component(part).getAdditionalProperties() instanceof Schema)) {
                Schema<?> either = byJsonType(parts.reversed());
                schema.setIf(either.getIf());
                schema.setThen(either.getThen());
                schema.setElse(either.getElse());
            } else {
                parts.forEach(schema::addOneOfItem);
            }
            return;
        }
        var discriminator = new Discriminator().propertyName(choice.get().property());
        choice.get().words().forEach(word -> {
            Class<?> record = choice.get().named(word).orElseThrow();
            schema.addOneOfItem(of(record, List.of()));
            discriminator.mapping(word, Components.COMPONENTS_SCHEMAS_REF + ComponentNames.of(record));
        });
        schema.setDiscriminator(discriminator);
    }

    private void record(Schema<?> schema, Class<?> type, List<Class<?>> arguments) {
        schema.typesItem("object");
        TypedChoice.with(type).ifPresent(choice -> addName(schema, choice, type));
        var variables = new LinkedHashMap<String, Schema<?>>();
        IntStream.range(0, arguments.size()).forEach(i -> variables.put(type.getTypeParameters()[i].getName(),
                of(arguments.get(i), List.of())));
        for (RecordShape.Component component : RecordShape.of(type).components()) {
            var description = new FieldDescription(component);
            if (description.isHidden()) {
                continue;
            }
            schema.addProperty(component.name(), property(component, variables));
            if (description.isRequired()) {
                schema.addRequiredItem(component.name());
            }
        }
    }

    /** The field by which a record is told from the others of its choice. */
    private static void addName(Schema<?> schema, TypedChoice choice, Class<?> type) {
        Schema<?> property = Scalars.enumerate(new JsonSchema().typesItem("string"), List.of(choice.word(type)));
        if (choice.otherwise().filter(type::equals).isPresent()) {
            property.setDefault(choice.word(type));
        } else {
            schema.addRequiredItem(choice.property());
        }
        schema.addProperty(choice.property(), property);
    }

    private Schema<?> property(RecordShape.Component field, Map<String, Schema<?>> variables) {
        var description = new FieldDescription(field);
        Schema<?> schema = inline(description.types().isEmpty() ? unlessNull(field.use(), variables)
                : oneOf(description.types()));
        Scalars.enumerate(schema, description.words());
        // OpenAPI Generator (7.25) writes Java that does not compile for a default of a union.
        Optional<String> ofUnion = field.defaultText().filter(_ -> component(schema).getOneOf() != null);
        Schema<?> property = field.isRequired() ? schema : Nullness.orNull(schema);
        if (ofUnion.isEmpty()) {
            field.defaultText().ifPresent(text -> property.setDefault(value(text, schema)));
        }
        description.annotation().ifPresent(annotation -> describe(property, annotation));
        ofUnion.ifPresent(text -> property.setDescription(Optional.ofNullable(property.getDescription())
                .map(said -> said + " ").orElse("") + "If left out: " + text + "."));
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

    private Schema<?> schema(TypeUse use, Map<String, Schema<?>> variables) {
        Schema<?> schema = unlessNull(use, variables);
        return use.isNullable() ? Nullness.orNull(schema) : schema;
    }

    private Schema<?> unlessNull(TypeUse use, Map<String, Schema<?>> variables) {
        Schema<?> schema = switch (use.type()) {
            case Class<?> plain -> plain.isArray() ? array(schema(use.parts().getFirst(), variables)) : of(plain, List.of());
            case ParameterizedType generic -> generic((Class<?>) generic.getRawType(), use.parts(), variables);
            case TypeVariable<?> variable -> Objects.requireNonNull(variables.get(variable.getName()));
            default -> new JsonSchema();
        };
        SchemaBounds.set(schema, use.bounds());
        return schema;
    }

    private Schema<?> generic(Class<?> raw, List<TypeUse> arguments, Map<String, Schema<?>> variables) {
        if (List.class.isAssignableFrom(raw)) {
            return array(schema(arguments.getFirst(), variables));
        }
        if (raw == Written.class) {
            return unlessNull(arguments.getFirst(), variables);
        }
        if (Map.class.isAssignableFrom(raw)) {
            Schema<?> map = new JsonSchema().typesItem("object");
            map.setAdditionalProperties(schema(arguments.getLast(), variables));
            return map;
        }
        return of(raw, arguments.stream().<Class<?>>map(argument -> (Class<?>) argument.type()).toList());
    }

    private static Schema<?> array(Schema<?> items) {
        Schema<?> array = new JsonSchema().typesItem("array");
        array.setItems(items);
        return array;
    }

    private void describe(Schema<?> schema, io.swagger.v3.oas.annotations.media.Schema annotation) {
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

    /** What is told by JSON types stands where it is used, as do other unions that are: generators make no class of it. */
    private Schema<?> inline(Schema<?> schema) {
        if (schema.get$ref() == null || component(schema).getIf() == null) {
            return schema;
        }
        Schema<?> choice = component(schema);
        components.values().remove(choice);
        return choice;
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
