package dev.nabla.web.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Bounds the time in which a body comes, whoever reads it: the server itself waits for every next byte anew. What is left of
 * a body that was not wanted is read in the same time, so that its sender comes to read the answer.
 */
@Component
final class BodyTime implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Duration most;

    BodyTime(RequestLimits limits) {
        this.most = limits.maxBodyTime();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new ValveBase(true) {
            @Override
            public void invoke(Request request, Response response) throws IOException, ServletException {
                org.apache.coyote.Request read = request.getCoyoteRequest();
                InputBuffer body = read.getInputBuffer();
                read.setInputBuffer(new Timed(read, body, most, System.nanoTime() + most.toNanos()));
                try {
                    getNext().invoke(request, response);
                    if (!request.isAsync()) {
                        passOver(request, response);
                    }
                } finally {
                    read.setInputBuffer(body);
                }
            }
        });
    }

    private static void passOver(Request request, Response response) throws IOException {
        org.apache.coyote.Request read = request.getCoyoteRequest();
        var isRead = new AtomicBoolean();
        read.action(ActionCode.REQUEST_BODY_FULLY_READ, isRead);
        if (isRead.get() || request.getHeader(HttpHeaders.EXPECT) != null) {
            return;
        }
        response.finishResponse();
        var nowhere = new Nowhere();
        try {
            while (read.doRead(nowhere) >= 0) {
                // Nobody wants it.
            }
        } catch (SlowBodyException | IOException e) {
            // The connection ends with the answer.
        }
    }

    /** A body that ends when its time is over. */
    private record Timed(org.apache.coyote.Request request, InputBuffer body, Duration most, long deadline)
            implements InputBuffer {

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            if (System.nanoTime() - deadline > 0) {
                // Or the server would wait for the rest.
                request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
                throw new SlowBodyException("the body must have come within " + most.toMillis() / 1e3
                        + " seconds (nabla.max-body-time); send less at once, or faster");
            }
            return body.doRead(handler);
        }

        @Override
        public int available() {
            return body.available();
        }
    }

    private static final class Nowhere implements ApplicationBufferHandler {

        private ByteBuffer buffer = EMPTY_BUFFER;

        @Override
        public void setByteBuffer(ByteBuffer given) {
            buffer = given;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // Whoever reads gives a buffer of his own.
        }
    }
}
