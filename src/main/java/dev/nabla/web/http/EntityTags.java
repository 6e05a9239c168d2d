package dev.nabla.web.http;

import dev.nabla.web.problems.Api;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.boot.web.server.Compression;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every answer to GET of the API a strong entity tag, a hash of the very bytes that are sent, and answers 304 to those
 * who have them (RFC 9110, sections 8.8.3 and 13.1.2). The server compresses nothing that has a strong tag, so that is done
 * here: compressed bytes have a tag of their own.
 */
@Component
class EntityTags extends OncePerRequestFilter {

    private static final Set<String> SAFE = Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name());

    private final Compression compression;

    EntityTags(ServerProperties server) {
        this.compression = server.getCompression();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod()) || Api.of(request.getServletPath()).isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var tagged = new TaggedResponse(response, compression, request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
            chain.doFilter(request, tagged);
            tagged.send(request.getHeader(HttpHeaders.IF_NONE_MATCH));
        }
    }
}
