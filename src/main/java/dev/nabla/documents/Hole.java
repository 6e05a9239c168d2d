package dev.nabla.documents;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the place of something that is wrong, so that what is beside it can be looked at all the same. Whatever is
 * said of it is a consequence of what is wrong there already, and left out.
 */
final class Hole {

    private Hole() {}

    /** Empty for a type without a value that means nothing. */
    static Optional<Object> of(Type type) {
        return type == String.class ? Optional.of("")
                : type == double.class || type == Double.class || type == Object.class ? Optional.of(Double.NaN)
                : type == double[].class ? Optional.of(new double[0])
                : type instanceof Class<?> plain && plain.isRecord() && isPlain(plain) ? record(RecordShape.of(plain))
                : Optional.empty();
    }

    /** Whether it is written as an object. */
    private static boolean isPlain(Class<?> record) {
        return ValueForm.of(TypeUse.of(record)).getFirst().use().type() == record;
    }

    /** The record in which everything is left out or a hole itself. */
    private static Optional<Object> record(RecordShape shape) {
        var parts = new ArrayList<@Nullable Object>();
        for (RecordShape.Component component : shape.components()) {
            Optional<Object> hole = component.mayBeAbsent() ? Optional.empty() : of(component.use().type());
            if (!component.mayBeAbsent() && hole.isEmpty()) {
                return Optional.empty();
            }
            parts.add(component.mayBeAbsent() ? component.absent() : hole.get());
        }
        return Optional.of(shape.make(parts.toArray()));
    }
}
