package dev.nabla.datasets.files;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes, kept as it is. */
public final class HeldBytes {

    private static final int PIECE = 1 << 16;

    private HeldBytes() {}

    /** All bytes to the end, held of the memory of whoever {@link Work works}. */
    public static byte[] all(InputStream stream) throws IOException {
        var bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        for (int read = stream.read(piece); read > 0; read = stream.read(piece)) {
            // As it grows it is copied.
            Work.hold(Place.HEAP, 3L * read);
            bytes.write(piece, 0, read);
        }
        return bytes.toByteArray();
    }
}
