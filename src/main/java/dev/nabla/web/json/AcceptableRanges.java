package dev.nabla.web.json;

import dev.nabla.web.problems.Api;
import dev.nabla.web.problems.EncodedBodyException;
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
import java.util.stream.Stream;
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
 * Refuses what cannot be accepted for its form: an Accept header that is malformed, or asks for no charset but others, a
 * Content-Type that is none or names another charset, and a body that is encoded.
 */
@Component
class AcceptableRanges extends OncePerRequestFilter {

    /** What answers the API has. */
    private static final List<MediaType> ANSWERS = List.of(MediaType.APPLICATION_JSON, new MediaType("text", "csv"),
            new MediaType("application", "x-npy"),
            MediaType.TEXT_EVENT_STREAM, new MediaType("application", "zip"), MediaType.APPLICATION_OCTET_STREAM);
    private static final String IDENTITY = "identity";

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
        List<String> encodings = Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING));
        if (!encodings.stream().allMatch(IDENTITY::equalsIgnoreCase)) {
            resolver.resolveException(request, response, null, new EncodedBodyException(String.join(", ", encodings)));
            return;
        }
        List<String> accept = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        List<MediaType> acceptable = inUtf8(accept, Api.of(request.getRequestURI()).isPresent() ? ANSWERS : List.of());
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

    /** @param answers what ranges stand for of which some are not acceptable; empty where that is not known */
    private static List<MediaType> inUtf8(List<String> accept, List<MediaType> answers) {
        try {
            return wanted(MediaType.parseMediaTypes(accept), answers).filter(range -> range.getCharset() == null
                    || range.getCharset().equals(StandardCharsets.UTF_8)).toList();
        } catch (InvalidMediaTypeException e) {
            return List.of();
        }
    }

    /** Without what has the weight 0, which is not acceptable (RFC 9110, section 12.4.2), also where a wider range has another. */
    private static Stream<MediaType> wanted(List<MediaType> ranges, List<MediaType> answers) {
        List<MediaType> refused = ranges.stream().filter(range -> range.getQualityValue() == 0).toList();
        return refused.isEmpty() ? ranges.stream() : ranges.stream().filter(range -> range.getQualityValue() > 0)
                .flatMap(range -> (range.isConcrete() || answers.isEmpty() ? Stream.of(range)
                        : answers.stream().filter(range::includes).map(answer -> answer.copyQualityValue(range)))
                        .filter(answer -> refused.stream().noneMatch(other -> other.includes(answer)
                                && wildcards(other) <= wildcards(range))));
    }

    private static int wildcards(MediaType range) {
        return range.isWildcardType() ? 2 : range.isWildcardSubtype() ? 1 : 0;
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
