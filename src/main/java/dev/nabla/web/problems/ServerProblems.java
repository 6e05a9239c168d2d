package dev.nabla.web.problems;

import dev.nabla.web.limits.AnswersAtOnce;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** What never comes to a handler, or asks for an answer in a form that there is not, is answered by a problem too. */
@AnswersAtOnce
@Controller
class ServerProblems implements ErrorController, WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final JsonMapper mapper;
    private final ObjectProvider<RequestMappingInfoHandlerMapping> mappings;
    private final AnsweredProblems answered;

    ServerProblems(JsonMapper mapper, ObjectProvider<RequestMappingInfoHandlerMapping> mappings, AnsweredProblems answered) {
        this.answered = answered;
        this.mapper = mapper;
        this.mappings = mappings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    }

    /** What the servlet container sends here; who comes of his own accord finds nothing. */
    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (status != null && status == HttpStatus.METHOD_NOT_ALLOWED.value() && path != null) {
            response.setHeader(HttpHeaders.ALLOW, allowed(path.toString()));
        }
        String known = path == null ? request.getRequestURI() : path.toString();
        write(response, status == null ? HttpStatus.NOT_FOUND.value() : status, known, known);
    }

    /** What the resource at a path allows: the server, which refuses TRACE itself, knows only what any may. */
    private String allowed(String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        Set<String> methods = mappings.stream().flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .filter(info -> info.getPathPatternsCondition() != null && info.getPathPatternsCondition().getPatterns().stream()
                        .anyMatch(pattern -> pattern.matches(parsed)))
                .flatMap(info -> info.getMethodsCondition().getMethods().stream()).map(Enum::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains(HttpMethod.GET.name())) {
            methods.add(HttpMethod.HEAD.name());
        }
        if (!methods.isEmpty()) {
            methods.add(HttpMethod.OPTIONS.name());
        }
        return String.join(", ", methods);
    }

    /**
     * @param path what the problem is told of, where the server has understood it
     * @param asked the path as it was written, by which the form of the answer is chosen
     */
    private void write(HttpServletResponse response, int code, @Nullable String path, @Nullable String asked) throws IOException {
        HttpStatus status = Optional.ofNullable(HttpStatus.resolve(code)).orElse(HttpStatus.BAD_REQUEST);
        ProblemDetail problem = ProblemAdvice.ofServer(status, path);
        answered.count(problem);
        var told = ToldProblem.of(problem, asked == null ? "" : asked);
        response.setStatus(told.status().value());
        response.setContentType(told.type().toString());
        response.getOutputStream().write(mapper.writeValueAsBytes(told.body()));
    }

    /** For requests that the server refuses before it looks for an application. */
    private final class ProblemValve extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable throwable) {
            if (response.getStatus() >= HttpStatus.BAD_REQUEST.value() && response.getContentWritten() == 0
                    && response.setErrorReported()) {
                try {
                    write(response, response.getStatus(), null, request.getRequestURI());
                    response.finishResponse();
                } catch (IOException | IllegalStateException e) {
                    // The client has gone.
                }
            }
        }
    }
}
