package dev.nabla.datasets.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.io.ByteStreams;
import com.google.common.math.LongMath;
import com.google.common.primitives.Doubles;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An array of numbers as NumPy keeps it in a file (NEP 1): versions 1 to 3, in C or in Fortran order, of 4 or 8 bytes a number.
 *
 * @param numbers row-major
 */
public record NpyArray(List<Integer> shape, double[] numbers) {

    private static final byte[] MAGIC = "\u0093NUMPY".getBytes(ISO_8859_1);
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int ALIGNMENT = 64;
    private static final int MOST_NUMBERS = (Integer.MAX_VALUE - ALIGNMENT) / Double.BYTES;

    /** The header, a dictionary of Python with three entries in any order. */
    private static final Pattern ENTRY = Pattern.compile("'(descr|fortran_order|shape)' *: *('[^']*'|True|False|\\([0-9, ]*\\)) *,? *");
    private static final Pattern NUMBER = Pattern.compile("'([<>])f([48])'");

    /** What a header says. */
    private record Header(ByteOrder order, int bytes, boolean isFortran, List<Integer> shape) {

        /** The row-major place of the k-th of the numbers of the file, whose first dimension runs first where it is in Fortran order. */
        int place(int k, int count) {
            if (!isFortran) {
                return k;
            }
            int place = 0;
            int rest = k;
            int stride = count;
            for (int dimension : shape) {
                stride /= dimension;
                place += rest % dimension * stride;
                rest /= dimension;
            }
            return place;
        }
    }

    /** The same as {@link #read(InputStream, int)} of as many numbers as fit a file. */
    public static NpyArray read(InputStream file) throws IOException {
        return read(file, MOST_NUMBERS);
    }

    /**
     * Reads to the end, or one byte further than the header says.
     *
     * @param mostNumbers it may have
     * @throws InvalidException if it is something else, or has less or more than its header says, or a number that is not finite
     */
    static NpyArray read(InputStream file, int mostNumbers) throws IOException {
        Header header = header(file);
        long count = header.shape().stream().mapToLong(Integer::longValue).reduce(1, LongMath::saturatedMultiply);
        if (count > mostNumbers) {
            throw wrong("must have at most " + mostNumbers + " numbers, its header says " + count);
        }
        long size = count * header.bytes();
        ByteBuffer bytes = ByteBuffer.wrap(HeldBytes.all(ByteStreams.limit(file, size + 1))).order(header.order());
        if (bytes.capacity() != size) {
            throw wrong("has " + (bytes.capacity() > size ? "more than " + size : bytes.capacity())
                    + " bytes behind its header, which says " + count + " numbers of " + header.bytes());
        }
        Work.hold(Place.HEAP, Double.BYTES * count);
        double[] numbers = new double[(int) count];
        for (int k = 0; k < numbers.length; k++) {
            int i = header.place(k, numbers.length);
            numbers[i] = header.bytes() == Double.BYTES ? bytes.getDouble() : bytes.getFloat();
            if (!Double.isFinite(numbers[i])) {
                throw wrong("has " + numbers[i] + " as its number " + i + ", which must be finite");
            }
        }
        return new NpyArray(header.shape(), numbers);
    }

    /**
     * The numbers of a vector, or of every row of a matrix; they are shown and not copied.
     *
     * @throws InvalidException if it is neither, or has no numbers
     */
    public List<?> lists() {
        if (shape.isEmpty() || shape.size() > 2 || numbers.length == 0) {
            throw wrong("must be a vector or a matrix of numbers, has the shape " + shape);
        }
        List<Double> all = Doubles.asList(numbers);
        int columns = shape.getLast();
        return shape.size() == 1 ? all : IntStream.range(0, shape.getFirst())
                .mapToObj(row -> all.subList(row * columns, (row + 1) * columns)).toList();
    }

    private static Header header(InputStream file) throws IOException {
        byte[] start = file.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || start[MAGIC.length] < 1 || start[MAGIC.length] > 3) {
            throw wrong("must be an array as numpy.save writes it");
        }
        byte[] size = new byte[Integer.BYTES];
        int read = file.readNBytes(size, 0, start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES);
        int length = read == 0 ? -1 : ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > LONGEST_HEADER) {
            throw wrong("must have a header of at most " + LONGEST_HEADER + " bytes");
        }
        return header(new String(file.readNBytes(length), ISO_8859_1).strip());
    }

    private static Header header(String text) {
        Matcher whole = Pattern.compile("\\{ *(.*?) *}").matcher(text);
        String entries = whole.matches() ? whole.group(1) : "";
        var found = ENTRY.matcher(entries).results().collect(Collectors.toMap(entry -> entry.group(1), entry -> entry.group(2),
                (first, _) -> first));
        String shape = found.getOrDefault("shape", "");
        Matcher number = NUMBER.matcher(found.getOrDefault("descr", ""));
        if (found.size() != 3 || !ENTRY.matcher(entries).replaceAll("").isEmpty() || !shape.startsWith("(")) {
            throw wrong("must have a header with descr, fortran_order and shape, and nothing else");
        }
        if (!number.matches()) {
            throw wrong("must have numbers of type float32 or float64, as astype(float) makes them, has "
                    + found.getOrDefault("descr", "others"));
        }
        String isFortran = found.getOrDefault("fortran_order", "");
        if (!isFortran.equals("True") && !isFortran.equals("False")) {
            throw wrong("must have a fortran_order of True or False, has " + isFortran);
        }
        return new Header(number.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                Integer.parseInt(number.group(2)), isFortran.equals("True"), shape(shape));
    }

    private static List<Integer> shape(String tuple) {
        try {
            return Stream.of(tuple.substring(1, tuple.length() - 1).split(",")).map(String::strip)
                    .filter(dimension -> !dimension.isEmpty()).map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw wrong("has the shape " + tuple + ", which is none");
        }
    }

    private static InvalidException wrong(String detail) {
        return new InvalidException(List.of(Problem.of("", "as an NPY file it " + detail)));
    }

    /** Writes the header of an array of doubles, version 1; behind it come the numbers by {@link #write(double[], OutputStream)}. */
    public static void writeHeader(List<Integer> shape, OutputStream file) throws IOException {
        String tuple = shape.stream().map(String::valueOf).collect(Collectors.joining(", ")) + (shape.size() == 1 ? "," : "");
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int before = MAGIC.length + 2 + Short.BYTES;
        int length = Math.ceilDiv(before + text.length() + 1, ALIGNMENT) * ALIGNMENT - before;
        file.write(MAGIC);
        file.write(new byte[] {1, 0});
        file.write(new byte[] {(byte) length, (byte) (length >> Byte.SIZE)});
        file.write((text + " ".repeat(length - text.length() - 1) + "\n").getBytes(ISO_8859_1));
    }

    /** Writes the next numbers. */
    public static void write(double[] numbers, OutputStream file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(numbers);
        file.write(bytes.array());
    }
}
