package dev.nabla.datasets;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A dataset in memory: for every sample a row of inputs and a row of targets.
 *
 * @param inputNames a name for every column of the inputs
 * @param targetNames a name for every column of the targets
 * @param inputs row-major, samples × inputs
 * @param targets row-major, samples × targets
 */
public record Samples(List<String> inputNames, List<String> targetNames, double[] inputs, double[] targets) {

    /** The most numbers a dataset may hold. */
    public static final int MAX_CELLS = 20_000_000;

    private static final int MAX_SHOWN_INPUTS = 8;

    public Samples {
        inputNames = List.copyOf(inputNames);
        targetNames = List.copyOf(targetNames);
    }

    /** The number of samples. */
    public int size() {
        return inputs.length / inputNames.size();
    }

    /** How many numbers they are. */
    public long cells() {
        return (long) inputs.length + targets.length;
    }

    /** Some of the samples, in this order. */
    public Samples rows(int[] rows) {
        return new Samples(inputNames, targetNames, rows(inputs, inputDimension(), rows),
                rows(targets, targetDimension(), rows));
    }

    /** The inputs of a sample by these names, the first of them where there are many. */
    public String describe(int row, List<String> names) {
        int shown = Math.min(inputDimension(), MAX_SHOWN_INPUTS);
        return IntStream.range(0, shown).mapToObj(i -> names.get(i) + " = " + inputs[row * inputDimension() + i])
                .collect(Collectors.joining(", ", "", shown < inputDimension() ? ", …" : ""));
    }

    /**
     * The same samples with their inputs in the order of a network, and so their targets where these are its outputs.
     *
     * @param names what its inputs are called, as for {@link ColumnOrder#ofInputs}
     * @throws UnmatchedNamesException if they do not match
     */
    public Samples matched(Network network, List<String> names) {
        int[] ofInputs = ColumnOrder.ofInputs(network.definition(), names, inputNames);
        int[] ofTargets = ColumnOrder.ofTargets(network.definition(), targetNames);
        return new Samples(Arrays.stream(ofInputs).mapToObj(inputNames::get).toList(),
                Arrays.stream(ofTargets).mapToObj(targetNames::get).toList(), columns(inputs, ofInputs),
                columns(targets, ofTargets));
    }

    private static double[] columns(double[] table, int[] columns) {
        if (ColumnOrder.isInOrder(columns)) {
            return table;
        }
        Work.hold(Place.HEAP, (long) Double.BYTES * table.length);
        double[] ordered = new double[table.length];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = table[i - i % columns.length + columns[i % columns.length]];
        }
        return ordered;
    }

    private static double[] rows(double[] table, int columns, int[] rows) {
        Work.hold(Place.HEAP, (long) Double.BYTES * rows.length * columns);
        double[] chosen = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(table, rows[i] * columns, chosen, i * columns, columns);
        }
        return chosen;
    }

    public int inputDimension() {
        return inputNames.size();
    }

    public int targetDimension() {
        return targetNames.size();
    }
}
