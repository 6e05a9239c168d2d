package dev.nabla.exports.files;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

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

    /**
     * The same with formulas laid out otherwise; empty for a format that has no choice in that.
     *
     * @param wish makes the layout that is wanted of the usual one
     */
    default Optional<Exporter> laidOut(UnaryOperator<Layout> wish) {
        return Optional.empty();
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
