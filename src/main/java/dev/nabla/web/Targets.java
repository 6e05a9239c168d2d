package dev.nabla.web;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/** The targets of a dataset: rows, or of each target its equation over the axes of a grid. One of the two is null. */
@JsonDeserialize(using = Targets.Deserializer.class)
record Targets(double @Nullable [][] rows, @Nullable LinkedHashMap<String, String> equations) {

    /** Reads an array or an object. */
    static final class Deserializer extends StdDeserializer<Targets> {

        Deserializer() {
            super(Targets.class);
        }

        @Override
        public Targets deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                JavaType equations = context.getTypeFactory().constructMapType(LinkedHashMap.class, String.class,
                        String.class);
                return new Targets(null, context.readValue(parser, equations));
            }
            return new Targets(context.readValue(parser, double[][].class), null);
        }
    }
}
