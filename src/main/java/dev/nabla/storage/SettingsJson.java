package dev.nabla.storage;

import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How settings of a training are stored where a record does not say it: a loss is its name, or an object of terms. */
@Configuration
class SettingsJson {

    @Bean
    SimpleModule objectives() {
        return new SimpleModule("objectives").addSerializer(Objective.class, new Serializer())
                .addDeserializer(Objective.class, new Deserializer());
    }

    private static final class Serializer extends StdSerializer<Objective> {

        private Serializer() {
            super(Objective.class);
        }

        @Override
        public void serialize(Objective objective, JsonGenerator generator, SerializationContext context) {
            generator.writePOJO(switch (objective) {
                case Loss loss -> loss.name();
                case EquationLoss loss -> Map.of("terms", loss.terms());
            });
        }
    }

    private static final class Deserializer extends StdDeserializer<Objective> {

        private Deserializer() {
            super(Objective.class);
        }

        @Override
        public Objective deserialize(JsonParser parser, DeserializationContext context) {
            return parser.currentToken() == JsonToken.START_OBJECT ? context.readValue(parser, EquationLoss.class)
                    : Loss.valueOf(parser.getString());
        }
    }
}
