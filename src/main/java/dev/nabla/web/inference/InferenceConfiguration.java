package dev.nabla.web.inference;

import dev.nabla.web.json.RequestConverter;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Requests of the protocol are read before all others, as they may have more than JSON. */
@Configuration
class InferenceConfiguration implements WebMvcConfigurer {

    private final JsonMapper mapper;

    InferenceConfiguration(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void configureMessageConverters(ServerBuilder converters) {
        converters.configureMessageConvertersList(list -> list.addFirst(new InferenceConverter(new RequestConverter(mapper))));
    }
}
