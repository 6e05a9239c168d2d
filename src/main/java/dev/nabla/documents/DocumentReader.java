package dev.nabla.documents;

import dev.nabla.expression.Decimal;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Misspelling;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Makes records of a JSON text while it is read, to the letter: nothing is converted or ignored, and everything that does
 * not fit is found in the one pass. Components are records, sealed interfaces of records, enums, lists, maps, arrays,
 * strings, numbers and booleans; Object stands for any JSON. A component that is {@link Nullable}, Optional or a
 * {@link Change} may be left out, one that has a default in {@link com.fasterxml.jackson.annotation.JsonProperty} has that
 * then, and constraint annotations are its {@link Bounds}; but for a Change, null is the same as left out. A sealed interface
 * has {@link com.fasterxml.jackson.annotation.JsonTypeInfo}, whose field is never null, or its cases are told apart by the kind
 * of their JSON; a record that may be written in several forms has a {@link JsonForm} for each.
 */
public final class DocumentReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper TREES = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final TypeUse ANYTHING = TypeUse.of(Object.class);
    private static final TypeUse NUMBER = TypeUse.of(double.class);
    /** What is made of an element of an array, of a field and of a text on the heap, at most, without what is in them. */
    private static final long BYTES_OF_ELEMENT = 32;
    private static final long BYTES_OF_FIELD = 80;
    private static final long BYTES_OF_TEXT = 48;
    /** Numbers of an array whose memory is told of together. */
    private static final int NUMBERS_AT_ONCE = 1024;

    private final Trail trail;
    private final ObjectReader objects;
    private final boolean checking;
    private final Map<Text, Object> understood = new HashMap<>();
    private JsonParser parser;
    /** Those of the present array, and of some before it what is still there behind them. */
    private double[] numbers = new double[16];
    /** The tokens that are kept as they were written. */
    private int kept;

    /** A text in a form that takes more than words. */
    private record Text(ValueForm form, String text) {}

    private DocumentReader(JsonParser parser, boolean checking) {
        this(parser, new Trail(), checking, checking);
    }

    /**
     * @param checking whether bounds are looked at
     * @param relating whether it is looked at whether the parts of a record fit each other
     */
    private DocumentReader(JsonParser parser, Trail trail, boolean checking, boolean relating) {
        this.parser = parser;
        this.trail = trail;
        this.checking = checking;
        this.objects = new ObjectReader(this, trail, relating);
    }

    /** The document of the value at which the parser is, which is then at its end. */
    public static <T> Document<T> read(JsonParser parser, Class<T> type) {
        return read(parser, (Type) type);
    }

    /** The same for a type that may have parameters. */
    @SuppressWarnings("unchecked")
    public static <T> Document<T> read(JsonParser parser, Type type) {
        var reader = new DocumentReader(parser, true);
        T value = (T) reader.present(TypeUse.of(type));
        return new Document<>(value, reader.trail.all());
    }

    /** The document of a value that was kept as it was written, or was made of some. */
    public static <T> Document<T> read(JsonNode json, Class<T> type) {
        try (JsonParser parser = json.traverse(ObjectReadContext.empty())) {
            parser.nextToken();
            return read(parser, type);
        }
    }

    /**
     * The value of a document that was written here, of which only the form is looked at: whether it is within bounds, and
     * whether its parts fit each other, was checked when it was made.
     */
    public static <T> T trusted(String json, Class<T> type) {
        return type.cast(trusted(json, TypeUse.of(type)));
    }

    /** The record of an object with nothing in it: every component has its default. */
    public static <T extends Record> T defaults(Class<T> type) {
        return trusted("{}", type);
    }

    /** @param json may be a bare word for a type that is written as a string */
    static Object trusted(String json, TypeUse use) {
        boolean isBareWord = !json.isEmpty() && "{[\"".indexOf(json.charAt(0)) < 0
                && ValueForm.of(use).stream().anyMatch(form -> form.kind() == JsonKind.STRING);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), isBareWord ? "\"" + json + "\"" : json)) {
            parser.nextToken();
            var reader = new DocumentReader(parser, false);
            Object value = reader.present(use);
            if (value == null || !reader.trail.problems().isEmpty()) {
                throw new IllegalStateException(new InvalidException(reader.trail.all()));
            }
            return value;
        }
    }

    /** A value that must be there; null, and its problems added, if it does not fit. */
    private @Nullable Object present(TypeUse use) {
        return parser.currentToken() == JsonToken.VALUE_NULL && !isKept(use) ? wrong("must not be null") : value(use);
    }

    private static boolean isKept(TypeUse use) {
        return JsonKind.raw(use.type()) == Written.class;
    }

    /**
     * The value here; null, and its problems added, if it does not fit. A number or a text beyond its bounds is one with a
     * problem: what else is wrong with its document can be told all the same. A list that is too long is none.
     */
    @Nullable Object value(TypeUse use) {
        if (trail.isFull()) {
            return wrong("is not looked at");
        }
        if (use.type() == Object.class) {
            return any();
        }
        if (isKept(use)) {
            return written(use.parts().getFirst());
        }
        List<ValueForm> forms = ValueForm.of(use);
        for (ValueForm form : forms) {
            if (form.kind().begins(parser.currentToken())) {
                return value(form, forms, use);
            }
        }
        return wrong("must be " + forms.stream().map(form -> text(form, use)).distinct().collect(Collectors.joining(" or ")));
    }

    private @Nullable Object value(ValueForm form, List<ValueForm> forms, TypeUse use) {
        int before = trail.size();
        Object read = read(form, forms, use);
        if (read == null || !isWithin(form.use().bounds(), read)) {
            return null;
        }
        try {
            Object made = made(form, read);
            if (made instanceof Map && trail.size() > before && use.bounds().violation(made).isPresent()) {
                // It lacks what is wrong itself.
                return null;
            }
            return isWithin(use.bounds(), made) || made instanceof Number || made instanceof String ? made : null;
        } catch (InvalidException e) {
            String here = trail.pointer();
            e.problems().forEach(problem -> trail.add(problem.within(here)));
            return null;
        }
    }

    /** A text that is more than words is understood once for all places that have it, as that may be long work. */
    private Object made(ValueForm form, Object read) {
        return form.others().isEmpty() ? form.maker().apply(read)
                : understood.computeIfAbsent(new Text(form, (String) read),
                        text -> text.form().maker().apply(text.text()));
    }

    private boolean isWithin(Bounds bounds, Object value) {
        if (!checking || bounds == Bounds.NONE) {
            return true;
        }
        Optional<String> violation = bounds.violation(value);
        violation.ifPresent(trail::add);
        return violation.isEmpty();
    }

    /** What is expected, in words. */
    private static String text(ValueForm form, TypeUse use) {
        return form.kind().text(form.use().bounds().isOfNumbers() ? form.use().bounds() : use.bounds());
    }

    private @Nullable Object read(ValueForm form, List<ValueForm> forms, TypeUse use) {
        return switch (form.kind()) {
            case STRING -> text(form, forms);
            case FLAG -> parser.getBooleanValue();
            case INT -> integer(BigDecimal::intValueExact, text(form, use));
            case LONG -> integer(BigDecimal::longValueExact, text(form, use));
            case NUMBER -> number();
            case ARRAY -> form.use().type() == double[].class ? numbers() : array(form.use());
            case OBJECT -> object(form.use());
        };
    }

    private @Nullable Object object(TypeUse use) {
        if (!(use.type() instanceof Class<?> plain)) {
            return map(use.parts().getLast());
        }
        Optional<TypedChoice> choice = TypedChoice.of(plain);
        return choice.isPresent() ? choice(choice.get())
                : objects.record(plain, Optional.empty(), name -> unknown(name, RecordShape.of(plain).byName().keySet()));
    }

    private static String unknown(String name, Set<String> known) {
        return "is not a field here" + Misspelling.hint(name, known) + "; known are " + String.join(", ", known);
    }

    private @Nullable Object any() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(ANYTHING);
            case START_ARRAY -> list(ANYTHING);
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> null;
        };
    }

    private @Nullable Object text(ValueForm form, List<ValueForm> forms) {
        String text = string();
        if (text == null || form.use().type() == String.class && (form.words().isEmpty() || !form.others().isEmpty())) {
            return text;
        }
        if (form.use().type() == UUID.class) {
            return uuid(text);
        }
        Optional<?> word = form.use().type() == String.class ? Optional.of(text).filter(form.words()::contains)
                : Words.ofEnum((Class<?>) form.use().type()).find(text);
        return word.isPresent() ? word.get() : wrong(Misspelling.mustBe(String.join(", ", form.words())
                + forms.stream().filter(other -> other != form).map(other -> ", or " + text(other, other.use()))
                        .collect(Collectors.joining()), form.words(), text));
    }

    /** Any text but what no text in UTF-8 can hold, and U+0000, which databases cannot. */
    private @Nullable String string() {
        String text = parser.getString();
        Work.hold(Place.HEAP, BYTES_OF_TEXT + 2L * text.length());
        boolean isText = text.codePoints()
                .noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return isText ? text : wrong("must have neither U+0000 nor one half of a surrogate pair");
    }

    private @Nullable UUID uuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equalsIgnoreCase(text) ? uuid : wrong("must be an id, which is a UUID");
        } catch (IllegalArgumentException e) {
            return wrong("must be an id, which is a UUID");
        }
    }

    /** An integer however it is written, as 3, 3.0 and 30e-1 are one number in JSON Schema. */
    private @Nullable Object integer(Function<BigDecimal, Object> exact, String expected) {
        String digits = parser.getString();
        try {
            return exact.apply(new BigDecimal(digits));
        } catch (ArithmeticException | NumberFormatException e) {
            return wrong("must be " + expected + ", was " + (digits.length() > 40 ? digits.substring(0, 40) + "…" : digits));
        }
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

    /** There are millions of them: whatever is done for each shows. */
    private double @Nullable [] numbers() {
        boolean fit = true;
        int count = 0;
        int held = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            if (count - held == NUMBERS_AT_ONCE) {
                Work.hold(Place.HEAP, NUMBERS_AT_ONCE * BYTES_OF_ELEMENT);
                held = count;
            }
            double number = parser.currentToken().isNumeric() && !trail.isFull() ? parser.getDoubleValue() : 0;
            if (number == 0 || !Double.isFinite(number)) {
                trail.enter(count);
                Object read = value(NUMBER);
                number = read instanceof Double finite ? finite : Double.NaN;
                fit &= read != null;
                trail.leave();
            }
            numbers[count++] = number;
        }
        Work.hold(Place.HEAP, (count - held) * BYTES_OF_ELEMENT);
        return fit || trail.isComplete() ? Arrays.copyOf(numbers, count) : null;
    }

    private @Nullable Object array(TypeUse use) {
        List<Object> elements = list(use.parts().getFirst());
        if (!(use.type() instanceof Class<?> array)) {
            return elements;
        }
        return elements == null ? null
                : elements.toArray((Object[]) Array.newInstance(array.componentType(), elements.size()));
    }

    private @Nullable List<Object> list(TypeUse element) {
        var list = new ArrayList<>();
        boolean fit = elements(() -> {
            Object value = present(element);
            if (value == null) {
                Hole.of(element.type()).ifPresent(list::add);
            } else {
                list.add(value);
            }
            return value != null;
        });
        return fit || trail.isComplete() && Hole.of(element.type()).isPresent() ? list : null;
    }

    /** @return whether all fit */
    private boolean elements(BooleanSupplier read) {
        boolean fit = true;
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            trail.enter(i);
            Work.hold(Place.HEAP, BYTES_OF_ELEMENT);
            fit &= read.getAsBoolean();
            trail.leave();
        }
        return fit;
    }

    private @Nullable Map<String, Object> map(TypeUse value) {
        var map = new LinkedHashMap<String, Object>();
        var wrong = new HashSet<String>();
        fields(name -> {
            Object read = present(value);
            Optional.ofNullable(read).or(() -> Hole.of(value.type())).ifPresent(part -> map.put(name, part));
            if (read == null) {
                wrong.add(name);
            }
        });
        return wrong.isEmpty() || trail.isComplete() ? map : null;
    }

    /** Reads the fields of the object here, each once. */
    void fields(Consumer<String> read) {
        var names = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            trail.enter(name);
            Work.hold(Place.HEAP, BYTES_OF_FIELD + 2L * name.length());
            if (names.add(name)) {
                read.accept(name);
            } else {
                wrong("is given twice");
            }
            trail.leave();
        }
    }

    /** The object is kept until its type is known, which need not be its first field. */
    private @Nullable Object choice(TypedChoice choice) {
        JsonParser around = parser;
        try (TokenBuffer buffer = TokenBuffer.forGeneration()) {
            copy(parser, buffer, () -> true);
            Optional<String> given = choice.given(buffer);
            try (JsonParser object = buffer.asParser()) {
                object.nextToken();
                parser = object;
                return objects.typed(choice, given);
            }
        } finally {
            parser = around;
        }
    }

    /** What is here as it was written, whatever is wrong with it; null if it is too much. */
    private @Nullable Object written(TypeUse use) {
        try (TokenBuffer buffer = TokenBuffer.forGeneration()) {
            if (!copy(parser, buffer, () -> ++kept <= Written.MOST_TOKENS)) {
                return wrong("is too large: all that is kept of a request as it was written may have " + Written.MOST_TOKENS
                        + " fields, items and numbers; store large parts, and name them by their ids");
            }
            int before = trail.size();
            try (JsonParser copy = buffer.asParser()) {
                copy.nextToken();
                new DocumentReader(copy, trail, checking, false).value(use);
            }
            try (JsonParser copy = buffer.asParser()) {
                return new Written<>(TREES.readTree(copy));
            } catch (JacksonException | ArithmeticException | NumberFormatException e) {
                if (trail.size() == before) {
                    trail.add("has a number that is none");
                }
                return null;
            }
        }
    }

    /** Copies the value here, whose last token is then the present one; false, and it is passed over, if there is no room. */
    private static boolean copy(JsonParser from, TokenBuffer to, BooleanSupplier hasRoom) {
        int open = 0;
        for (JsonToken token = from.currentToken(); token != null; token = open > 0 ? from.nextToken() : null) {
            if (!token.isStructEnd() && !hasRoom.getAsBoolean()) {
                skip(from, open);
                return false;
            }
            Work.hold(Place.HEAP, BYTES_OF_ELEMENT + (token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME
                    ? BYTES_OF_TEXT + 2L * from.getStringLength() : 0));
            to.copyCurrentEvent(from);
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return true;
    }

    /** Goes to the end of what is here and of so many arrays and objects around it. */
    private static void skip(JsonParser parser, int around) {
        parser.skipChildren();
        for (int open = around; open > 0; open -= parser.nextToken().isStructEnd() ? 1 : 0) {
            parser.skipChildren();
        }
    }

    JsonToken token() {
        return parser.currentToken();
    }

    /** Notes what is wrong with the value here, goes to its end, and is null. */
    <T> @Nullable T wrong(String detail) {
        trail.add(detail);
        parser.skipChildren();
        return null;
    }
}
