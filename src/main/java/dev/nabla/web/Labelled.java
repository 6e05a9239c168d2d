package dev.nabla.web;

import dev.nabla.storage.LabelFilter;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What labels the items of a list are to have, as it is written in the query. */
public record Labelled(
        @Parameter(description = "Only those of exactly this name.") @Nullable String name,
        @Parameter(description = "Only those with this tag.") @Nullable String tag,
        @Parameter(description = "Only those without this tag.") @Nullable String withoutTag) {

    /** What is wrong with it is added to what is wrong with the query. */
    public LabelFilter filter(Query query) {
        return new LabelFilter(query.text("name", name), query.text("tag", tag), query.text("withoutTag", withoutTag));
    }
}
