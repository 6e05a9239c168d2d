package dev.nabla.datasets.files;

import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Arrays by their names, as {@code numpy.savez} and {@code numpy.savez_compressed} keep them: a ZIP file of {@link NpyArray}s. */
public final class NpzArrays {

    private static final String ENDING = ".npy";

    /** The record at the end of a ZIP file, by which nothing is missing before it (APPNOTE.TXT 6.3, section 4.3.16). */
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int END_ENTRIES = 10;
    private static final int LONGEST_COMMENT = 0xffff;

    private NpzArrays() {}

    /**
     * In the order of the file. What is wrong with an entry is told at once and nothing behind it is read, as little may unfold to much.
     *
     * @param mostArrays that there may be
     * @param mostNumbers that each may have
     * @throws InvalidException if it is something else; the pointer is the name of the array
     */
    public static SequencedMap<String, NpyArray> read(byte[] file, int mostArrays, int mostNumbers) {
        var arrays = new LinkedHashMap<String, NpyArray>();
        String name = "";
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                name = entry.getName();
                if (!name.endsWith(ENDING)) {
                    throw wrong(name, "must be an array, and be called " + name + ENDING);
                }
                name = name.substring(0, name.length() - ENDING.length());
                if (arrays.containsKey(name)) {
                    throw wrong(name, "must be in the file once, is there again");
                }
                if (arrays.size() == mostArrays) {
                    throw wrong(name, "must not be there, as the file may have " + mostArrays + " arrays");
                }
                arrays.put(name, NpyArray.read(zip, mostNumbers));
                name = "";
            }
        } catch (InvalidException e) {
            String pointer = pointer(name);
            throw new InvalidException(e.problems().stream().map(problem ->
                    problem.pointer().isEmpty() ? problem.within(pointer) : problem).toList());
        } catch (IOException e) {
            throw wrong(name, "cannot be read as a part of a ZIP file, as numpy.savez writes it: " + e.getMessage());
        }
        int entries = entries(file);
        if (entries != arrays.size()) {
            throw new InvalidException(List.of(Problem.of("", entries < 0
                    ? "must be a ZIP file, as numpy.savez writes it, with its end: it may have been cut off"
                    : "must be a ZIP file with the " + entries + " arrays that its end says, has " + arrays.size())));
        }
        return arrays;
    }

    /** How many entries the end says that there are; -1 if there is no end. */
    private static int entries(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = file.length - END_SIZE; at >= 0 && at >= file.length - END_SIZE - LONGEST_COMMENT; at--) {
            if (bytes.getInt(at) == END) {
                return Short.toUnsignedInt(bytes.getShort(at + END_ENTRIES));
            }
        }
        return -1;
    }

    private static InvalidException wrong(String name, String detail) {
        return new InvalidException(List.of(Problem.of(pointer(name), detail)));
    }

    private static String pointer(String name) {
        return name.isEmpty() ? "" : "/" + Problem.token(name);
    }
}
