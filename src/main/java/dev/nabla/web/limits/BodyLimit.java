package dev.nabla.web.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses bodies that are too large: by their announced length, or as soon as more than the limit has come. */
@Component
@Order(LaneFilter.ORDER - 1)
public class BodyLimit extends OncePerRequestFilter {

    private final long limit;
    private final HandlerExceptionResolver resolver;

    BodyLimit(RequestLimits limits,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
        this.limit = limits.maxBodySize().toBytes();
        this.resolver = resolver;
    }

    /** A body of more bytes than are accepted. */
    public static final class BodyTooLargeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private BodyTooLargeException(long limit) {
            super("the body must have at most " + limit + " bytes");
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            resolver.resolveException(request, response, null, new BodyTooLargeException(limit));
        } else {
            chain.doFilter(new HttpServletRequestWrapper(request) {
                @Override
                public ServletInputStream getInputStream() throws IOException {
                    return new Limited(super.getInputStream());
                }
            }, response);
        }
    }

    private final class Limited extends ServletInputStream {

        private final ServletInputStream body;
        private long read;

        private Limited(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = body.read(bytes, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > limit) {
                throw new BodyTooLargeException(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
