package dev.nabla.exports.files;

import java.util.List;
import java.util.Set;

/** Makes the files of one format. */
public interface Exporter {

    /**
     * The files.
     *
     * @param isSingle whether numbers have single precision; only where the format knows of it
     * @param maxLength the most characters of all files together
     * @throws RefusedExportException if the format cannot say it, or needs more
     */
    List<ExportFile> files(Subject subject, boolean isSingle, long maxLength);

    /** Whether numbers may have single precision. */
    default boolean hasSinglePrecision() {
        return false;
    }

    /** Words that nothing may be called by. */
    default Set<String> reserved() {
        return Set.of();
    }

    /** Whether values of parameters may be taken away. */
    default boolean takesValues() {
        return true;
    }
}
