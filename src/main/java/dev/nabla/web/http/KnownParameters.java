package dev.nabla.web.http;

import dev.nabla.documents.Document;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Misspelling;
import dev.nabla.problems.Problem;
import dev.nabla.web.Query;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import org.springframework.web.servlet.support.ExtendedServletRequestDataBinder;

/**
 * Refuses parameters of a query or a form that the handler does not have, so that a misspelt one is not ignored, and
 * those that are given twice. A handler that takes a {@link Query} or a {@link Document} tells that together with what
 * else is wrong.
 */
@ControllerAdvice
final class KnownParameters extends RequestBodyAdviceAdapter implements HandlerInterceptor,
        HandlerMethodArgumentResolver {

    private static final String QUERY = Query.class.getName();
    private static final String OURS = "dev.nabla.";
    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /** @throws InvalidException with everything that is not known, where the handler does not tell it itself */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && isOurs(method.getBeanType())) {
            List<String> known = of(method);
            List<Problem> unknown = request.getParameterMap().keySet().stream().filter(name -> !known.contains(name))
                    .sorted()
                    .map(name -> Problem.of("/" + Problem.token(name), "is not a parameter here" + Misspelling.hint(name, known)
                            + (known.isEmpty() ? "; there are none" : "; known are " + String.join(", ", known))))
                    .toList();
            List<Problem> repeated = request.getParameterMap().entrySet().stream()
                    .filter(given -> given.getValue().length > 1 && known.contains(given.getKey())
                            && !isList(method, given.getKey()))
                    .map(given -> Problem.of("/" + given.getKey(), "is given " + given.getValue().length + " times"))
                    .sorted(Comparator.comparing(Problem::pointer)).toList();
            var query = new Query(Stream.concat(unknown.stream(), repeated.stream()).toList());
            request.setAttribute(QUERY, query);
            if (Arrays.stream(method.getMethodParameters())
                    .noneMatch(parameter -> supportsParameter(parameter) || isDocument(parameter))) {
                query.requireRight();
            }
        }
        return true;
    }

    /** Spring would also take parameters from headers of the same name. */
    @InitBinder
    void takeParametersFromTheQueryOnly(ExtendedServletRequestDataBinder binder) {
        binder.setHeaderPredicate(_ -> false);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Query.class;
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
        return request.getAttribute(QUERY, RequestAttributes.SCOPE_REQUEST);
    }

    private static boolean isDocument(MethodParameter parameter) {
        return parameter.getParameterType() == Document.class;
    }

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return isDocument(parameter);
    }

    /** What is wrong with the query is told with what is wrong with the body. */
    @Override
    public Object afterBodyRead(Object body, HttpInputMessage message, MethodParameter parameter, Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        return body instanceof Document<?> document && RequestContextHolder.currentRequestAttributes()
                .getAttribute(QUERY, RequestAttributes.SCOPE_REQUEST) instanceof Query query
                ? document.beside(query.errors()) : body;
    }

    /** Errors are told as they are, whatever parameters the request had. */
    private static boolean isOurs(Class<?> controller) {
        return controller.getName().startsWith(OURS) && !ErrorController.class.isAssignableFrom(controller);
    }

    /** The parameters that a handler has, in order, with those that are components of a record. */
    private static List<String> of(HandlerMethod method) {
        return parameters(method).keySet().stream().toList();
    }

    private static boolean isList(HandlerMethod method, String name) {
        return parameters(method).get(name) == List.class;
    }

    private static SequencedMap<String, Class<?>> parameters(HandlerMethod method) {
        var types = new LinkedHashMap<String, Class<?>>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(ParameterObject.class)) {
                Arrays.stream(parameter.getParameterType().getRecordComponents())
                        .forEach(component -> types.put(component.getName(), component.getType()));
            }
            name(parameter).ifPresent(name -> types.put(name, parameter.getParameterType()));
        }
        return types;
    }

    private static Optional<String> name(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(NAMES);
        return Optional.ofNullable(parameter.getParameterAnnotation(RequestParam.class))
                .map(annotation -> StringUtils.hasText(annotation.name()) ? annotation.name()
                        : Objects.requireNonNull(parameter.getParameterName()));
    }
}
