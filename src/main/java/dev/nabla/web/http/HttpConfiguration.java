package dev.nabla.web.http;

import dev.nabla.web.IfMatch;
import dev.nabla.web.Query;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What is looked at before a handler is called. */
@Configuration
class HttpConfiguration implements WebMvcConfigurer {

    static {
        // They are no parameters themselves.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Query.class, IfMatch.class);
    }

    private final KnownParameters parameters;
    private final IfMatchArgument ifMatch;

    HttpConfiguration(KnownParameters parameters, TransactionTemplate transaction, ObjectProvider<JsonMapper> json) {
        this.parameters = parameters;
        this.ifMatch = new IfMatchArgument(transaction, json);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new AcceptableAnswers());
        registry.addInterceptor(parameters);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(parameters);
        resolvers.add(ifMatch);
    }
}
