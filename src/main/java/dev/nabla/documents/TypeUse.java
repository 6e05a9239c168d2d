package dev.nabla.documents;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A type where a document uses it.
 *
 * @param type without an Optional or a Change around it
 * @param isNullable whether it is said to be null or empty
 * @param bounds what is said of its values
 * @param parts that of the elements of an array, or those of the arguments of a generic type
 */
public record TypeUse(Type type, boolean isNullable, Bounds bounds, List<TypeUse> parts) {

    private static final Map<Type, Class<?>> OPTIONALS = Map.of(OptionalInt.class, int.class, OptionalLong.class,
            long.class, OptionalDouble.class, double.class);

    private static final Set<Type> WRAPPERS = Set.of(Optional.class, Change.class);

    private static final ClassValue<TypeUse> OF_CLASS = new ClassValue<>() {
        @Override
        protected TypeUse computeValue(Class<?> type) {
            return new TypeUse(type, false, Bounds.NONE, type.isArray() ? List.of(of(type.componentType())) : List.of());
        }
    };

    /** Of a class of which nothing more is said. */
    public static TypeUse of(Class<?> type) {
        return OF_CLASS.get(type);
    }

    /** Of a type of which nothing more is said. */
    static TypeUse of(Type type) {
        return type instanceof Class<?> plain ? of(plain) : new TypeUse(type, false, Bounds.NONE,
                Arrays.stream(((ParameterizedType) type).getActualTypeArguments()).map(TypeUse::of).toList());
    }

    /**
     * Of what a field or a parameter is said to be.
     *
     * @param bounds of the whole, which in front of an array of numbers stand at the number
     */
    static TypeUse of(AnnotatedType use, Bounds bounds) {
        boolean isNullable = use.isAnnotationPresent(Nullable.class);
        return switch (use) {
            case AnnotatedArrayType array -> new TypeUse(array.getType(), isNullable, bounds,
                    List.of(elements(array.getAnnotatedGenericComponentType())));
            case AnnotatedParameterizedType generic -> generic(generic, isNullable, bounds);
            default -> new TypeUse(Optional.<Type>ofNullable(OPTIONALS.get(use.getType())).orElse(use.getType()),
                    isNullable || OPTIONALS.containsKey(use.getType()), bounds, List.of());
        };
    }

    private static TypeUse elements(AnnotatedType use) {
        return of(use, use instanceof AnnotatedArrayType ? Bounds.of(use) : Bounds.NONE);
    }

    private static TypeUse generic(AnnotatedParameterizedType use, boolean isNullable, Bounds bounds) {
        List<TypeUse> parts = Arrays.stream(use.getAnnotatedActualTypeArguments()).map(part -> of(part, Bounds.of(part)))
                .toList();
        return WRAPPERS.contains(((ParameterizedType) use.getType()).getRawType())
                ? new TypeUse(parts.getFirst().type(), true, bounds, parts.getFirst().parts())
                : new TypeUse(use.getType(), isNullable, bounds, parts);
    }
}
