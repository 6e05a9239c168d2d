package dev.nabla.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes modules of PyTorch's own language, as {@code torch.jit.save} does. */
final class TorchScript {

    /** A pickled object of the class {@code __torch__.Law} that is in training mode. */
    private static final byte[] OBJECT =
            "\u0080\2c__torch__\nLaw\n)\u0081}(X\u0008\0\0\0training\u0088ub.".getBytes(ISO_8859_1);

    private static final byte[] EMPTY_TUPLE = "\u0080\2).".getBytes(ISO_8859_1);

    private TorchScript() {}

    /** The archive of the module that {@code code} defines as its class {@code Law}. */
    static byte[] archive(String code) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", OBJECT);
            store(zip, "code/__torch__.py", code.getBytes(UTF_8));
            store(zip, "constants.pkl", EMPTY_TUPLE);
            store(zip, "version", "10\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** PyTorch reads only what is not compressed. */
    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry("module/" + name);
        var crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
