package dev.nabla.datasets.files;

import java.util.List;

/**
 * How a dataset came out of a file.
 *
 * @param columns of every input, then of every target, where it comes from; empty for what came from no file
 * @param droppedRows how many rows were left out, as a value was missing in them
 */
public record Origin(List<SourceColumn> columns, int droppedRows) {

    /** Of datasets that came from no file. */
    public static final Origin NONE = new Origin(List.of(), 0);

    public Origin {
        columns = List.copyOf(columns);
    }
}
