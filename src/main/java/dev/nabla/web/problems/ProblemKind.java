package dev.nabla.web.problems;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** What kinds of problems (RFC 9457) there are, each with a page under its type. */
public enum ProblemKind {

    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "Malformed request", """
            The request cannot be read: its body is no JSON or is missing, a multipart body has no boundary, a query is not \
            UTF-8, or the request is not HTTP as it should be. For JSON the detail names the line and the column at which \
            the text ends to be JSON, which has no NaN, no Infinity and no comments."""),
    INVALID_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT, "Invalid request", """
            The request is understood but cannot be accepted. Every entry of errors has a pointer (RFC 6901) into the body, \
            or to a parameter of the query (/pageSize), and a detail that says what is allowed and what was found; for an \
            equation also the position of the character, counted from 0. All errors that were found are in one answer. What \
            would be larger than a limit of the service is refused so too, with the numbers."""),
    TOO_MUCH_WORK(HttpStatus.UNPROCESSABLE_CONTENT, "Too much work", """
            The request would take more work than one request may (nabla.max-request-work), by fixed prices that are near to \
            seconds on one core, however fast or busy the machine is, or more memory than all requests may hold together \
            (nabla.max-request-memory). Ask for less at once: fewer points, fewer equations, \
            derivatives of a lower order."""),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Unauthenticated", """
            The request has no key and no token where one is needed, or one that is not valid (any more): send \
            Authorization: Bearer KEY, with a key that an administrator of the service gave out, or a token of the issuer that \
            it trusts."""),
    NOT_ALLOWED(HttpStatus.FORBIDDEN, "Not allowed", """
            Only an administrator may do this: the bearer of an administrator's key, or of a token with the scope \
            nabla:admin."""),
    ORIGIN_NOT_ALLOWED(HttpStatus.FORBIDDEN, "Origin not allowed", """
            A browser says that a page of another origin asks, and the service is not open to that origin, or not for that \
            method. Its operator names the origins in nabla.cors.allowed-origins."""),
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found", """
            There is nothing at this path, or nothing with an id that the request names. For ids in a body, errors has all \
            that name nothing, with their pointers; where something else is wrong too, they are among the errors of an \
            invalid request. What was deleted is not found either."""),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed", """
            The resource is there but knows no such method; the Allow header names those it knows."""),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable", """
            The answer is in none of the media types of the Accept header, or that header is malformed. Answers are JSON in \
            UTF-8, rows of datasets also CSV, pictures SVG and PNG, events text/event-stream."""),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type", """
            The Content-Type is none that this resource reads, or names another charset than UTF-8. Bodies are \
            application/json; datasets may also be text/csv or multipart/form-data. A body with a Content-Encoding is not read \
            either."""),
    CONFLICT(HttpStatus.CONFLICT, "Conflict", """
            The request does not fit the state of the resource: a training or a sweep that has finished cannot be \
            cancelled, one that has not cannot be deleted, and neither can networks and datasets to which trainings refer, nor \
            models to which ensembles do."""),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "Precondition failed", """
            The resource is not (any more) as the ETag of If-Match says: somebody has changed it, or a training has gone on. \
            Nothing was changed; GET it, and decide anew."""),
    BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "Body too slow", """
            The body did not come in the time that there is for it (nabla.max-body-time). Nothing was done; send less at once, \
            or faster."""),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Body too large", """
            The body has more bytes than the service reads (nabla.max-body-size); the detail has the number."""),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests", """
            More requests came with one key, or with tokens of one subject, than may in a minute \
            (nabla.access.requests-per-minute) or in a day (nabla.access.requests-per-day). The next one is accepted after the seconds of the Retry-After header."""),
    QUEUE_FULL(HttpStatus.SERVICE_UNAVAILABLE, "Queue full", """
            As many trainings wait as may (nabla.trainings.max-queued). Nothing was stored; post the training again after \
            the seconds of the Retry-After header."""),
    BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Busy", """
            The service computes other requests and this one would have to wait too long, behind too many \
            (nabla.max-waiting-requests), or took too long itself (nabla.max-request-time). Ask again after the seconds of the \
            Retry-After header; if it is the only one, ask for less at once."""),
    OUT_OF_MEMORY(HttpStatus.SERVICE_UNAVAILABLE, "Out of memory", """
            The service had too little memory free for this request. Ask for less at once, or again after the seconds of the \
            Retry-After header."""),
    UNVERIFIED(HttpStatus.SERVICE_UNAVAILABLE, "Unverified", """
            Whether a key or a token is valid cannot be said now, as the database or the issuer of the token does not answer. \
            Nothing was done; send the request again after the seconds of the Retry-After header."""),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Database unavailable", """
            The service does not reach its database, or the database has too much to do. Ask again after the seconds of the \
            Retry-After header. If the request was to change something, look first whether it did: an answer may have been lost \
            on its way."""),
    NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED, "Not implemented", """
            The service knows no such method or transfer coding at all."""),
    NO_FONTS(HttpStatus.NOT_IMPLEMENTED, "No fonts", """
            The machine of the service has no fonts, so that it cannot draw pictures. Its operator can install fontconfig and \
            one font, such as DejaVu Sans, and start the service again."""),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error", """
            A fault of the service, which has been logged with the method, the path and the time. The request need not be \
            wrong.""");

    /** The path of the pages. */
    static final String PATH = "/problems";

    private static final URI NO_TYPE = URI.create("about:blank");

    private final HttpStatus status;
    private final String title;
    private final String meaning;

    ProblemKind(HttpStatus status, String title, String meaning) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What has happened and what can be done, for people. */
    public String meaning() {
        return meaning;
    }

    /** The last part of its type. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where its page is: a reference that is relative to the service. */
    public URI type() {
        return URI.create(PATH + "/" + slug());
    }

    /** A problem of this kind. */
    public ProblemDetail problem(String detail) {
        return named(ProblemDetail.forStatusAndDetail(status, detail));
    }

    /** A problem of the first kind that has this status, or of none. */
    static ProblemDetail ofStatus(HttpStatusCode status, String detail) {
        return name(ProblemDetail.forStatusAndDetail(status, detail));
    }

    /** Gives a problem that has no kind the first that has its status; where none has, the status says it all. */
    static ProblemDetail name(ProblemDetail problem) {
        if (Arrays.stream(values()).noneMatch(kind -> kind.type().equals(problem.getType()))) {
            Arrays.stream(values()).filter(kind -> kind.status.value() == problem.getStatus()).findFirst()
                    .ifPresentOrElse(kind -> kind.named(problem), () -> problem.setType(NO_TYPE));
        }
        return problem;
    }

    private ProblemDetail named(ProblemDetail problem) {
        problem.setType(type());
        problem.setTitle(title);
        return problem;
    }
}
