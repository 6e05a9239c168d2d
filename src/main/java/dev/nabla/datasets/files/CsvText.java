package dev.nabla.datasets.files;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of a file, encoded as the mark at its beginning says, or in UTF-8. What is not so encoded is an error. */
final class CsvText {

    private static final int SAMPLE = 1 << 16;
    private static final List<Mark> MARKS = List.of(new Mark(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
            new Mark(StandardCharsets.UTF_16BE, 0xFE, 0xFF), new Mark(StandardCharsets.UTF_16LE, 0xFF, 0xFE));

    private final BufferedReader reader;

    CsvText(InputStream bytes) throws IOException {
        var csv = new BufferedInputStream(bytes);
        csv.mark(3);
        byte[] start = csv.readNBytes(3);
        csv.reset();
        Mark mark = MARKS.stream().filter(known -> known.begins(start)).findFirst()
                .orElse(new Mark(StandardCharsets.UTF_8));
        csv.skipNBytes(mark.bytes.length);
        CharsetDecoder strict = mark.charset.newDecoder();
        reader = new BufferedReader(new InputStreamReader(csv, strict), SAMPLE);
    }

    /** A mark of the order of bytes, as Unicode calls it. */
    private record Mark(Charset charset, int... bytes) {

        boolean begins(byte[] text) {
            boolean begins = text.length >= bytes.length;
            for (int i = 0; begins && i < bytes.length; i++) {
                begins = (text[i] & 0xFF) == bytes[i];
            }
            return begins;
        }
    }

    /** The beginning, which is read again by {@link #reader}; where it is the whole text, its last line has an end. */
    String sample() throws IOException {
        char[] sample = new char[SAMPLE];
        reader.mark(SAMPLE);
        int read = 0;
        int count = 0;
        while (count >= 0 && read < SAMPLE) {
            read += count;
            count = reader.read(sample, read, SAMPLE - read);
        }
        reader.reset();
        return new String(sample, 0, read) + (read < SAMPLE ? "\n" : "");
    }

    BufferedReader reader() {
        return reader;
    }
}
