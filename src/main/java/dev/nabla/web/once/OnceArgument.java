package dev.nabla.web.once;

import dev.nabla.documents.Document;
import dev.nabla.storage.GivenAnswers;
import dev.nabla.storage.Owner;
import dev.nabla.web.problems.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import tools.jackson.databind.json.JsonMapper;

/** Gives handlers their {@link Once}, which it lets read what they read, and answers what was answered before. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class OnceArgument extends RequestBodyAdviceAdapter implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    static {
        // It is no parameter itself.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Once.class);
    }

    private final Once.Storage storage;

    OnceArgument(GivenAnswers answers, TransactionTemplate transaction, JsonMapper json) {
        this.storage = new Once.Storage(answers, transaction, json);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Once.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
        return current();
    }

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return parameter.getParameterType() == Document.class
                && Arrays.asList(parameter.getExecutable().getParameterTypes()).contains(Once.class);
    }

    @Override
    public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type type,
            Class<? extends HttpMessageConverter<?>> converter) throws IOException {
        InputStream body = current().readingJson(message.getBody());
        return new HttpInputMessage() {

            @Override
            public InputStream getBody() {
                return body;
            }

            @Override
            public HttpHeaders getHeaders() {
                return message.getHeaders();
            }
        };
    }

    /** That of the request that this thread handles. */
    private Once current() {
        HttpServletRequest request = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                .getRequest();
        if (request.getAttribute(Once.HEADER) instanceof Once known) {
            return known;
        }
        List<String> given = Collections.list(request.getHeaders(Once.HEADER));
        Optional<IdempotencyKey> key = given.isEmpty() ? Optional.empty()
                : Optional.of(new IdempotencyKey(String.join(", ", given), Owner.current()));
        var once = new Once(key, request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString(),
                storage);
        request.setAttribute(Once.HEADER, once);
        return once;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> repeated(RepeatedException e) {
        return e.answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> stillMade(StillMadeException e) {
        return ResponseEntity.status(ProblemKind.CONFLICT.status()).header(HttpHeaders.RETRY_AFTER, "1")
                .body(ProblemKind.CONFLICT.problem(e.getMessage()));
    }
}
