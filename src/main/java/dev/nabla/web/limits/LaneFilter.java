package dev.nabla.web.limits;

import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.Work;
import dev.nabla.storage.Owner;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Bounds the work of every request, and lets those that compute take their turn in the {@link Lane}, from when their body
 * has come until their answer is whole: a worker waits neither for who sends slowly nor for who does not read.
 */
@Component
@Order(LaneFilter.ORDER)
final class LaneFilter extends OncePerRequestFilter {

    /** Behind Spring Security (-100), so that nobody waits or holds memory who may not ask, and before what looks at the request. */
    static final int ORDER = -50;

    /** A body that is read in no time. */
    private static final int SMALL_BODY = 1 << 16;

    private final long nanos;
    private final MemoryBudget memory;
    private final Lane lane;
    private final ObjectProvider<RequestMappingHandlerMapping> handlers;
    private final HandlerExceptionResolver resolver;

    LaneFilter(RequestLimits limits, MemoryBudget memory, Lane lane,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> handlers,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
        this.nanos = limits.maxRequestWork().toNanos();
        this.memory = memory;
        this.lane = lane;
        this.handlers = handlers;
        this.resolver = resolver;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var work = new Work(nanos, memory)) {
            if (computes(request)) {
                var answer = new HeldAnswer(response, work);
                var body = new HeldBody(request, work);
                Optional<Owner> owner = Owner.known();
                lane.run(work, Client.isGone(request), () -> onBehalfOf(owner, () -> chain.doFilter(body, answer)));
                answer.send();
            } else {
                work.run(() -> chain.doFilter(request, response));
            }
        } catch (ServletException | IOException e) {
            throw e;
        } catch (RuntimeException e) {
            if (response.isCommitted() || resolver.resolveException(request, response, null, e) == null) {
                throw e;
            }
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** The worker's thread takes the owner with it. */
    private static void onBehalfOf(Optional<Owner> owner, Work.Task<Exception> task) throws Exception {
        if (owner.isEmpty()) {
            task.run();
        } else {
            owner.get().<Owner, Exception>call(() -> {
                task.run();
                return owner.get();
            });
        }
    }

    private boolean computes(HttpServletRequest request) {
        ServletRequestPathUtils.parseAndCache(request);
        try {
            HandlerExecutionChain handler = handlers.getObject().getHandler(request);
            return handler != null && handler.getHandler() instanceof HandlerMethod method
                    && !(answersAtOnce(method) && hasSmallBody(request));
        } catch (Exception e) {
            // There is none, which is told at once.
            return false;
        }
    }

    static boolean answersAtOnce(HandlerMethod method) {
        return method.hasMethodAnnotation(AnswersAtOnce.class)
                || method.getBeanType().isAnnotationPresent(AnswersAtOnce.class);
    }

    private static boolean hasSmallBody(HttpServletRequest request) {
        return request.getContentLengthLong() <= SMALL_BODY && request.getHeader("Transfer-Encoding") == null;
    }
}
