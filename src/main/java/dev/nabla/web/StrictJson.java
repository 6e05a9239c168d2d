package dev.nabla.web;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** Reads JSON to the letter: what is not exactly what a request may say is an error, never converted or ignored. */
@Configuration
class StrictJson implements WebMvcConfigurer {

    private final JsonMapper mapper;

    StrictJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void configureMessageConverters(ServerBuilder converters) {
        converters.addCustomConverter(new RequestConverter(mapper));
    }

    /** The service's mapper, which the framework's own reading and writing uses too. */
    @Configuration
    static class Mapper {

        @Bean
        JsonMapperBuilderCustomizer strictness() {
            return builder -> {
                builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .withCoercionConfig(LogicalType.Textual, coercion -> List.of(CoercionInputShape.Integer,
                                CoercionInputShape.Float, CoercionInputShape.Boolean)
                                .forEach(shape -> coercion.setCoercion(shape, CoercionAction.Fail)))
                        .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                        .addModule(new SimpleModule().addDeserializer(Double.class, new FiniteDouble()));
            };
        }
    }

    /** A number that a double can hold: no 1e400, which would be infinite. */
    private static final class FiniteDouble extends StdScalarDeserializer<Double> {

        private FiniteDouble() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.currentToken().isNumeric()) {
                return (Double) context.handleUnexpectedToken(context.constructType(Double.class), parser);
            }
            double value = parser.getDoubleValue();
            if (!Double.isFinite(value)) {
                throw context.weirdNumberException(value, Double.class, RequestConverter.NOT_FINITE);
            }
            return value;
        }
    }
}
