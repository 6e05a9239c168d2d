package dev.nabla.storage;

import java.util.Optional;

/** What labels the items of a list must have: this name, and this tag among theirs, but not that one. */
public record LabelFilter(Optional<String> name, Optional<String> tag, Optional<String> withoutTag) implements Filter {

    public static final LabelFilter ALL = new LabelFilter(Optional.empty(), Optional.empty());

    public LabelFilter(Optional<String> name, Optional<String> tag) {
        this(name, tag, Optional.empty());
    }

    @Override
    public LabelFilter labels() {
        return this;
    }
}
