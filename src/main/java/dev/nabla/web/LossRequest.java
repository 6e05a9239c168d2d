package dev.nabla.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/** A loss: a name, or terms written as equations. One of the two is null. */
@JsonDeserialize(using = LossRequest.Deserializer.class)
record LossRequest(@Nullable String name, @Nullable List<@Nullable Term> terms) {

    /** A term of a loss. */
    record Term(
            @Schema(description = "A value per sample over the network's names and the dataset's columns; it is squared "
                    + "(an array: the sum of its squared entries) and averaged over the samples.",
                    example = "D(z, x, x) + D(z, y, y)") @Nullable String equation,
            @Schema(description = "The id of a stored dataset; the training's own if left out.") @Nullable String dataset,
            @Schema(description = "1 if left out.", example = "1") @Nullable Double weight) {}

    /** The object in which terms are given. */
    record Terms(@Nullable List<@Nullable Term> terms) {}

    /** Reads a string or an object. */
    static final class Deserializer extends StdDeserializer<LossRequest> {

        Deserializer() {
            super(LossRequest.class);
        }

        @Override
        public LossRequest deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                return new LossRequest(null, context.readValue(parser, Terms.class).terms());
            }
            return new LossRequest(context.readValue(parser, String.class), null);
        }
    }
}
