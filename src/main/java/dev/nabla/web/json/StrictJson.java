package dev.nabla.web.json;

import dev.nabla.documents.Document;
import dev.nabla.expression.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** The one form of requests and answers, JSON, read to the letter and written with numbers that are read back alike. */
@Configuration
class StrictJson implements WebMvcConfigurer {

    private final JsonMapper mapper;

    StrictJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void configureMessageConverters(ServerBuilder converters) {
        converters.addCustomConverter(new RequestConverter(mapper));
        converters.withJsonConverter(new Answers(mapper));
        converters.configureMessageConvertersList(list -> list.removeIf(converter ->
                converter.getSupportedMediaTypes().contains(MediaType.APPLICATION_YAML)));
    }

    /** The framework's own converter, which leaves documents to ours: one of another media type, as of any +json, is read by none. */
    private static final class Answers extends JacksonJsonHttpMessageConverter {

        private Answers(JsonMapper mapper) {
            super(mapper);
        }

        @Override
        public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
            return type.toClass() != Document.class && super.canRead(type, mediaType);
        }

        @Override
        public List<MediaType> getSupportedMediaTypes(Class<?> type) {
            return type == Document.class ? List.of() : super.getSupportedMediaTypes(type);
        }
    }

    /** The service's mapper, which the framework's own writing uses too. */
    @Configuration
    static class Mapper {

        @Bean
        JsonMapperBuilderCustomizer numbers() {
            return builder -> builder.addModule(new SimpleModule().addSerializer(Double.class, new OneNumber())
                    .addSerializer(double.class, new OneNumber()).addSerializer(double[].class, new Numbers()));
        }
    }

    /** JSON has no NaN and no Infinity: what is not finite is null. */
    private static void write(double number, JsonGenerator generator) {
        if (Double.isFinite(number)) {
            generator.writeNumber(Decimal.withoutSignOfZero(number));
        } else {
            generator.writeNull();
        }
    }

    private static final class OneNumber extends StdSerializer<Double> {

        private OneNumber() {
            super(Double.class);
        }

        @Override
        public void serialize(Double number, JsonGenerator generator, SerializationContext context) {
            write(number, generator);
        }
    }

    private static final class Numbers extends StdSerializer<double[]> {

        private Numbers() {
            super(double[].class);
        }

        @Override
        public void serialize(double[] numbers, JsonGenerator generator, SerializationContext context) {
            generator.writeStartArray(numbers, numbers.length);
            for (double number : numbers) {
                write(number, generator);
            }
            generator.writeEndArray();
        }
    }
}
