package dev.nabla.web.http;

import dev.nabla.web.problems.Api;
import dev.nabla.web.problems.ProblemKind;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * To which origins pages may belong that call the API from a browser: to none but its own, unless they are named. Before all
 * other filters, so that such a page can read their refusals.
 */
@Configuration
class CrossOrigin {

    private static final Set<String> CHANGING =
            Set.of(HttpMethod.POST.name(), HttpMethod.PUT.name(), HttpMethod.PATCH.name(), HttpMethod.DELETE.name());

    @Bean
    FilterRegistrationBean<CorsFilter> crossOriginFilter(AllowedOrigins origins, JsonMapper mapper) {
        List<String> allowed = origins.allowedOrigins();
        CorsConfiguration configuration = configuration(allowed);
        // A browser sends some requests without asking first: where no origin is named, those that change something are refused.
        var filter = new CorsFilter(request -> Api.of(request.getRequestURI()).isPresent()
                && (!allowed.isEmpty() || CHANGING.contains(request.getMethod())) ? configuration : null);
        filter.setCorsProcessor(new DefaultCorsProcessor() {
            @Override
            protected void rejectRequest(ServerHttpResponse response) throws IOException {
                response.setStatusCode(ProblemKind.ORIGIN_NOT_ALLOWED.status());
                response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
                response.getBody().write(mapper.writeValueAsBytes(ProblemKind.ORIGIN_NOT_ALLOWED.problem(
                        "pages of this origin may not do this; nabla.cors.allowed-origins names those that may call the API")));
                response.flush();
            }
        });
        var registration = new FilterRegistrationBean<>(filter);
        // Behind what knows from a proxy's headers which origin is the service's own.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    private static CorsConfiguration configuration(List<String> allowed) {
        var configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(allowed);
        configuration.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.POST.name(),
                HttpMethod.PUT.name(), HttpMethod.PATCH.name(), HttpMethod.DELETE.name()));
        configuration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        configuration.setExposedHeaders(List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER,
                "Preference-Applied"));
        return configuration;
    }
}
