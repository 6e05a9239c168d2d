package dev.nabla.documents;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a record says of the object that is its document: its components are the fields, in order. */
public final class RecordShape {

    private static final ClassValue<RecordShape> OF_CLASS = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Map<String, Component> components = new LinkedHashMap<>();
    private final Constructor<?> constructor;

    private RecordShape(Class<?> record) {
        try {
            for (RecordComponent component : record.getRecordComponents()) {
                Component read = new Component(component, record.getDeclaredField(component.getName()));
                components.put(read.name(), read);
            }
            constructor = record.getDeclaredConstructor(Arrays.stream(record.getRecordComponents())
                    .map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RecordShape of(Class<?> record) {
        return OF_CLASS.get(record);
    }

    public Collection<Component> components() {
        return byName().values();
    }

    public Map<String, Component> byName() {
        return Collections.unmodifiableMap(components);
    }

    /** @param values those of the components, in their order */
    Object make(@Nullable Object[] values) {
        return Reflected.value(() -> constructor.newInstance(values));
    }

    /** A field of the document. */
    public static final class Component {

        private final RecordComponent component;
        private final String name;
        private final Field field;
        private final TypeUse use;
        private final boolean wrapped;
        private final boolean required;
        private final String defaultText;
        private volatile @Nullable Object defaultValue;

        private Component(RecordComponent component, Field field) {
            this.component = component;
            this.field = field;
            component.getAccessor().setAccessible(true);
            Optional<JsonProperty> property = Optional.ofNullable(field.getAnnotation(JsonProperty.class));
            this.name = property.map(JsonProperty::value).filter(given -> !given.isEmpty()).orElse(component.getName());
            this.defaultText = property.map(JsonProperty::defaultValue).orElse("");
            this.use = TypeUse.of(component.getAnnotatedType(), Bounds.of(field));
            this.wrapped = use.type() != component.getGenericType();
            this.required = field.isAnnotationPresent(NotNull.class) || !use.isNullable() && defaultText.isEmpty();
        }

        public String name() {
            return name;
        }

        public TypeUse use() {
            return use;
        }

        /** Whether a document without the field, or with null in its place, is wrong; all others mean the same by both. */
        public boolean isRequired() {
            return required;
        }

        /** What the field is where it is left out: itself where it is a string, JSON of all else. */
        public Optional<String> defaultText() {
            return Optional.of(defaultText).filter(text -> !text.isEmpty());
        }

        /** What else the record says of the field, also where it writes its accessor itself. */
        public <A extends Annotation> Optional<A> annotation(Class<A> type) {
            return Optional.ofNullable(field.getAnnotation(type));
        }

        /** Whether there can be a record where the field is wrong. */
        boolean mayBeAbsent() {
            return use.isNullable() || !defaultText.isEmpty();
        }

        /** What the constructor takes where the field is left out; null if it takes that. */
        @Nullable Object absent() {
            if (!defaultText.isEmpty()) {
                Object value = defaultValue;
                if (value == null) {
                    value = DocumentReader.trusted(defaultText, use);
                    defaultValue = value;
                }
                return wrapped ? present(value) : value;
            }
            Class<?> raw = component.getType();
            return raw == OptionalInt.class ? OptionalInt.empty() : raw == OptionalLong.class ? OptionalLong.empty()
                    : raw == OptionalDouble.class ? OptionalDouble.empty() : raw == Change.class ? Change.NONE
                    : wrapped ? Optional.empty() : null;
        }

        /** What the constructor takes for null, where that is not as if the field were left out. */
        Optional<Object> whereNull() {
            return component.getType() == Change.class ? Optional.of(Change.GONE) : Optional.empty();
        }

        /** What the constructor takes for what was read. */
        Object present(Object value) {
            Class<?> raw = component.getType();
            return raw == OptionalInt.class ? OptionalInt.of((Integer) value)
                    : raw == OptionalLong.class ? OptionalLong.of((Long) value)
                    : raw == OptionalDouble.class ? OptionalDouble.of((Double) value)
                    : raw == Change.class ? new Change<>(true, Optional.of(value))
                    : wrapped ? Optional.of(value) : value;
        }

        /** The value in a record of this shape, if it has one. */
        Optional<Object> valueIn(Record record) {
            return switch (Reflected.<@Nullable Object>value(() -> component.getAccessor().invoke(record))) {
                case null -> Optional.empty();
                case OptionalInt number -> number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
                case OptionalLong number -> number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
                case OptionalDouble number -> number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
                case Optional<?> wrappedValue -> wrappedValue.map(Object.class::cast);
                case Object value -> Optional.of(value);
            };
        }
    }
}
