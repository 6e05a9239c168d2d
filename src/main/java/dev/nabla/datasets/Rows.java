package dev.nabla.datasets;

import dev.nabla.problems.InvalidException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Datasets given row by row. */
public final class Rows {

    private Rows() {}

    /**
     * @param inputNames empty for x1 … xn
     * @param targetNames empty for y1 … ym
     * @param inputs a row for every sample
     * @param targets a row for every sample; null for a dataset of inputs only
     * @throws InvalidException with what is wrong
     */
    public static Samples of(List<String> inputNames, List<String> targetNames, double[][] inputs,
            double @Nullable [][] targets) {
        var problems = new Problems();
        if (targets != null && inputs.length != targets.length) {
            problems.add("/targets", "must have as many rows as inputs, which has " + inputs.length + ", had "
                    + targets.length);
        }
        double[] flatInputs = flat(inputs, "/inputs", problems);
        double[] flatTargets = targets == null ? new double[0] : flat(targets, "/targets", problems);
        List<String> namesOfInputs = names(inputNames, "x", columns(inputs), "/inputNames", problems);
        List<String> namesOfTargets = names(targetNames, "y", columns(targets), "/targetNames", problems);
        var seen = new HashSet<String>();
        seen.addAll(inputNames.isEmpty() ? namesOfInputs : List.of());
        seen.addAll(targetNames.isEmpty() ? namesOfTargets : List.of());
        problems.requireNames("/inputNames", inputNames, seen);
        problems.requireNames("/targetNames", targetNames, seen);
        problems.throwIfAny();
        return new Samples(namesOfInputs, namesOfTargets, flatInputs, flatTargets);
    }

    /** How many columns the first row says that there are; empty if it says nothing. */
    private static OptionalInt columns(double @Nullable [][] rows) {
        return rows == null ? OptionalInt.of(0)
                : rows.length == 0 || rows[0] == null || rows[0].length == 0 ? OptionalInt.empty()
                : OptionalInt.of(rows[0].length);
    }

    private static double[] flat(double[][] rows, String pointer, Problems problems) {
        if (rows.length == 0) {
            problems.add(pointer, "must have at least one row");
            return new double[0];
        }
        int columns = rows[0] == null ? 0 : rows[0].length;
        if (columns == 0) {
            problems.add(pointer + "/0", "must have at least one number");
            return new double[0];
        }
        if ((long) rows.length * columns > Samples.MAX_CELLS) {
            problems.add(pointer, "must have at most " + Samples.MAX_CELLS + " numbers, had "
                    + (long) rows.length * columns);
            return new double[0];
        }
        double[] flat = new double[rows.length * columns];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row] == null || rows[row].length != columns) {
                problems.add(pointer + "/" + row, "must have " + columns + " numbers, as the first row has, had "
                        + (rows[row] == null ? 0 : rows[row].length));
                continue;
            }
            for (int column = 0; column < columns; column++) {
                if (!Double.isFinite(rows[row][column])) {
                    problems.add(pointer + "/" + row + "/" + column, "must be a finite number");
                }
            }
            System.arraycopy(rows[row], 0, flat, row * columns, columns);
        }
        return flat;
    }

    private static List<String> names(List<String> given, String letter, OptionalInt columns, String pointer,
            Problems problems) {
        int count = columns.orElse(given.size());
        if (!given.isEmpty() && given.size() != count) {
            problems.add(pointer, count == 0 ? "must be left out, as there are no targets"
                    : "must name the " + count + " columns, named " + given.size());
        }
        return given.isEmpty() ? IntStream.rangeClosed(1, count).mapToObj(i -> letter + i).toList() : given;
    }
}
