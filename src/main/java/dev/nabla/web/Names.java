package dev.nabla.web;

import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Names, or how many there are.
 *
 * @param count where only the number was given
 */
@JsonDeserialize(using = Names.Deserializer.class)
record Names(List<String> names, OptionalInt count) {

    /** Reads an array of strings or an integer. */
    static final class Deserializer extends StdDeserializer<Names> {

        Deserializer() {
            super(Names.class);
        }

        @Override
        public Names deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                return new Names(List.of(), OptionalInt.of(context.readValue(parser, Integer.class)));
            }
            String[] names = context.readValue(parser, String[].class);
            return new Names(List.of(names), OptionalInt.empty());
        }
    }
}
