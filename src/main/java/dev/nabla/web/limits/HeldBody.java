package dev.nabla.web.limits;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A request whose body has come, so that nobody waits for its sender any more. */
final class HeldBody extends HttpServletRequestWrapper {

    private static final int LARGEST_PIECE = 1 << 18;
    private static final int SMALLEST_PIECE = 1 << 13;

    private static final byte[] NOTHING = new byte[0];

    private final Work work;
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private final ServletInputStream stream = new Held();
    /** What ended the body before its end. */
    private @Nullable IOException fault;

    /**
     * Reads the body to its end; where that fails, whoever reads it here meets the same failure at the same place. A
     * multipart body is read by the server, into files.
     *
     * @param work holds what has come
     */
    HeldBody(HttpServletRequest request, Work work) {
        super(request);
        this.work = work;
        try {
            if (String.valueOf(request.getContentType()).regionMatches(true, 0, "multipart/", 0, 10)) {
                readParts(request);
            } else {
                read(request.getInputStream(), request.getContentLengthLong());
            }
        } catch (IOException e) {
            fault = e;
        }
    }

    /** The server notes what is wrong with the parts, and tells it whoever asks for them. */
    private static void readParts(HttpServletRequest request) {
        try {
            request.getParts();
        } catch (SlowBodyException e) {
            throw e;
        } catch (Exception e) {
            // Told again to the handler.
        }
    }

    private void read(ServletInputStream body, long announced) throws IOException {
        long rest = announced < 0 ? Long.MAX_VALUE : announced;
        for (int size = SMALLEST_PIECE; rest > 0; size = Math.min(2 * size, LARGEST_PIECE)) {
            int length = (int) Math.min(rest, size);
            work.take(Place.HEAP, length);
            byte[] piece = new byte[length];
            int read = body.readNBytes(piece, 0, piece.length);
            if (read > 0) {
                pieces.add(read == piece.length ? piece : Arrays.copyOf(piece, read));
            }
            rest = read == piece.length ? rest - read : 0;
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        return stream;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    private final class Held extends ServletInputStream {

        private byte[] piece = NOTHING;
        private int next;

        private boolean hasMore() throws IOException {
            while (next == piece.length) {
                Work.release(Place.HEAP, piece.length);
                byte[] following = pieces.poll();
                if (following == null) {
                    piece = NOTHING;
                    next = 0;
                    if (fault != null) {
                        throw fault;
                    }
                    return false;
                }
                piece = following;
                next = 0;
            }
            return true;
        }

        @Override
        public int read() throws IOException {
            return hasMore() ? piece[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!hasMore()) {
                return -1;
            }
            int count = Math.min(length, piece.length - next);
            System.arraycopy(piece, next, target, offset, count);
            next += count;
            return count;
        }

        @Override
        public boolean isFinished() {
            return next == piece.length && pieces.isEmpty() && fault == null;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("only blocking");
        }
    }
}
