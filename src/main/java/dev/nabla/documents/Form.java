package dev.nabla.documents;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.nabla.problems.InvalidException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A form in which a value may be written.
 *
 * @param kind of its JSON
 * @param type what is read of that
 * @param maker makes the value of what is read; may throw {@link InvalidException}
 * @param words the only strings of the form; empty if it takes any or is none of strings
 */
record Form(JsonKind kind, Type type, UnaryOperator<Object> maker, List<String> words) {

    private static final ClassValue<List<Form>> OF_CLASS = new ClassValue<>() {
        @Override
        protected List<Form> computeValue(Class<?> type) {
            return ofClass(type);
        }
    };

    /** The forms of a type, in the order of their kinds. */
    static List<Form> of(Type type) {
        return type instanceof Class<?> plain ? OF_CLASS.get(plain) : List.of(plain(type, List.of()));
    }

    private static List<Form> ofClass(Class<?> type) {
        if (type.isEnum()) {
            return List.of(plain(type, words(type)));
        }
        if (type.isSealed() && type.isInterface() && !type.isAnnotationPresent(JsonTypeInfo.class)) {
            return Arrays.stream(type.getPermittedSubclasses()).flatMap(part -> of(part).stream())
                    .sorted(Comparator.comparing(Form::kind)).toList();
        }
        List<Form> forms = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonForm.class)).map(Form::of)
                .sorted(Comparator.comparing(Form::kind)).toList();
        return forms.isEmpty() ? List.of(plain(type, List.of())) : forms;
    }

    private static Form plain(Type type, List<String> words) {
        return new Form(JsonKind.of(type), type, UnaryOperator.identity(), words);
    }

    private static Form of(Method maker) {
        Type type = maker.getGenericParameterTypes()[0];
        maker.setAccessible(true);
        List<String> words = type != String.class ? List.of() : Arrays.stream(maker.getDeclaringClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonWords.class)
                        && method.getAnnotation(JsonWords.class).others().isEmpty()).findFirst()
                .map(method -> strings(Form.<List<?>>call(method))).orElse(List.of());
        return new Form(JsonKind.of(type), type, read -> call(maker, read), words);
    }

    /** The spellings of an enum that are written. */
    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(constant -> Words.word(type, (Enum<?>) constant)).toList();
    }

    private static List<String> strings(List<?> words) {
        return words.stream().map(String.class::cast).toList();
    }

    @SuppressWarnings("unchecked")
    private static <T> T call(Method method, Object... values) {
        try {
            method.setAccessible(true);
            return (T) method.invoke(null, values);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        } catch (InvocationTargetException e) {
            throw Optional.ofNullable(e.getCause()).filter(InvalidException.class::isInstance).map(InvalidException.class::cast)
                    .orElseThrow(() -> new IllegalStateException(e));
        }
    }
}
