package dev.nabla.web.json;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.nabla.expression.Decimal;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;

/**
 * Makes records of a JSON text while it is read, to the letter: nothing is converted or ignored, and everything that does
 * not fit is found in the one pass. Components are records, lists, maps, arrays, strings, numbers and booleans; Object
 * stands for any JSON. A record that may be written in several forms has a {@link JsonForm} for each.
 */
public final class RequestBinder {

    private static final int MOST_ERRORS = 50;

    private final JsonParser parser;
    private final Deque<Object> path = new ArrayDeque<>();
    private final List<Problem> errors = new ArrayList<>();
    private int moreErrors;

    private RequestBinder(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The record of the value at which the parser is, which is then at its end.
     *
     * @throws InvalidException with everything that does not fit
     */
    public static Object bind(JsonParser parser, Type type) {
        var binder = new RequestBinder(parser);
        Object bound = binder.present(type);
        if (bound == null || !binder.errors.isEmpty()) {
            if (binder.moreErrors > 0) {
                binder.errors.add(Problem.of("", "and " + binder.moreErrors + " more"));
            }
            throw new InvalidException(binder.errors);
        }
        return bound;
    }

    /** A value that must be there; null, and its errors added, if it does not fit. */
    private @Nullable Object present(Type type) {
        return parser.currentToken() == JsonToken.VALUE_NULL ? wrong("must not be null") : value(type);
    }

    private @Nullable Object value(Type type) {
        if (type == Object.class) {
            return any();
        }
        Kind kind = Kind.of(type);
        if (!kind.begins(parser.currentToken())) {
            return type instanceof Class<?> record && !forms(record).isEmpty() ? created(record)
                    : wrong("must be " + kind.text);
        }
        return switch (kind) {
            case STRING -> string();
            case FLAG -> parser.getBooleanValue();
            case INT -> parser.getNumberType() == NumberType.INT ? (Object) parser.getIntValue() : outside(kind);
            case LONG -> parser.getNumberType() != NumberType.BIG_INTEGER ? (Object) parser.getLongValue() : outside(kind);
            case NUMBER -> number();
            case ARRAY -> type == double[].class ? numbers() : array(type);
            case OBJECT -> type instanceof Class<?> record ? created(record)
                    : map(((ParameterizedType) type).getActualTypeArguments()[1]);
        };
    }

    private @Nullable Object any() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(Object.class);
            case START_ARRAY -> list(Object.class);
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> null;
        };
    }

    /** Any text but what no text in UTF-8 can hold, and U+0000, which databases cannot. */
    private @Nullable String string() {
        String text = parser.getString();
        boolean isText = text.codePoints()
                .noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return isText ? text : wrong("must have neither U+0000 nor one half of a surrogate pair");
    }

    private @Nullable Object outside(Kind kind) {
        String digits = parser.getString();
        return wrong("must be " + kind.text + ", was " + (digits.length() > 40 ? digits.substring(0, 40) + "…" : digits));
    }

    private @Nullable Double number() {
        double value = parser.getDoubleValue();
        if (value != 0 && Double.isFinite(value)) {
            return value;
        }
        try {
            return Decimal.read(parser.getString());
        } catch (ArithmeticException e) {
            return wrong("must be a finite number: " + e.getMessage());
        }
    }

    private double[] numbers() {
        ImmutableDoubleArray.Builder numbers = ImmutableDoubleArray.builder();
        elements(() -> {
            if (value(double.class) instanceof Double number) {
                numbers.add(number);
            }
        });
        return numbers.build().toArray();
    }

    private Object array(Type type) {
        if (!(type instanceof Class<?> array)) {
            return list(((ParameterizedType) type).getActualTypeArguments()[0]);
        }
        List<Object> elements = list(array.componentType());
        return elements.toArray((Object[]) Array.newInstance(array.componentType(), elements.size()));
    }

    private List<Object> list(Type element) {
        var list = new ArrayList<>();
        elements(() -> {
            Object value = present(element);
            if (value != null) {
                list.add(value);
            }
        });
        return list;
    }

    private void elements(Runnable read) {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            path.addLast(i);
            read.run();
            path.removeLast();
        }
    }

    private Map<String, Object> map(Type value) {
        var map = new LinkedHashMap<String, Object>();
        fields(name -> {
            Object read = present(value);
            if (read != null) {
                map.put(name, read);
            }
        });
        return map;
    }

    private void fields(Consumer<String> read) {
        var names = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            path.addLast(name);
            if (names.add(name)) {
                read.accept(name);
            } else {
                wrong("is given twice");
            }
            path.removeLast();
        }
    }

    private @Nullable Object created(Class<?> record) {
        List<Method> forms = forms(record);
        if (forms.isEmpty()) {
            return record(record);
        }
        Optional<Method> form = forms.stream().filter(method -> kind(method).begins(parser.currentToken())).findFirst();
        if (form.isEmpty()) {
            return wrong("must be " + forms.stream().map(method -> kind(method).text).collect(Collectors.joining(" or ")));
        }
        Object value = value(form.get().getGenericParameterTypes()[0]);
        return value == null || !errors.isEmpty() ? null : make(form.get(), value);
    }

    private static List<Method> forms(Class<?> record) {
        return Arrays.stream(record.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(JsonForm.class))
                .sorted(Comparator.comparing(RequestBinder::kind)).toList();
    }

    private static Kind kind(Method form) {
        return Kind.of(form.getGenericParameterTypes()[0]);
    }

    private @Nullable Object record(Class<?> record) {
        Map<String, RecordComponent> components = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            components.put(component.getName(), component);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields(name -> {
            RecordComponent component = components.get(name);
            if (component == null) {
                wrong("is not a field here; known are " + String.join(", ", components.keySet()));
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                values.put(name, value(component.getGenericType()));
            }
        });
        return errors.isEmpty() ? make(constructor(record), components.keySet().stream().map(values::get).toArray()) : null;
    }

    private static Constructor<?> constructor(Class<?> record) {
        try {
            return record.getDeclaredConstructor(Arrays.stream(record.getRecordComponents()).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object make(Executable maker, @Nullable Object... values) {
        try {
            maker.setAccessible(true);
            return maker instanceof Method method ? method.invoke(null, values)
                    : ((Constructor<?>) maker).newInstance(values);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notes what is wrong with the value here, goes to its end, and is null. */
    private <T> @Nullable T wrong(String detail) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(Problem.of(path.stream().map(token -> "/" + Problem.token(token.toString()))
                    .collect(Collectors.joining()), detail));
        } else {
            moreErrors++;
        }
        parser.skipChildren();
        return null;
    }

    /** What a value is in JSON. */
    private enum Kind {
        STRING("a string"),
        FLAG("true or false"),
        ARRAY("an array"),
        INT("an integer that fits 32 bits"),
        LONG("an integer that fits 64 bits"),
        NUMBER("a number"),
        OBJECT("an object");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        private static Kind of(Type type) {
            Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
            return raw == String.class ? STRING
                    : raw == boolean.class || raw == Boolean.class ? FLAG
                    : raw == int.class || raw == Integer.class ? INT
                    : raw == long.class || raw == Long.class ? LONG
                    : raw == double.class || raw == Double.class ? NUMBER
                    : raw.isArray() || raw == List.class ? ARRAY : OBJECT;
        }

        private boolean begins(JsonToken token) {
            return switch (this) {
                case STRING -> token == JsonToken.VALUE_STRING;
                case FLAG -> token.isBoolean();
                case ARRAY -> token == JsonToken.START_ARRAY;
                case INT, LONG -> token == JsonToken.VALUE_NUMBER_INT;
                case NUMBER -> token.isNumeric();
                case OBJECT -> token == JsonToken.START_OBJECT;
            };
        }
    }
}
