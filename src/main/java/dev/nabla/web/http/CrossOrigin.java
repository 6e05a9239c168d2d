package dev.nabla.web.http;

import dev.nabla.web.problems.ProblemKind;
import java.io.IOException;
import java.util.List;
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
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * To which origins pages may belong that call the API from a browser: to none but its own, unless they are named. Before all
 * other filters, so that such a page can read their refusals.
 */
@Configuration
class CrossOrigin {

    @Bean
    FilterRegistrationBean<CorsFilter> crossOriginFilter(AllowedOrigins origins, JsonMapper mapper) {
        List<String> allowed = origins.allowedOrigins();
        var source = new UrlBasedCorsConfigurationSource();
        if (!allowed.isEmpty()) {
            source.registerCorsConfiguration("/v1/**", configuration(allowed));
        }
        var filter = new CorsFilter(source);
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
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    private static CorsConfiguration configuration(List<String> allowed) {
        var configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(allowed);
        configuration.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.POST.name(),
                HttpMethod.DELETE.name()));
        configuration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        configuration.setExposedHeaders(List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER,
                "Preference-Applied"));
        return configuration;
    }
}
