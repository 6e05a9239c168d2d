package dev.nabla.web.problems;

import com.google.common.base.Throwables;
import dev.nabla.expression.NoMemoryException;
import dev.nabla.expression.StoppedException;
import dev.nabla.expression.UndefinedException;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.jobs.QueueFullException;
import dev.nabla.plots.NoFontsException;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.DeletedException;
import dev.nabla.storage.InUseException;
import dev.nabla.storage.Outage;
import dev.nabla.web.limits.BodyLimit;
import dev.nabla.web.limits.BusyException;
import dev.nabla.web.limits.SlowBodyException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.util.UriComponentsBuilder;

/** Every error as a problem (RFC 9457), with nothing of the service's inside. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    @ExceptionHandler
    ProblemDetail invalid(InvalidException e) {
        return e.namesNothing() ? nothing(e.problems()) : invalid(e.problems());
    }

    /** Where nothing is wrong but that ids name nothing. */
    private static ProblemDetail nothing(List<Problem> errors) {
        ProblemDetail problem = ProblemKind.NOT_FOUND.problem(errors.size() == 1 ? errors.getFirst().detail()
                : "the request has " + errors.size() + " ids with which there is nothing");
        problem.setProperty("errors", errors);
        return problem;
    }

    @ExceptionHandler
    ProblemDetail undefined(UndefinedException e) {
        return invalid(List.of(Problem.of("", e.getMessage())));
    }

    @ExceptionHandler
    ProblemDetail tooMuchWork(WorkLimitException e) {
        return invalid(ProblemKind.TOO_MUCH_WORK, List.of(Problem.of("", e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> outOfMemory(OutOfMemoryError e) {
        LOG.error("out of memory", e);
        return later(ProblemKind.OUT_OF_MEMORY,
                "the service has too little memory free for this request; ask for less at once, or later");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLittleMemory(NoMemoryException e) {
        return later(ProblemKind.OUT_OF_MEMORY, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail malformed(MalformedRequestException e) {
        return ProblemKind.MALFORMED_REQUEST.problem(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException e) {
        return ProblemKind.NOT_FOUND.problem(e.getMessage());
    }

    @ExceptionHandler({ConflictException.class, InUseException.class, DeletedException.class})
    ProblemDetail conflict(RuntimeException e) {
        return ProblemKind.CONFLICT.problem(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail changed(PreconditionFailedException e) {
        return ProblemKind.PRECONDITION_FAILED.problem(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail withoutFonts(NoFontsException e) {
        LOG.error("pictures cannot be drawn", e);
        return ProblemKind.NO_FONTS.problem(e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> full(QueueFullException e) {
        return later(ProblemKind.QUEUE_FULL, e.getMessage());
    }

    @ExceptionHandler({BusyException.class, StoppedException.class})
    ResponseEntity<ProblemDetail> busy(RuntimeException e) {
        return later(ProblemKind.BUSY, e.getMessage());
    }

    private static ResponseEntity<ProblemDetail> later(ProblemKind kind, String detail) {
        return ResponseEntity.status(kind.status())
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_AFTER.toSeconds())).body(kind.problem(detail));
    }

    /** Says also which encodings are read (RFC 9110, section 15.5.16). */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> encoded(EncodedBodyException e) {
        return ResponseEntity.status(ProblemKind.UNSUPPORTED_MEDIA_TYPE.status())
                .header(HttpHeaders.ACCEPT_ENCODING, "identity")
                .body(ProblemKind.UNSUPPORTED_MEDIA_TYPE.problem(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail tooLarge(BodyLimit.BodyTooLargeException e) {
        return ProblemKind.BODY_TOO_LARGE.problem(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail tooSlow(SlowBodyException e) {
        return ProblemKind.BODY_TOO_SLOW.problem(e.getMessage());
    }

    /** A part that is too large, or too slow, is so inside. */
    @ExceptionHandler
    ProblemDetail unreadable(MultipartException e) {
        return Throwables.getCausalChain(e).stream().flatMap(cause -> switch (cause) {
            case BodyLimit.BodyTooLargeException large -> Stream.of(tooLarge(large));
            case SlowBodyException slow -> Stream.of(tooSlow(slow));
            default -> Stream.empty();
        }).findFirst().orElseGet(() -> ProblemKind.MALFORMED_REQUEST.problem("the multipart body cannot be read: its Content-Type "
                        + "must name the boundary, which must stand before every part and, with -- behind it, at the end"));
    }

    @ExceptionHandler
    ProblemDetail undecodable(InvalidParameterException e) {
        return ProblemKind.MALFORMED_REQUEST.problem("the query or the form cannot be read, which must be UTF-8 with % "
                + "before two hexadecimal digits for all that is not ASCII");
    }

    @ExceptionHandler
    ProblemDetail rejected(RequestRejectedException e) {
        return ProblemKind.MALFORMED_REQUEST.problem("a parameter or a header has a character that none may have, such as a "
                + "control character");
    }

    /** @return null where nobody is there any more to be answered */
    @ExceptionHandler
    @Nullable ResponseEntity<ProblemDetail> unexpected(Throwable e, HttpServletRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.debug("{} {} was left by its client", request.getMethod(), request.getRequestURI());
            return null;
        }
        if (Outage.isBehind(e)) {
            LOG.warn("{} {} failed without the database: {}", request.getMethod(), request.getRequestURI(), e.getMessage());
            return later(ProblemKind.DATABASE_UNAVAILABLE, "the database does not answer now");
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return ResponseEntity.internalServerError()
                .body(ProblemKind.INTERNAL_ERROR.problem("an unexpected error, which has been logged"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException e,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(e, ProblemKind.ofStatus(status, "the body is missing"), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Set<HttpMethod> supported = Optional.ofNullable(e.getSupportedHttpMethods()).orElse(Set.of());
        return handleExceptionInternal(e, ProblemKind.ofStatus(status, "the method is not supported here; supported are "
                + supported.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "))), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(HttpMediaTypeNotSupportedException e,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(e, ProblemKind.ofStatus(status, "the Content-Type of the body must be one of "
                + list(e.getSupportedMediaTypes()) + ", and its charset UTF-8"), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(HttpMediaTypeNotAcceptableException e,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(e, ProblemKind.ofStatus(status, e.getSupportedMediaTypes().isEmpty()
                ? "the Accept header cannot be read or accepts nothing that there is"
                : "the answer can be " + list(e.getSupportedMediaTypes())), headers, status, request);
    }

    private static String list(List<MediaType> types) {
        return types.isEmpty() ? "application/json" : types.stream().map(MediaType::toString).distinct()
                .collect(Collectors.joining(", "));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException e,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String path = request instanceof ServletWebRequest web ? web.getRequest().getRequestURI() : "/" + e.getResourcePath();
        String accepted = Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("");
        return accepted.contains(MediaType.TEXT_HTML_VALUE) ? ProblemPages.nothingAt(path)
                : handleExceptionInternal(e, ProblemKind.ofStatus(status, "there is nothing at " + path), headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
            HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            ProblemKind.name(problem);
        }
        return super.createResponseEntity(body, headers, status, request);
    }

    /** A problem of the server itself. */
    static ProblemDetail ofServer(HttpStatus status, @Nullable String path) {
        ProblemDetail problem = ProblemKind.ofStatus(status, switch (status) {
            case BAD_REQUEST -> "the request is not HTTP as it should be: its line, its path or a header is malformed";
            case NOT_FOUND -> "there is nothing at " + path;
            case METHOD_NOT_ALLOWED -> "the method is not supported";
            case NOT_IMPLEMENTED -> "the method or the transfer coding is not supported";
            case REQUEST_TIMEOUT -> "the next byte must come within server.tomcat.connection-timeout, and the whole body "
                    + "within nabla.max-body-time; send less at once, or faster";
            default -> status.getReasonPhrase();
        });
        if (path != null) {
            problem.setInstance(UriComponentsBuilder.fromPath(path).build().toUri());
        }
        return problem;
    }

    private static ProblemDetail invalid(List<Problem> errors) {
        return invalid(ProblemKind.INVALID_REQUEST, errors);
    }

    private static ProblemDetail invalid(ProblemKind kind, List<Problem> errors) {
        ProblemDetail problem = kind.problem(
                errors.size() == 1 ? "the request has an error" : "the request has " + errors.size() + " errors");
        problem.setProperty("errors", errors);
        return problem;
    }
}
