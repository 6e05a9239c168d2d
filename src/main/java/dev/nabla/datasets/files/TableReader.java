package dev.nabla.datasets.files;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.nabla.datasets.Problems;
import dev.nabla.datasets.Samples;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Makes samples of the rows of a table, one by one. Nothing of a row is kept but its numbers. */
final class TableReader {

    private static final double NANOS_OF_CELL = 200;
    /** While the rows grow by half, and when they are copied. */
    private static final long BYTES_OF_CELL = 20;

    private final TableReading reading;
    private final Headers headers;
    private final Choice chosen;
    private final Problems problems;
    private final ImmutableDoubleArray.Builder inputs = ImmutableDoubleArray.builder();
    private final ImmutableDoubleArray.Builder targets = ImmutableDoubleArray.builder();
    private long rows;
    private int dropped;

    /**
     * @param decimal what stands before decimals in its fields
     * @param place what a row is called by its number: a line or a row
     */
    TableReader(TableReading reading, Headers headers, DecimalMark decimal, String place, Problems problems) {
        this.reading = reading;
        this.headers = headers;
        this.problems = problems;
        this.chosen = Choice.of(reading, headers, decimal, place, problems);
    }

    /** The columns that are read. */
    List<Field> fields() {
        return chosen.all();
    }

    /**
     * Reads a row.
     *
     * @param fields the text of a field, empty for none
     * @return whether there may be another
     */
    boolean read(long place, IntFunction<String> fields) {
        Work.spend(NANOS_OF_CELL * chosen.columns());
        double[] ofInputs = numbers(place, fields, chosen.inputs());
        double[] ofTargets = numbers(place, fields, chosen.targets());
        if (!isWhole(ofInputs) || !isWhole(ofTargets)) {
            dropped++;
            return mayGoOn(chosen.inputs()) && mayGoOn(chosen.targets());
        }
        rows++;
        Work.hold(Place.HEAP, BYTES_OF_CELL * chosen.columns());
        keep(ofInputs, chosen.inputs(), inputs);
        keep(ofTargets, chosen.targets(), targets);
        if (rows * chosen.columnsOfWider() > Samples.MAX_CELLS) {
            problems.add("", "the file must have at most " + Samples.MAX_CELLS + " numbers");
            return false;
        }
        return mayGoOn(chosen.inputs()) && mayGoOn(chosen.targets());
    }

    private double[] numbers(long place, IntFunction<String> fields, List<Field> columns) {
        double[] numbers = new double[columns.size()];
        for (int i = 0; i < numbers.length; i++) {
            Field field = columns.get(i);
            numbers[i] = field.read(fields.apply(field.index()).strip(), place, reading.na());
        }
        return numbers;
    }

    private static boolean isWhole(double[] numbers) {
        for (double number : numbers) {
            if (Double.isNaN(number)) {
                return false;
            }
        }
        return true;
    }

    private static void keep(double[] numbers, List<Field> columns, ImmutableDoubleArray.Builder all) {
        for (int i = 0; i < numbers.length; i++) {
            columns.get(i).keep(numbers[i]);
            all.add(numbers[i]);
        }
    }

    private static boolean mayGoOn(List<Field> columns) {
        for (Field field : columns) {
            if (field.hasTooMuch()) {
                return false;
            }
        }
        return true;
    }

    /** What was read; empty where it was no row at all. Problems that there were are thrown. */
    Optional<Table> table() {
        fields().forEach(field -> field.addTo(problems, reading.missing()));
        problems.throwIfAny();
        if (rows == 0) {
            problems.add("", "the file must have at least one row" + (dropped > 0 ? " in which no value is missing" : ""));
            return Optional.empty();
        }
        List<SourceColumn> ofInputs = columns(chosen.inputs());
        List<SourceColumn> ofTargets = columns(chosen.targets());
        var samples = new Samples(ofInputs.stream().map(SourceColumn::name).toList(),
                ofTargets.stream().map(SourceColumn::name).toList(),
                Choice.expanded(inputs.build().toArray(), chosen.inputs()),
                Choice.expanded(targets.build().toArray(), chosen.targets()));
        return Optional.of(new Table(samples,
                new Origin(Stream.concat(ofInputs.stream(), ofTargets.stream()).toList(), dropped)));
    }

    private List<SourceColumn> columns(List<Field> columns) {
        return columns.stream().flatMap(field -> field.columns(headers).stream()).toList();
    }
}
