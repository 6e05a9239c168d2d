package dev.nabla.exports.code;

import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.RefusedExportException;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.routine.Routine;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import java.util.List;
import java.util.Locale;

/** How long files may be. */
public final class Sizes {

    /** At the least, with a name or number, an operator and its share of indices and loops. */
    private static final long CHARACTERS_OF_OPERATION = 5;
    private static final long CHARACTERS_OF_PARAMETER = 8;
    private static final double NANOS_OF_CHARACTER = 50;
    /** While it is written, joined and sent. */
    private static final long BYTES_OF_CHARACTER = 8;

    private Sizes() {}

    /** Refuses what is longer for certain, before it is written; what is not may use memory for it. */
    public static void requireShort(Subject subject, Routine routine, long maxLength) {
        long predicted = routine.operations() * CHARACTERS_OF_OPERATION
                + (subject.values().isPresent() ? subject.parameterCount() * CHARACTERS_OF_PARAMETER : 0);
        require(predicted, maxLength, "is predicted to have at least");
        Work.spend(NANOS_OF_CHARACTER * predicted);
        Work.hold(Place.HEAP, BYTES_OF_CHARACTER * predicted);
    }

    /** The files, unless they are too long together. */
    public static List<ExportFile> requireShort(List<ExportFile> files, long maxLength) {
        require(files.stream().mapToLong(ExportFile::length).sum(), maxLength, "has");
        return files;
    }

    /** The number of bytes that something needs, unless that is too much. */
    public static long requireBytes(long bytes, long limit, String what) {
        if (bytes > limit) {
            throw new RefusedExportException(String.format(Locale.ROOT,
                    "needs %d bytes of %s, more than the limit of %d: ask for less at once", bytes, what, limit));
        }
        return bytes;
    }

    /** Refuses more of something than the language has. */
    public static void requireFew(long count, long limit, String what) {
        if (count > limit) {
            throw new RefusedExportException("needs " + count + " " + what + ", more than the " + limit
                    + " that this format has: ask for less at once");
        }
    }

    private static void require(long length, long maxLength, String verb) {
        if (length > maxLength) {
            throw new RefusedExportException(verb + " " + length + " characters, more than the limit of " + maxLength
                    + ": ask for fewer equations, or for the parameters as an argument");
        }
    }
}
