package dev.nabla.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some consecutive items of a list, newest first.
 *
 * @param next where the list goes on; empty at its end
 */
public record Slice<T>(List<T> items, Optional<Position> next) {

    /** @param found the items of the slice and, where the list goes on, one more */
    static <T> Slice<T> of(List<T> found, int size, Function<T, Position> position) {
        return found.size() <= size ? new Slice<>(found, Optional.empty())
                : new Slice<>(List.copyOf(found.subList(0, size)), Optional.of(position.apply(found.get(size - 1))));
    }

    public <R> Slice<R> map(Function<T, R> mapping) {
        return new Slice<>(items.stream().map(mapping).toList(), next);
    }
}
