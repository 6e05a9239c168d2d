package dev.nabla.storage;

import java.util.Optional;
import java.util.UUID;

/** Which models a list has. */
public record ModelFilter(Optional<UUID> network, Optional<UUID> training, LabelFilter labels) implements Filter {

    public static final ModelFilter ALL = new ModelFilter(Optional.empty(), Optional.empty(), LabelFilter.ALL);
}
