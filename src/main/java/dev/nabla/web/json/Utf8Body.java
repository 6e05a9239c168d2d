package dev.nabla.web.json;

import dev.nabla.web.problems.MalformedRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * A body that is UTF-8 (RFC 3629) as far as it was read: the parser of JSON takes overlong forms for characters, and finds out
 * by itself what is UTF-16 or UTF-32.
 */
final class Utf8Body extends InputStream {

    /** Of the first bytes of JSON in UTF-16 or UTF-32 one is 0 (RFC 4627, section 3), or they are a mark, which is no UTF-8. */
    private static final int TELLING = 4;
    private static final int LONGEST_CHARACTER = 4;

    private final InputStream bytes;
    private final CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer nowhere = CharBuffer.allocate(1 << 13);
    /** The beginning of a character whose other bytes have not come. */
    private final ByteBuffer begun = ByteBuffer.allocate(2 * LONGEST_CHARACTER).limit(0);
    private long checked;

    Utf8Body(InputStream bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] next = new byte[1];
        return read(next, 0, 1) < 0 ? -1 : next[0] & 0xFF;
    }

    /** @throws MalformedRequestException if what is read, or what has ended, is no UTF-8 */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = bytes.read(target, offset, length);
        ByteBuffer read = ByteBuffer.wrap(target, offset, Math.max(count, 0));
        for (int i = 0; checked + begun.remaining() + i < TELLING && i < read.remaining(); i++) {
            if (read.get(read.position() + i) == 0) {
                throw refused(checked + begun.remaining() + i, 0);
            }
        }
        while (begun.hasRemaining() && read.hasRemaining()) {
            begun.mark().position(begun.limit()).limit(begun.limit() + 1).put(read.get()).reset();
            check(begun, false);
        }
        check(begun.hasRemaining() ? begun : read, count < 0);
        begun.compact().put(read).flip();
        return count;
    }

    private void check(ByteBuffer read, boolean isEnd) {
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            int from = read.position();
            result = strict.decode(read, nowhere.clear(), isEnd);
            checked += read.position() - from;
        }
        if (result.isError()) {
            throw refused(checked, read.get());
        }
    }

    private static MalformedRequestException refused(long place, int value) {
        return new MalformedRequestException(String.format("the body is not UTF-8: no character begins at byte %d, counted from 0, "
                + "which is 0x%02X", place, value & 0xFF));
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
