package dev.nabla.datasets.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nabla.expression.Work;
import dev.nabla.problems.InvalidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of several arrays that are not as NumPy writes them; those that are stand in NumpyImportTest. */
class NpzArraysTest {

    private static byte[] npy(List<Integer> shape, double... numbers) throws IOException {
        var bytes = new ByteArrayOutputStream();
        NpyArray.writeHeader(shape, bytes);
        NpyArray.write(numbers, bytes);
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        return zip(new ArrayList<>(entries.entrySet()));
    }

    private static byte[] zip(List<Map.Entry<String, byte[]>> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, NpyArray> read(byte[] file) {
        return NpzArrays.read(file, 3, 1000);
    }

    private static void requireRefused(byte[] file, String message) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(InvalidException.class).hasMessageStartingWith(message);
    }

    @Test
    void arraysHaveTheirNamesAndTheOrderOfTheFile() throws IOException {
        Map<String, NpyArray> arrays = read(zip(List.of(Map.entry("b/c.weight.npy", npy(List.of(1, 2), 1, 2)),
                Map.entry("a.bias.npy", npy(List.of(1), 3)))));
        assertThat(arrays.keySet()).containsExactly("b/c.weight", "a.bias");
        assertThat(arrays.get("a.bias").lists()).isEqualTo(List.of(3.0));
        assertThat(read(zip(Map.of()))).isEmpty();
    }

    @Test
    void whatIsWrongIsToldByTheNameOfTheEntry() throws IOException {
        byte[] one = npy(List.of(1), 1);
        requireRefused(zip(Map.of("a.txt", one)), "/a.txt must be an array, and be called a.txt.npy");
        requireRefused(zip(Map.of("folder/", new byte[0])), "/folder~1 must be an array");
        requireRefused(zip(Map.of("a.npy", Arrays.copyOf(one, one.length - 1))),
                "/a as an NPY file it has 7 bytes behind its header, which says 1 numbers of 8");
        requireRefused(zip(Map.of("a.npy", Arrays.copyOf(one, one.length + 10))),
                "/a as an NPY file it has more than 8 bytes behind its header");
        requireRefused(zip(Map.of("a.npy", "text".getBytes(UTF_8))), "/a as an NPY file it must be an array as numpy.save writes it");
        requireRefused(zip(Map.of("a.npy", npy(List.of(1 << 15, 1 << 13)))),
                "/a as an NPY file it must have at most 1000 numbers, its header says 268435456");
        requireRefused(zip(Map.of("a.npy", new String(one, StandardCharsets.ISO_8859_1).replace("<f8", "<i8")
                .getBytes(StandardCharsets.ISO_8859_1))), "/a as an NPY file it must have numbers of type float32 or float64, as "
                + "astype(float) makes them, has '<i8'");
        requireRefused(zip(List.of(Map.entry("a.npy", one), Map.entry("b.npy", one), Map.entry("c.npy", one),
                Map.entry("d.npy", one))), "/d must not be there, as the file may have 3 arrays");
    }

    @Test
    void anEntryThatIsThereTwiceIsRefused() throws IOException {
        byte[] file = zip(List.of(Map.entry("a.npy", npy(List.of(1), 1)), Map.entry("b.npy", npy(List.of(1), 2))));
        for (int i = 0; i < file.length; i++) {
            file[i] = file[i] == 'b' && file[i + 1] == '.' ? (byte) 'a' : file[i];
        }
        requireRefused(file, "/a must be in the file once, is there again");
    }

    /** A thousandth of what it unfolds to, which is far more than the work may hold. */
    @Test
    void whatUnfoldsToMuchIsReadNoFurtherThanItsHeaderSays() throws IOException {
        byte[] header = npy(List.of(10));
        byte[] file = zip(Map.of("a.npy", Arrays.copyOf(header, 1 << 28)));
        assertThat(file).hasSizeLessThan(1 << 20);
        long held = heldBy(() -> requireRefused(file, "/a as an NPY file it has more than 80 bytes"));
        assertThat(held).isLessThan(10_000);
    }

    private static long heldBy(Runnable task) {
        var held = new long[1];
        Work.within(Long.MAX_VALUE, () -> {
            task.run();
            held[0] = Work.taken().bytes();
        });
        return held[0];
    }

    @Test
    void aFileIsNothingWithoutItsEnd() throws IOException {
        byte[] file = zip(List.of(Map.entry("a.npy", npy(List.of(1), 1)), Map.entry("b.npy", npy(List.of(1), 2))));
        for (int length = 0; length < file.length; length++) {
            byte[] part = Arrays.copyOf(file, length);
            InvalidException e = catchThrowableOfType(InvalidException.class, () -> read(part));
            assertThat(e).as("of %s bytes", length).isNotNull();
        }
        assertThat(read(file)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4"})
    void noBytesAreAnythingButArraysOrRefused(int part) throws IOException {
        long seed = System.nanoTime() + part;
        System.out.println("seed " + seed);
        byte[] right = zip(List.of(Map.entry("0.weight.npy", npy(List.of(2, 2), 1, 2, 3, 4.5)),
                Map.entry("0.bias.npy", npy(List.of(2), 1, 2))));
        int read = 0;
        for (int i = 0; i < 2000; i++) {
            var random = new SplittableRandom(seed + i);
            byte[] file = Arrays.copyOf(right, random.nextInt(4) == 0 ? random.nextInt(right.length) : right.length);
            for (int changes = random.nextInt(4); changes > 0 && file.length > 0; changes--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            try {
                Map<String, NpyArray> arrays = read(file);
                read++;
                // What is read is right: a sum that is checked stands beside every entry, and none is left out.
                assertThat(arrays.values()).as("seed %s, %s", seed, i).extracting(NpyArray::lists).hasToString(
                        "[[[1.0, 2.0], [3.0, 4.5]], [1.0, 2.0]]");
            } catch (InvalidException e) {
                assertThat(e.getMessage()).as("seed %s, %s", seed, i).isNotEmpty();
            }
        }
        assertThat(read).isBetween(100, 1900);
    }
}
