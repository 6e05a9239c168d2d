package dev.nabla.web.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Looks a handler up by what its path begins with, then by its path, and then by headers: every request has the headers of many
 * handlers, and the path of few, and to compare a path with all of them takes longer than to compute a small network.
 */
@Component
class PathFirst implements WebMvcRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new ByPath();
    }

    private static final class ByPath extends RequestMappingHandlerMapping {

        private final Map<RequestMappingInfo, Set<String>> beginnings = new ConcurrentHashMap<>();

        @Override
        protected @Nullable HandlerMethod lookupHandlerMethod(String lookupPath, HttpServletRequest request) throws Exception {
            return super.lookupHandlerMethod(lookupPath, new LookedUp(request, lookupPath));
        }

        @Override
        protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo info, HttpServletRequest request) {
            PathPatternsRequestCondition paths = info.getPathPatternsCondition();
            boolean hasPath = paths == null || (!(request instanceof LookedUp lookedUp)
                    || lookedUp.beginsWithAny(beginnings(info, paths)))
                    && paths.getMatchingCondition(request) != null;
            return hasPath ? super.getMatchingMapping(info, request) : null;
        }

        private Set<String> beginnings(RequestMappingInfo info, PathPatternsRequestCondition paths) {
            Set<String> known = beginnings.get(info);
            return known != null ? known : beginnings.computeIfAbsent(info, _ -> paths.getPatternValues().stream()
                    .map(PathFirst::beginning).collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** The segments before the first that is none of plain text, as {@code /v1/models} of {@code /v1/models/{id}}. */
    static String beginning(String pattern) {
        int plain = 0;
        while (plain < pattern.length() && "{*?".indexOf(pattern.charAt(plain)) < 0) {
            plain++;
        }
        return plain == pattern.length() ? pattern : pattern.substring(0, Math.max(0, pattern.lastIndexOf('/', plain)));
    }

    /** A request with its path at hand, which others look up among its attributes. */
    private static final class LookedUp extends HttpServletRequestWrapper {

        private final String path;
        /** What is written so may begin with something else. */
        private final boolean isEncoded;

        private LookedUp(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
            this.isEncoded = path.indexOf('%') >= 0;
        }

        private boolean beginsWithAny(Set<String> beginnings) {
            if (isEncoded) {
                return true;
            }
            for (String beginning : beginnings) {
                if (path.startsWith(beginning)) {
                    return true;
                }
            }
            return false;
        }
    }
}
