package dev.nabla.web.trainings;

import dev.nabla.datasets.Samples;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** What trainings that are accepted together have in common: equal networks are stored once, and stored datasets read once. */
public final class Together {

    /** So many are kept; what more there is is read again. */
    private static final long MOST_NUMBERS = 10_000_000;

    private final Map<Object, UUID> networks = new HashMap<>();
    private final Map<UUID, Optional<Samples>> samples = new HashMap<>();
    private long numbers;

    /** @param document what the network is written as */
    UUID network(Object document, Supplier<UUID> stored) {
        return networks.computeIfAbsent(document, _ -> stored.get());
    }

    Optional<Samples> samples(UUID id, Function<UUID, Optional<Samples>> stored) {
        Optional<Samples> known = samples.get(id);
        if (known != null) {
            return known;
        }
        Optional<Samples> found = stored.apply(id);
        numbers += found.map(rows -> (long) rows.inputs().length + rows.targets().length).orElse(0L);
        if (numbers <= MOST_NUMBERS) {
            samples.put(id, found);
        }
        return found;
    }
}
