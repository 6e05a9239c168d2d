package dev.nabla.datasets.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.problems.InvalidException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as NumPy writes them, byte for byte. */
class NpyArrayTest {

    /** {@code numpy.save} of {@code [[1, 2], [3, 4.5]]} in NumPy 1.24, but for the alignment of its header. */
    private static byte[] file(int version, String header, byte[] numbers) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("\u0093NUMPY".getBytes(ISO_8859_1));
        bytes.writeBytes(new byte[] {(byte) version, 0});
        int length = header.length();
        bytes.writeBytes(new byte[] {(byte) length, (byte) (length >> Byte.SIZE)});
        bytes.writeBytes(new byte[version == 1 ? 0 : 2]);
        bytes.writeBytes(header.getBytes(ISO_8859_1));
        bytes.writeBytes(numbers);
        return bytes.toByteArray();
    }

    private static byte[] numbers(String type) {
        boolean isShort = type.endsWith("4");
        ByteBuffer bytes = ByteBuffer.allocate(isShort ? 16 : 32)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (double number : new double[] {1, 2, 3, 4.5}) {
            if (isShort) {
                bytes.putFloat((float) number);
            } else {
                bytes.putDouble(number);
            }
        }
        return bytes.array();
    }

    private static NpyArray read(byte[] file) throws IOException {
        return NpyArray.read(new ByteArrayInputStream(file));
    }

    @ParameterizedTest
    @CsvSource({"1, <f8", "2, <f8", "3, <f8", "1, <f4", "1, >f8", "2, >f4"})
    void doublesAndFloatsOfEveryVersionAreRead(int version, String type) throws IOException {
        NpyArray array = read(file(version, "{'descr': '" + type + "', 'fortran_order': False, 'shape': (2, 2), }     \n",
                numbers(type)));
        assertThat(array.shape()).containsExactly(2, 2);
        assertThat(array.numbers()).containsExactly(1, 2, 3, 4.5);
    }

    @Test
    void whatIsWrittenIsReadAndIsWhatNumpyWrites() throws IOException {
        var bytes = new ByteArrayOutputStream();
        NpyArray.writeHeader(List.of(2, 2), bytes);
        NpyArray.write(new double[] {1, 2}, bytes);
        NpyArray.write(new double[] {3, Math.PI}, bytes);
        byte[] file = bytes.toByteArray();
        assertThat(file).hasSize(128 + 32);
        assertThat(new String(file, 10, 118, ISO_8859_1)).isEqualTo("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }"
                + " ".repeat(58) + "\n");
        assertThat(read(file).numbers()).containsExactly(1, 2, 3, Math.PI);
        bytes.reset();
        NpyArray.writeHeader(List.of(3), bytes);
        assertThat(bytes.toString(ISO_8859_1)).contains("'shape': (3,), }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{'descr': '<f8', 'fortran_order': False}", "{'descr': '<i8', 'fortran_order': False, 'shape': (2, 2)}",
        "{'descr': '<f8', 'fortran_order': (1), 'shape': (2, 2)}", "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), 'x': 1}", "{'descr': '|O', 'fortran_order': False, 'shape': (2, 2)}",
        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2, 2)}"})
    void anotherHeaderIsRefused(String header) {
        assertThatThrownBy(() -> read(file(1, header, numbers("<f8")))).isInstanceOf(InvalidException.class);
    }

    @Test
    void whatIsInFortranOrderIsReadColumnByColumn() throws IOException {
        assertThat(read(file(1, "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2)}", numbers("<f8"))).numbers())
                .containsExactly(1, 3, 2, 4.5);
        assertThat(read(file(1, "{'descr': '<f8', 'fortran_order': True, 'shape': (1, 4, 1)}", numbers("<f8"))).numbers())
                .containsExactly(1, 2, 3, 4.5);
        ByteBuffer six = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 6; i++) {
            six.putDouble(i);
        }
        assertThat(read(file(1, "{'descr': '<f8', 'fortran_order': True, 'shape': (3, 2)}", six.array())).lists())
                .isEqualTo(List.of(List.of(0.0, 3.0), List.of(1.0, 4.0), List.of(2.0, 5.0)));
        // numpy.arange(6.).reshape((1, 3, 2), order="F").ravel()
        assertThat(read(file(1, "{'descr': '<f8', 'fortran_order': True, 'shape': (1, 3, 2)}", six.array())).numbers())
                .containsExactly(0, 3, 1, 4, 2, 5);
    }

    @Test
    void noBytesAreAnythingButAnArrayOrRefused() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        byte[] right = file(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }     \n", numbers("<f8"));
        for (int i = 0; i < 2000; i++) {
            var random = new SplittableRandom(seed + i);
            byte[] file = Arrays.copyOf(right, random.nextInt(4) == 0 ? random.nextInt(right.length) : right.length);
            for (int changes = random.nextInt(4); changes > 0 && file.length > 0; changes--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            try {
                NpyArray array = read(file);
                assertThat(array.numbers()).as("seed %s, %s", seed, i).hasSize(array.shape().stream().reduce(1, (a, b) -> a * b));
            } catch (InvalidException | IOException e) {
                assertThat(e.getMessage()).as("seed %s, %s", seed, i).isNotEmpty();
            }
        }
    }
}
