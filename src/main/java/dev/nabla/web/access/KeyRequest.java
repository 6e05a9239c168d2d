package dev.nabla.web.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.storage.Owner;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** A key that is to be given out. */
record KeyRequest(
        @Schema(description = "On whose behalf its bearer works: all keys of one owner see the same.")
        @NotNull @Pattern(regexp = Owner.NAME, message = "must be 1 to 200 visible ASCII characters") String owner,
        @Schema(description = "Whether its bearer may give out keys and see what the service measures.")
        @JsonProperty(defaultValue = "false") boolean admin) {}
