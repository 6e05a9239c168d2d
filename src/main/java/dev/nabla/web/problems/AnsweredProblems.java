package dev.nabla.web.problems;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Counts the problems that requests are answered with, by kind, and gives them the form that they are told in. */
@ControllerAdvice
class AnsweredProblems implements ResponseBodyAdvice<Object> {

    private final Map<URI, Counter> counters;

    AnsweredProblems(MeterRegistry registry) {
        this.counters = Arrays.stream(ProblemKind.values()).collect(Collectors.toMap(ProblemKind::type, kind ->
                Counter.builder("nabla.problems").description("Requests answered with a problem").tag("type", kind.slug())
                        .register(registry)));
    }

    @Override
    public boolean supports(MethodParameter answer, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter answer, MediaType type,
            Class<? extends HttpMessageConverter<?>> converter, ServerHttpRequest request, ServerHttpResponse response) {
        if (!(body instanceof ProblemDetail problem)) {
            return body;
        }
        count(problem);
        var told = ToldProblem.of(problem, request.getURI().getPath());
        response.setStatusCode(told.status());
        response.getHeaders().setContentType(told.type());
        return told.body();
    }

    void count(ProblemDetail problem) {
        Counter counter = counters.get(problem.getType());
        if (counter != null) {
            counter.increment();
        }
    }
}
