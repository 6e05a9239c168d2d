package dev.nabla.datasets.files;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a table. Columns are called by their header as it stands, or by the name that they get.
 *
 * @param inputs null for all columns that are no targets, which must then be named
 * @param targets empty for none
 * @param na what means that a value is missing, as an empty field always does
 * @param oneHot columns of words, which become a column of 0 and 1 for every word
 * @param isOfInputs whether all columns are inputs where neither side is named, which is refused otherwise
 */
public record TableReading(@Nullable List<String> inputs, List<String> targets, List<Renaming> rename, Set<String> na,
        Missing missing, List<String> oneHot, boolean isOfInputs) {

    /** All columns are inputs, without missing values. */
    public static final TableReading ALL_INPUTS =
            new TableReading(null, List.of(), List.of(), Set.of(), Missing.REFUSE, List.of(), true);

    public TableReading {
        inputs = inputs == null ? null : List.copyOf(inputs);
        targets = List.copyOf(targets);
        rename = List.copyOf(rename);
        na = Set.copyOf(na);
        oneHot = List.copyOf(oneHot);
    }

    /** What somebody chose. */
    public TableReading(@Nullable List<String> inputs, List<String> targets, List<Renaming> rename, Set<String> na,
            Missing missing, List<String> oneHot) {
        this(inputs, targets, rename, na, missing, oneHot, false);
    }

    /** These columns as they are, without missing values. */
    public static TableReading of(List<String> inputs, List<String> targets) {
        return new TableReading(inputs, targets, List.of(), Set.of(), Missing.REFUSE, List.of());
    }
}
