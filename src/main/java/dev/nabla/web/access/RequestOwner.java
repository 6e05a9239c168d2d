package dev.nabla.web.access;

import dev.nabla.storage.Owner;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Says on whose behalf a request is done, and counts those of one key. */
final class RequestOwner extends OncePerRequestFilter {

    private final Optional<RequestRate> rate;
    private final RequestMatcher uncounted;
    private final HandlerExceptionResolver resolver;

    /** @param uncounted what everybody may ask for, and so as often as he likes with a key too */
    RequestOwner(Optional<RequestRate> rate, RequestMatcher uncounted, HandlerExceptionResolver resolver) {
        this.rate = rate;
        this.uncounted = uncounted;
        this.resolver = resolver;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || authentication.getAuthorities().contains(AccessConfiguration.NOBODY)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            rate.filter(_ -> !uncounted.matches(request)).ifPresent(counted -> counted.count(key(authentication)));
        } catch (TooManyRequestsException e) {
            resolver.resolveException(request, response, null, e);
            return;
        }
        try {
            new Owner(authentication.getName()).call(() -> {
                chain.doFilter(request, response);
                return authentication;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static String key(Authentication authentication) {
        return authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal
                ? String.valueOf(principal.<Object>getAttribute(KeyIntrospector.KEY)) : authentication.getName();
    }
}
