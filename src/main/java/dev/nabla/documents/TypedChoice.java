package dev.nabla.documents;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.util.TokenBuffer;

/** A sealed interface of records, of which a field of the document names one. */
public final class TypedChoice {

    private static final ClassValue<Optional<TypedChoice>> OF_CLASS = new ClassValue<>() {
        @Override
        protected Optional<TypedChoice> computeValue(Class<?> type) {
            return type.isInterface() && type.isSealed() && type.isAnnotationPresent(JsonTypeInfo.class)
                    ? Optional.of(new TypedChoice(type)) : Optional.empty();
        }
    };

    private final String property;
    private final Map<String, Class<?>> types = new LinkedHashMap<>();
    private final Map<String, Class<?>> aliases = new HashMap<>();
    private final Optional<Class<?>> otherwise;

    private TypedChoice(Class<?> choice) {
        JsonTypeInfo info = choice.getAnnotation(JsonTypeInfo.class);
        this.property = info.property();
        this.otherwise = Optional.<Class<?>>of(info.defaultImpl()).filter(choice::isAssignableFrom);
        records(choice).filter(record -> record.isAnnotationPresent(JsonTypeName.class))
                .forEach(record -> types.put(record.getAnnotation(JsonTypeName.class).value(), record));
        types.values().stream().filter(record -> record.isAnnotationPresent(AlsoCalled.class)).forEach(record ->
                Arrays.stream(record.getAnnotation(AlsoCalled.class).value()).forEach(alias -> aliases.put(alias, record)));
    }

    /** Empty for what is no such interface. */
    public static Optional<TypedChoice> of(Class<?> type) {
        return OF_CLASS.get(type);
    }

    /** The choice that a record is one of, if it is. */
    public static Optional<TypedChoice> with(Class<?> record) {
        return parents(record).flatMap(parent -> of(parent).stream()).filter(choice -> choice.types.containsValue(record))
                .findFirst();
    }

    private static Stream<Class<?>> parents(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).flatMap(parent -> Stream.concat(Stream.of(parent), parents(parent)));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord() ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(TypedChoice::records);
    }

    /** The field that names the record. */
    public String property() {
        return property;
    }

    /** What names the record in an object; empty if nothing does, and "" if that is no string. */
    Optional<String> given(TokenBuffer object) {
        try (JsonParser scan = object.asParser()) {
            scan.nextToken();
            while (scan.nextToken() != JsonToken.END_OBJECT) {
                boolean isType = scan.currentName().equals(property);
                JsonToken token = scan.nextToken();
                if (isType) {
                    return Optional.of(token == JsonToken.VALUE_STRING ? scan.getString() : "");
                }
                scan.skipChildren();
            }
            return Optional.empty();
        }
    }

    /** The names, in the order in which the interface permits the records. */
    public List<String> words() {
        return List.copyOf(types.keySet());
    }

    /** The record where the field is left out, if it may be. */
    public Optional<Class<?>> otherwise() {
        return otherwise;
    }

    public Optional<Class<?>> named(String word) {
        return Optional.<Class<?>>ofNullable(types.get(word)).or(() -> Optional.ofNullable(aliases.get(word)));
    }

    /** The name of a record. */
    public String word(Class<?> record) {
        return record.getAnnotation(JsonTypeName.class).value();
    }

    /** The fields of all records, by name. */
    Map<String, RecordShape.Component> allComponents() {
        Map<String, RecordShape.Component> all = new LinkedHashMap<>();
        types.values().forEach(record -> RecordShape.of(record).components()
                .forEach(component -> all.putIfAbsent(component.name(), component)));
        return all;
    }
}
