package dev.nabla.web.problems;

import dev.nabla.problems.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * How a problem is told: as RFC 9457 has it; by the Open Inference Protocol in one text, with the status 400 for whatever is
 * wrong with a request.
 */
record ToldProblem(HttpStatusCode status, MediaType type, Object body) {

    /** @param path of the request */
    static ToldProblem of(ProblemDetail problem, String path) {
        return Api.of(path).filter(Api.INFERENCE::equals).map(_ -> inOneText(problem)).orElseGet(() -> new ToldProblem(
                HttpStatusCode.valueOf(problem.getStatus()), MediaType.APPLICATION_PROBLEM_JSON, problem));
    }

    private static ToldProblem inOneText(ProblemDetail problem) {
        HttpStatusCode status = HttpStatusCode.valueOf(problem.getStatus());
        return new ToldProblem(status.isSameCodeAs(HttpStatus.UNPROCESSABLE_CONTENT) ? HttpStatus.BAD_REQUEST : status,
                MediaType.APPLICATION_JSON, new InferenceError(text(problem)));
    }

    private static String text(ProblemDetail problem) {
        Object errors = problem.getProperties() == null ? null : problem.getProperties().get("errors");
        return Stream.concat(Stream.ofNullable(problem.getDetail()), errors instanceof List<?> all
                ? Stream.of(all.stream().map(Problem.class::cast).map(error -> (error.pointer() + " " + error.detail()).strip())
                        .collect(Collectors.joining("; "))) : Stream.empty()).collect(Collectors.joining(": "));
    }
}
