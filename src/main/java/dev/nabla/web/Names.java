package dev.nabla.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Names, or how many there are.
 *
 * @param count where only the number was given
 */
record Names(List<String> names, OptionalInt count) {

    @JsonCreator
    static Names of(List<String> names) {
        return new Names(names, OptionalInt.empty());
    }

    @JsonCreator
    static Names of(int count) {
        return new Names(List.of(), OptionalInt.of(count));
    }
}
