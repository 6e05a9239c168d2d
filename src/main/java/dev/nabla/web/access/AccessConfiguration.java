package dev.nabla.web.access;

import dev.nabla.storage.Owner;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Who may ask for what. */
@Configuration
class AccessConfiguration {

    /** What those may do who have no key, where one is needed. */
    static final GrantedAuthority NOBODY = new SimpleGrantedAuthority("nobody");

    /** What tells nothing of anybody: descriptions of the service, and whether it lives. */
    private static final RequestMatcher PUBLIC = new OrRequestMatcher(Stream.of("/", "/index.html", "/workbench/**", "/docs",
                    "/docs/**", "/swagger-ui.html", "/swagger-ui/**", "/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/**",
                    "/problems", "/problems/**", "/v2", "/v2/", "/v2/health/**", "/actuator/health", "/actuator/health/**")
            .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher).toList());
    private static final String[] OF_ADMINISTRATORS = {"/v1/keys", "/v1/keys/**", "/actuator", "/actuator/**"};
    /** Nothing but the service's own. */
    private static final String CONTENT = content("style-src 'self'");
    /** Swagger UI has styles in its elements and pictures in its styles. */
    private static final String CONTENT_OF_SWAGGER_UI = content("style-src 'self' 'unsafe-inline'");

    private static String content(String styles) {
        return "default-src 'none'; script-src 'self'; " + styles + "; img-src 'self' data:; font-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** A method that there is not is answered so by the server; paths that can be read in two ways are refused. */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    @Bean
    SecurityFilterChain access(HttpSecurity http, Openness openness, AccessSettings settings,
            OpaqueTokenIntrospector keys, ObjectProvider<JwtDecoder> decoder,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
        var tokens = new BearerTokens(keys, Optional.ofNullable(decoder.getIfAvailable()));
        AuthenticationEntryPoint unknown = (request, response, e) -> resolver.resolveException(request, response, null, e);
        AccessDeniedHandler denied = (request, response, e) -> resolver.resolveException(request, response, null, e);
        return http
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // No cookie says who somebody is, so no page of another origin can borrow it.
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.defaultsDisabled().contentTypeOptions(Customizer.withDefaults())
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        // Of two policies the first one stands.
                        .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                                PathPatternRequestMatcher.withDefaults().matcher("/swagger-ui/**"),
                                new ContentSecurityPolicyHeaderWriter(CONTENT_OF_SWAGGER_UI)))
                        .addHeaderWriter(new ContentSecurityPolicyHeaderWriter(CONTENT)))
                .anonymous(anonymous -> anonymous.principal(Owner.LOCAL.name())
                        .authorities(List.of(openness.isOpen() ? new SimpleGrantedAuthority(KeyIntrospector.ADMIN) : NOBODY)))
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(_ -> tokens)
                        .authenticationEntryPoint(unknown).accessDeniedHandler(denied))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(unknown).accessDeniedHandler(denied))
                .authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll()
                            .requestMatchers(PUBLIC).permitAll()
                            .requestMatchers(OF_ADMINISTRATORS).hasAuthority(KeyIntrospector.ADMIN);
                    if (openness.isOpen()) {
                        requests.anyRequest().permitAll();
                    } else {
                        requests.anyRequest().authenticated();
                    }
                })
                .addFilterAfter(new RequestOwner(RequestRate.of(settings), PUBLIC, resolver), AuthorizationFilter.class)
                .build();
    }
}
