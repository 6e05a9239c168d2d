package dev.nabla.documents;

import dev.nabla.problems.Problem;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a field's constraint annotations say of its value: how large a number is, or how many items there are. */
public final class Bounds {

    private final Optional<Limit> least;
    private final Optional<Limit> most;
    private final Optional<Size> size;

    private Bounds(Optional<Limit> least, Optional<Limit> most, Optional<Size> size) {
        this.least = least;
        this.most = most;
        this.size = size;
    }

    /** A number that a value may not go beyond, and whether it may be it. */
    private record Limit(String text, boolean inclusive) {

        private static Limit of(long value) {
            return new Limit(Long.toString(value), true);
        }

        /** @param distance of a value from here, to the side that is allowed */
        private boolean allows(double distance) {
            return inclusive ? distance >= 0 : distance > 0;
        }

        private double value() {
            return Double.parseDouble(text);
        }
    }

    static Bounds of(Field field) {
        Optional<Limit> least = first(List.of(annotation(field, Min.class).map(min -> Limit.of(min.value())),
                annotation(field, DecimalMin.class).map(min -> new Limit(min.value(), min.inclusive())),
                annotation(field, Positive.class).map(_ -> new Limit("0", false)),
                annotation(field, PositiveOrZero.class).map(_ -> new Limit("0", true))));
        Optional<Limit> most = first(List.of(annotation(field, Max.class).map(max -> Limit.of(max.value())),
                annotation(field, DecimalMax.class).map(max -> new Limit(max.value(), max.inclusive()))));
        return new Bounds(least, most, annotation(field, Size.class));
    }

    private static <A extends java.lang.annotation.Annotation> Optional<A> annotation(Field field, Class<A> type) {
        return Optional.ofNullable(field.getAnnotation(type));
    }

    private static Optional<Limit> first(List<Optional<Limit>> limits) {
        return limits.stream().flatMap(Optional::stream).findFirst();
    }

    /** What is wrong with a value, if it is. */
    Optional<String> violation(Object value) {
        if (value instanceof Number number) {
            return isWithin(number.doubleValue()) ? Optional.empty()
                    : Optional.of("must be " + limits() + ", was " + value);
        }
        return size.filter(allowed -> size(value) < allowed.min() || size(value) > allowed.max())
                .map(allowed -> "must have " + between(allowed) + " " + (value instanceof String ? "characters" : "items")
                        + ", had " + size(value));
    }

    private boolean isWithin(double value) {
        return least.isEmpty() && most.isEmpty() || Double.isFinite(value)
                && least.map(limit -> limit.allows(value - limit.value())).orElse(true)
                && most.map(limit -> limit.allows(limit.value() - value)).orElse(true);
    }

    private String limits() {
        if (least.isPresent() && most.isPresent() && least.get().inclusive() && most.get().inclusive()) {
            return "between " + least.get().text() + " and " + most.get().text();
        }
        return Stream.of(least.map(limit -> (limit.inclusive() ? "at least " : "above ") + limit.text()),
                most.map(limit -> (limit.inclusive() ? "at most " : "below ") + limit.text()))
                .flatMap(Optional::stream).reduce((low, high) -> low + " and " + high).orElse("");
    }

    private static String between(Size allowed) {
        return allowed.max() == Integer.MAX_VALUE ? "at least " + allowed.min()
                : allowed.min() == 0 ? "at most " + allowed.max() : "between " + allowed.min() + " and " + allowed.max();
    }

    private static int size(Object value) {
        return switch (value) {
            case String text -> text.length();
            case Collection<?> items -> items.size();
            case Map<?, ?> fields -> fields.size();
            default -> Array.getLength(value);
        };
    }

    /** What is beyond the bounds of a record's fields, and of records in them; pointers begin with {@code pointer}. */
    public static List<Problem> problems(Record record, String pointer) {
        var problems = new ArrayList<Problem>();
        add(record, pointer, problems);
        return problems;
    }

    private static void add(Object value, String pointer, List<Problem> problems) {
        if (value instanceof Record record) {
            for (RecordShape.Component component : RecordShape.of(record.getClass()).components()) {
                component.valueIn(record).ifPresent(part -> {
                    String place = pointer + "/" + component.name();
                    Optional<String> violation = component.bounds().violation(part);
                    violation.ifPresentOrElse(detail -> problems.add(Problem.of(place, detail)),
                            () -> add(part, place, problems));
                });
            }
        } else if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                add(items.get(i), pointer + "/" + i, problems);
            }
        }
    }
}
