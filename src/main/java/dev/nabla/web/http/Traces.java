package dev.nabla.web.http;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** Says with every answer which trace it belongs to, in the header {@code traceresponse} (W3C, Trace Context level 2, draft). */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class Traces extends ServerHttpObservationFilter {

    Traces(ObservationRegistry registry) {
        super(registry);
    }

    @Override
    protected void onScopeOpened(Observation.Scope scope, HttpServletRequest request, HttpServletResponse response) {
        TracingContext tracing = scope.getCurrentObservation().getContext().get(TracingContext.class);
        if (tracing != null && tracing.getSpan() != null) {
            TraceContext context = tracing.getSpan().context();
            response.setHeader("traceresponse", "00-%s-%s-%s".formatted(context.traceId(), context.spanId(),
                    Boolean.TRUE.equals(context.sampled()) ? "01" : "00"));
        }
    }
}
