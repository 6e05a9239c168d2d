package dev.nabla.documents;

import dev.nabla.problems.Problem;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What constraint annotations say of a value: how large a number is, how many items or characters (which are code points, as
 * in JSON Schema) there are, and which characters. They may stand on an annotation of our own, which then means them.
 *
 * @param least what a number is not below
 * @param most what a number is not above
 * @param size how many items or characters there are
 * @param pattern what a text is as a whole
 */
public record Bounds(Optional<Limit> least, Optional<Limit> most, Optional<Count> size, Optional<Form> pattern) {

    static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A number that a value may not go beyond, and whether it may be it. */
    public record Limit(String text, double number, boolean inclusive) {

        private Limit(String text, boolean inclusive) {
            this(text, Double.parseDouble(text), inclusive);
        }

        public BigDecimal value() {
            return new BigDecimal(text);
        }

        /** @param distance of a value from here, to the side that is allowed */
        private boolean allows(double distance) {
            return inclusive ? distance >= 0 : distance > 0;
        }
    }

    /** The least and the most that there are of something. */
    public record Count(int min, int max) {

        private boolean allows(int count) {
            return count >= min && count <= max;
        }
    }

    /** What a text is to match, and what is said where it does not. */
    public record Form(Pattern pattern, String message) {}

    static Bounds of(AnnotatedElement element) {
        List<Annotation> all = Arrays.stream(element.getAnnotations()).flatMap(annotation -> Stream.concat(
                Stream.of(annotation), Arrays.stream(annotation.annotationType().getAnnotations()))).toList();
        var bounds = new Bounds(all.stream().flatMap(Bounds::least).findFirst(), all.stream().flatMap(Bounds::most).findFirst(),
                all.stream().flatMap(Bounds::size).findFirst(), all.stream().flatMap(Bounds::pattern).findFirst());
        return bounds.equals(NONE) ? NONE : bounds;
    }

    private static Stream<Count> size(Annotation annotation) {
        return annotation instanceof Size size ? Stream.of(new Count(size.min(), size.max())) : Stream.empty();
    }

    private static Stream<Form> pattern(Annotation annotation) {
        return annotation instanceof jakarta.validation.constraints.Pattern pattern
                ? Stream.of(new Form(Pattern.compile(pattern.regexp()), pattern.message())) : Stream.empty();
    }

    private static Stream<Limit> least(Annotation annotation) {
        return switch (annotation) {
            case Min min -> Stream.of(new Limit(String.valueOf(min.value()), true));
            case DecimalMin min -> Stream.of(new Limit(min.value(), min.inclusive()));
            case Positive _ -> Stream.of(new Limit("0", false));
            case PositiveOrZero _ -> Stream.of(new Limit("0", true));
            default -> Stream.empty();
        };
    }

    private static Stream<Limit> most(Annotation annotation) {
        return switch (annotation) {
            case Max max -> Stream.of(new Limit(String.valueOf(max.value()), true));
            case DecimalMax max -> Stream.of(new Limit(max.value(), max.inclusive()));
            default -> Stream.empty();
        };
    }

    /** What is wrong with a value, if it is. */
    Optional<String> violation(Object value) {
        if (value instanceof Number number) {
            return isWithin(number.doubleValue()) ? Optional.empty()
                    : Optional.of("must be " + limits() + ", was " + value);
        }
        if (size.isEmpty() && pattern.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> ofSize = size.filter(allowed -> !allowed.allows(size(value)))
                .map(allowed -> "must have " + between(allowed) + (value instanceof String ? " character" : " item")
                        + ((allowed.max() == Integer.MAX_VALUE ? allowed.min() : allowed.max()) == 1 ? "" : "s")
                        + ", had " + size(value));
        return ofSize.or(() -> pattern.filter(allowed -> value instanceof String text && !allowed.pattern().matcher(text).matches())
                .map(Form::message));
    }

    /** Whether they say how large a number is. */
    boolean isOfNumbers() {
        return least.isPresent() || most.isPresent();
    }

    private boolean isWithin(double value) {
        return least.isEmpty() && most.isEmpty() || Double.isFinite(value)
                && least.map(limit -> limit.allows(value - limit.number())).orElse(true)
                && most.map(limit -> limit.allows(limit.number() - value)).orElse(true);
    }

    private String limits() {
        if (least.isPresent() && most.isPresent() && least.get().inclusive() && most.get().inclusive()) {
            return "between " + least.get().text() + " and " + most.get().text();
        }
        return Stream.of(least.map(limit -> (limit.inclusive() ? "at least " : "above ") + limit.text()),
                most.map(limit -> (limit.inclusive() ? "at most " : "below ") + limit.text()))
                .flatMap(Optional::stream).reduce((low, high) -> low + " and " + high).orElse("");
    }

    private static String between(Count allowed) {
        return allowed.max() == Integer.MAX_VALUE ? "at least " + allowed.min()
                : allowed.min() == 0 ? "at most " + allowed.max() : "between " + allowed.min() + " and " + allowed.max();
    }

    private static int size(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case Collection<?> items -> items.size();
            case Map<?, ?> fields -> fields.size();
            default -> Array.getLength(value);
        };
    }

    /** What is beyond the bounds of a record's fields, and of records in them; pointers begin with {@code pointer}. */
    public static List<Problem> problems(Record record, String pointer) {
        var problems = new ArrayList<Problem>();
        add(record, TypeUse.of(record.getClass()), pointer, problems);
        return problems;
    }

    private static void add(Object value, TypeUse use, String pointer, List<Problem> problems) {
        Optional<String> violation = use.bounds().violation(value);
        if (violation.isPresent()) {
            problems.add(Problem.of(pointer, violation.get()));
        } else if (value instanceof Record record) {
            RecordShape.of(record.getClass()).components().forEach(component -> component.valueIn(record).ifPresent(
                    part -> add(part, component.use(), pointer + "/" + component.name(), problems)));
        } else if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                add(items.get(i), use.parts().getFirst(), pointer + "/" + i, problems);
            }
        }
    }
}
