package dev.nabla.web.json;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses what cannot be accepted for its form: an Accept header that is malformed, or asks for no charset but others, and a
 * Content-Type that is none or names another charset.
 */
@Component
class AcceptableRanges extends OncePerRequestFilter {

    private final HandlerExceptionResolver resolver;

    AcceptableRanges(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String contentType = request.getContentType();
        if (contentType != null && !isUtf8(contentType)) {
            resolver.resolveException(request, response, null, new HttpMediaTypeNotSupportedException(
                    "the Content-Type must be a media type without wildcards, in UTF-8 if it names a charset"));
            return;
        }
        List<String> accept = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        List<MediaType> acceptable = inUtf8(accept);
        if (acceptable.isEmpty() && !accept.isEmpty()) {
            resolver.resolveException(new Accepting(request, List.of()), response, null,
                    new HttpMediaTypeNotAcceptableException("the Accept header must name media types, in UTF-8 if it names "
                            + "a charset"));
        } else {
            chain.doFilter(new Accepting(request, acceptable), response);
        }
    }

    private static boolean isUtf8(String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return type.isConcrete() && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static List<MediaType> inUtf8(List<String> accept) {
        try {
            return MediaType.parseMediaTypes(accept).stream().filter(range -> range.getCharset() == null
                    || range.getCharset().equals(StandardCharsets.UTF_8)).toList();
        } catch (InvalidMediaTypeException e) {
            return List.of();
        }
    }

    /** With another Accept header. */
    private static final class Accepting extends HttpServletRequestWrapper {

        private final List<String> accept;

        private Accepting(HttpServletRequest request, List<MediaType> accept) {
            super(request);
            this.accept = accept.isEmpty() ? List.of() : List.of(MediaType.toString(accept));
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCEPT) ? accept.isEmpty() ? null : accept.getFirst()
                    : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCEPT) ? Collections.enumeration(accept) : super.getHeaders(name);
        }
    }
}
