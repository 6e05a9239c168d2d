package dev.nabla.web.limits;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A response whose body is kept until it is whole, so that whoever writes it waits for no reader. */
final class HeldAnswer extends HttpServletResponseWrapper {

    private static final int LARGEST_PIECE = 1 << 18;
    private static final int SMALLEST_PIECE = 1 << 12;

    private final Work work;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private final ServletOutputStream stream = new Held();
    private byte[] last = new byte[0];
    private int used;
    private long size;
    private @Nullable PrintWriter writer;

    /** @param work holds what was written and not yet sent */
    HeldAnswer(HttpServletResponse response, Work work) {
        super(response);
        this.work = work;
    }

    /** Sends what was written. */
    void send() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (size == 0) {
            return;
        }
        if (!containsHeader(HttpHeaders.CONTENT_LENGTH)) {
            setContentLengthLong(size);
        }
        ServletOutputStream client = super.getOutputStream();
        for (byte[] piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            client.write(piece, 0, piece == last ? used : piece.length);
            work.give(Place.HEAP, claimed(piece.length));
        }
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return stream;
    }

    @Override
    public PrintWriter getWriter() {
        PrintWriter made = writer;
        if (made == null) {
            made = new PrintWriter(new OutputStreamWriter(stream, Charset.forName(getCharacterEncoding())));
            writer = made;
        }
        return made;
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void flushBuffer() {
        // It is sent when it is whole.
    }

    @Override
    public void setBufferSize(int size) {
        // It has all that comes.
    }

    @Override
    public void resetBuffer() {
        forget();
    }

    @Override
    public void reset() {
        super.reset();
        forget();
    }

    @Override
    public void sendError(int status) throws IOException {
        forget();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        forget();
        super.sendError(status, message);
    }

    /** Small ones are none of the budget, so that what is wrong can be told where there is nothing left. */
    private static int claimed(int length) {
        return length < LARGEST_PIECE / 4 ? 0 : length;
    }

    private void forget() {
        pieces.forEach(piece -> work.give(Place.HEAP, claimed(piece.length)));
        pieces.clear();
        last = new byte[0];
        used = 0;
        size = 0;
        writer = null;
    }

    private final class Held extends ServletOutputStream {

        @Override
        public void write(int next) {
            makeRoom();
            last[used++] = (byte) next;
            size++;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            for (int written = 0; written < length;) {
                makeRoom();
                int count = Math.min(length - written, last.length - used);
                System.arraycopy(source, offset + written, last, used, count);
                used += count;
                written += count;
                size += count;
            }
        }

        private void makeRoom() {
            if (used == last.length) {
                int length = Math.clamp(2L * last.length, SMALLEST_PIECE, LARGEST_PIECE);
                work.take(Place.HEAP, claimed(length));
                last = new byte[length];
                pieces.add(last);
                used = 0;
            }
        }

        @Override
        public void close() {
            // Whoever reads the answer may not be done.
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("only blocking");
        }
    }
}
