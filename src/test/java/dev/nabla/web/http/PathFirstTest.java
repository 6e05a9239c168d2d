package dev.nabla.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.PathContainer;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPatternParser;

class PathFirstTest {

    private static final List<String> SEGMENTS = List.of("a", "b", "ab", "{x}", "a{x}", "*", "a?", "{x:[ab]+}");

    /** What requests are mapped to. */
    private static final class Handlers {

        @SuppressWarnings("unused")
        void one() {}

        @SuppressWarnings("unused")
        void all() {}
    }

    @ParameterizedTest
    @CsvSource({"/v1/models/{id}, /v1/models", "/v1/networks, /v1/networks", "/v1/models/{id}/x, /v1/models", "/{*rest}, ''", "/a/**, /a",
        "/a/b{x}, /a", "/**, ''", "*, ''"})
    void aPatternBeginsWithItsPlainSegments(String pattern, String beginning) {
        assertThat(PathFirst.beginning(pattern)).isEqualTo(beginning);
    }

    @Test
    void noPathMatchesAPatternThatBeginsWithSomethingElse() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int matching = 0;
        for (int i = 0; i < 50_000; i++) {
            String pattern = path(random, _ -> SEGMENTS.get(random.nextInt(SEGMENTS.size())))
                    + List.of("", "", "/**", "/{*rest}").get(random.nextInt(4));
            String path = path(random, _ -> SEGMENTS.get(random.nextInt(3)));
            // A name can be given to one segment only.
            if (pattern.indexOf("{x") == pattern.lastIndexOf("{x")
                    && PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path))) {
                matching++;
                assertThat(path).as("%s, seed %d", pattern, seed).startsWith(PathFirst.beginning(pattern));
            }
        }
        assertThat(matching).isGreaterThan(500);
    }

    private static String path(Random random, IntFunction<String> segment) {
        return "/" + IntStream.range(0, random.nextInt(1, 4)).mapToObj(segment).collect(Collectors.joining("/"));
    }

    @ParameterizedTest
    @CsvSource({"/v1/models/7, one", "/v1/mod%65ls/7, one", "/v1/models, all", "/v1/model%73, all", "/v1/models/7/x, ", "/v1/nothing, ", "/, "})
    void findsTheHandlerOfAPathHoweverThatIsWritten(String path, @Nullable String name) throws Exception {
        RequestMappingHandlerMapping mapping = new PathFirst().getRequestMappingHandlerMapping();
        for (String each : List.of("one", "all")) {
            mapping.registerMapping(RequestMappingInfo.paths(each.equals("one") ? "/v1/models/{id}" : "/v1/models")
                    .options(mapping.getBuilderConfiguration()).build(), new Handlers(), Handlers.class.getDeclaredMethod(each));
        }
        var request = new MockHttpServletRequest("GET", path);
        ServletRequestPathUtils.parseAndCache(request);
        var found = mapping.getHandler(request);
        assertThat(found == null ? null : ((HandlerMethod) found.getHandler()).getMethod().getName()).isEqualTo(name);
    }
}
