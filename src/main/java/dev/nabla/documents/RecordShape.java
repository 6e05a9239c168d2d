package dev.nabla.documents;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a record says of the object that is its document: its components are the fields, in order. */
final class RecordShape {

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

    static RecordShape of(Class<?> record) {
        return OF_CLASS.get(record);
    }

    Collection<Component> components() {
        return components.values();
    }

    Map<String, Component> byName() {
        return components;
    }

    /** @param values those of the components, in their order */
    Object make(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A field of the document. */
    static final class Component {

        private static final Set<Type> WRAPPERS = Set.of(Optional.class, Change.class);

        private final RecordComponent component;
        private final String name;
        private final Type type;
        private final boolean wrapped;
        private final boolean nullable;
        private final boolean required;
        private final String defaultText;
        private final Bounds bounds;
        private volatile @Nullable Object defaultValue;

        private Component(RecordComponent component, Field field) {
            this.component = component;
            component.getAccessor().setAccessible(true);
            Optional<JsonProperty> property = Optional.ofNullable(field.getAnnotation(JsonProperty.class));
            this.name = property.map(JsonProperty::value).filter(given -> !given.isEmpty()).orElse(component.getName());
            this.defaultText = property.map(JsonProperty::defaultValue).orElse("");
            this.type = unwrapped(component.getGenericType());
            this.wrapped = type != component.getGenericType();
            this.nullable = ((AnnotatedElement) component.getAnnotatedType()).isAnnotationPresent(Nullable.class);
            this.required = field.isAnnotationPresent(NotNull.class) || !nullable && !wrapped && defaultText.isEmpty();
            this.bounds = Bounds.of(field);
        }

        private static Type unwrapped(Type type) {
            return type == OptionalInt.class ? int.class : type == OptionalLong.class ? long.class
                    : type == OptionalDouble.class ? double.class
                    : type instanceof ParameterizedType generic && WRAPPERS.contains(generic.getRawType())
                            ? generic.getActualTypeArguments()[0] : type;
        }

        String name() {
            return name;
        }

        /** What is read, without the Optional or the Change around it. */
        Type type() {
            return type;
        }

        Bounds bounds() {
            return bounds;
        }

        /** Whether a document without the field is wrong. */
        boolean isRequired() {
            return required;
        }

        /** Whether there can be a record where the field is wrong. */
        boolean mayBeAbsent() {
            return nullable || wrapped || !defaultText.isEmpty();
        }

        /** What the constructor takes where the field is left out; null if it takes that. */
        @Nullable Object absent() {
            if (!defaultText.isEmpty()) {
                Object value = defaultValue;
                if (value == null) {
                    value = DocumentReader.trusted(defaultText, type);
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
            try {
                Object value = component.getAccessor().invoke(record);
                return switch (value) {
                    case null -> Optional.empty();
                    case OptionalInt number -> number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
                    case OptionalLong number -> number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
                    case OptionalDouble number -> number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
                    case Optional<?> wrappedValue -> wrappedValue.map(Object.class::cast);
                    default -> Optional.of(value);
                };
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
