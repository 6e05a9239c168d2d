package dev.nabla.documents;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.nabla.problems.InvalidException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A form in which a value may be written.
 *
 * @param kind of its JSON
 * @param use what is read of that
 * @param maker makes the value of what is read; may throw {@link InvalidException}
 * @param words the only strings of the form; empty if it takes any or is none of strings
 * @param others what else a form of strings with words takes; empty if nothing
 */
public record ValueForm(JsonKind kind, TypeUse use, UnaryOperator<Object> maker, List<String> words, String others) {

    private static final ClassValue<List<ValueForm>> OF_CLASS = new ClassValue<>() {
        @Override
        protected List<ValueForm> computeValue(Class<?> type) {
            return ofClass(type);
        }
    };

    /** The forms of a type, in the order of their kinds. */
    static List<ValueForm> of(TypeUse use) {
        return use.type() instanceof Class<?> plain && (!plain.isArray() || plain.componentType().isPrimitive()) ? OF_CLASS.get(plain)
                : List.of(plain(new TypeUse(use.type(), false, Bounds.NONE, use.parts()), List.of()));
    }

    /** Those that a class states by {@link JsonForm}, in the order of their kinds. */
    public static List<ValueForm> stated(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(JsonForm.class))
                .map(ValueForm::of).sorted(Comparator.comparing(ValueForm::kind)).toList();
    }

    private static List<ValueForm> ofClass(Class<?> type) {
        if (type.isEnum()) {
            return List.of(plain(TypeUse.of(type), Words.ofEnum(type).words()));
        }
        if (type.isSealed() && type.isInterface() && !type.isAnnotationPresent(JsonTypeInfo.class)) {
            return Arrays.stream(type.getPermittedSubclasses()).flatMap(part -> OF_CLASS.get(part).stream())
                    .sorted(Comparator.comparing(ValueForm::kind)).toList();
        }
        List<ValueForm> forms = stated(type);
        return forms.isEmpty() ? List.of(plain(TypeUse.of(type), List.of())) : forms;
    }

    private static ValueForm plain(TypeUse use, List<String> words) {
        return new ValueForm(JsonKind.of(use.type()), use, UnaryOperator.identity(), words, "");
    }

    private static ValueForm of(Method maker) {
        TypeUse use = TypeUse.of(maker.getAnnotatedParameterTypes()[0], Bounds.of(maker.getParameters()[0]));
        maker.setAccessible(true);
        Optional<Method> lister = use.type() != String.class ? Optional.empty()
                : Arrays.stream(maker.getDeclaringClass().getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(JsonWords.class)).findFirst();
        List<String> words = lister.map(method -> strings(ValueForm.<List<?>>call(method))).orElse(List.of());
        return new ValueForm(JsonKind.of(use.type()), use, read -> call(maker, read), words,
                lister.map(method -> method.getAnnotation(JsonWords.class).others()).orElse(""));
    }

    private static List<String> strings(List<?> words) {
        return words.stream().map(String.class::cast).toList();
    }

    @SuppressWarnings("unchecked")
    private static <T> T call(Method method, Object... values) {
        method.setAccessible(true);
        return Reflected.value(() -> (T) method.invoke(null, values));
    }
}
