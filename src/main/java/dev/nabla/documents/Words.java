package dev.nabla.documents;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.problems.Misspelling;
import dev.nabla.problems.Problem;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words of an enum: what {@link JsonProperty} says of each constant, and other spellings by {@link JsonAlias}. */
public final class Words<E extends Enum<E>> {

    private static final ClassValue<Words<?>> OF_CLASS = new ClassValue<>() {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        protected Words<?> computeValue(Class<?> type) {
            return new Words(type);
        }
    };

    private final Map<String, E> all = new LinkedHashMap<>();
    private final Map<E, String> first = new LinkedHashMap<>();

    private Words(Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            String word = requireNonNull(field(type, constant).getAnnotation(JsonProperty.class), "no word").value();
            first.put(constant, word);
            all.put(word, constant);
            JsonAlias alias = field(type, constant).getAnnotation(JsonAlias.class);
            if (alias != null) {
                Arrays.stream(alias.value()).forEach(spelling -> all.put(spelling, constant));
            }
        }
    }

    @SuppressWarnings("unchecked")
    public static <E extends Enum<E>> Words<E> of(Class<E> type) {
        return (Words<E>) OF_CLASS.get(type);
    }

    /** The same for a class of which no more is known than that it is an enum. */
    public static Words<?> ofEnum(Class<?> type) {
        return OF_CLASS.get(type);
    }

    private static Field field(Class<?> type, Enum<?> constant) {
        try {
            return type.getField(constant.name());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    public String word(E constant) {
        return requireNonNull(first.get(constant));
    }

    /** One for each constant. */
    public List<String> words() {
        return List.copyOf(first.values());
    }

    public Optional<E> find(String word) {
        return Optional.ofNullable(all.get(word));
    }

    /** The constant of the word, or {@code otherwise} where none is given; the word of none is added as a problem. */
    public E choose(@Nullable String word, E otherwise, String pointer, List<Problem> problems) {
        if (word == null) {
            return otherwise;
        }
        Optional<E> found = find(word);
        if (found.isEmpty()) {
            problems.add(Problem.of(pointer, mustBe(words(), word)));
        }
        return found.orElse(otherwise);
    }

    static String mustBe(List<String> words, String word) {
        return Misspelling.mustBe(String.join(", ", words), words, word);
    }
}
