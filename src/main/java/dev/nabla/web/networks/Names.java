package dev.nabla.web.networks;

import dev.nabla.documents.JsonForm;
import java.util.List;
import java.util.OptionalInt;

/**
 * Names, or how many there are.
 *
 * @param count where only the number was given
 */
record Names(List<String> names, OptionalInt count) {

    @JsonForm
    static Names of(List<String> names) {
        return new Names(names, OptionalInt.empty());
    }

    @JsonForm
    static Names of(int count) {
        return new Names(List.of(), OptionalInt.of(count));
    }
}
