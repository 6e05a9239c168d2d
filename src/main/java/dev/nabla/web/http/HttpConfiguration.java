package dev.nabla.web.http;

import dev.nabla.web.Query;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What is looked at before a handler is called. */
@Configuration
class HttpConfiguration implements WebMvcConfigurer {

    static {
        // It is no parameter itself.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Query.class);
    }

    private final KnownParameters parameters;

    HttpConfiguration(KnownParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new AcceptableAnswers());
        registry.addInterceptor(parameters);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(parameters);
    }
}
