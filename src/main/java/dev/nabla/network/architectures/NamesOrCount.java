package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import dev.nabla.language.Identifier;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.stream.IntStream;

/** The names of inputs, which a document may also give as their number n for x1 … xn. */
public record NamesOrCount(@JsonValue List<String> names) {

    public NamesOrCount {
        names = List.copyOf(names);
    }

    /** The names x1 … xn that a mere count stands for. */
    public static List<String> numbered(String letter, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> letter + i).toList();
    }

    @JsonForm
    static NamesOrCount of(@Size(min = 1, max = Architecture.MAX_INPUTS) List<@Identifier.Named String> names) {
        return new NamesOrCount(names);
    }

    @JsonForm
    static NamesOrCount of(@Min(1) @Max(Architecture.MAX_INPUTS) int count) {
        return new NamesOrCount(numbered("x", count));
    }
}
