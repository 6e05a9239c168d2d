package dev.nabla.datasets.files;

import dev.nabla.datasets.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The columns that become inputs and targets. */
record Choice(List<Field> inputs, List<Field> targets) {

    /** What is chosen of a file; what is wrong is added to the problems. */
    static Choice of(TableReading reading, Headers headers, DecimalMark decimal, String place,
            Problems problems) {
        Map<Integer, String> seen = new HashMap<>();
        List<Integer> targets = columns("/targets", reading.targets(), headers, seen, problems);
        List<Integer> inputs = List.of();
        List<String> chosen = reading.inputs();
        if (chosen != null && chosen.isEmpty()) {
            problems.add("/inputs", "must name at least one column; " + headers.described());
        } else if (chosen != null) {
            inputs = columns("/inputs", chosen, headers, seen, problems);
        } else if (reading.targets().isEmpty() && !reading.isOfInputs()) {
            problems.add("/inputs", "must name the columns of the inputs, or targets those of the targets, all others being "
                    + "inputs then; " + headers.described());
        } else {
            inputs = IntStream.range(0, headers.size()).filter(column -> !seen.containsKey(column)).boxed().toList();
            if (seen.size() == headers.size() && !reading.isOfInputs()) {
                problems.add("/targets", "must leave at least one column for the inputs");
            }
        }
        Set<Integer> ofWords = words(reading, headers, inputs, targets, problems);
        var choice = new Choice(fields(inputs, ofWords, headers, decimal, place),
                fields(targets, ofWords, headers, decimal, place));
        choice.all().forEach(field -> headers.check(field.index()));
        return choice;
    }

    private static List<Integer> columns(String pointer, List<String> names, Headers headers, Map<Integer, String> seen,
            Problems problems) {
        var columns = new ArrayList<Integer>();
        for (int i = 0; i < names.size(); i++) {
            String at = pointer + "/" + i;
            headers.find(names.get(i), at).ifPresent(column -> {
                String before = seen.putIfAbsent(column, at);
                if (before != null) {
                    problems.add(at, "must not be '" + headers.name(column) + "', as " + before + " is");
                } else {
                    columns.add(column);
                }
            });
        }
        return columns;
    }

    private static Set<Integer> words(TableReading reading, Headers headers, List<Integer> inputs, List<Integer> targets,
            Problems problems) {
        var all = new HashSet<>(inputs);
        all.addAll(targets);
        var words = new HashSet<Integer>();
        for (int i = 0; i < reading.oneHot().size(); i++) {
            String pointer = "/oneHot/" + i;
            OptionalInt column = headers.find(reading.oneHot().get(i), pointer);
            column.ifPresent(words::add);
            if (column.isPresent() && !all.contains(column.getAsInt())) {
                problems.add(pointer, "must be among the inputs or the targets");
            }
        }
        return words;
    }

    private static List<Field> fields(List<Integer> columns, Set<Integer> ofWords, Headers headers, DecimalMark decimal,
            String place) {
        return columns.stream().<Field>map(column -> ofWords.contains(column)
                ? new WordField(column, headers.name(column), place)
                : new NumberField(column, headers.name(column), place, decimal)).toList();
    }

    List<Field> all() {
        return Stream.concat(inputs.stream(), targets.stream()).toList();
    }

    /** How many columns the two sides have so far. */
    long columns() {
        return (long) columns(inputs) + columns(targets);
    }

    /** How many columns the wider of the two sides has so far. */
    long columnsOfWider() {
        return Math.max(columns(inputs), columns(targets));
    }

    private static int columns(List<Field> fields) {
        int columns = 0;
        for (Field field : fields) {
            columns += field.columns();
        }
        return columns;
    }

    /** The same rows with all columns that come of the fields. */
    static double[] expanded(double[] numbers, List<Field> fields) {
        if (fields.stream().allMatch(NumberField.class::isInstance)) {
            return numbers;
        }
        double[] expanded = new double[numbers.length / fields.size() * columns(fields)];
        int at = 0;
        for (int i = 0; i < numbers.length; i++) {
            Field field = fields.get(i % fields.size());
            field.put(numbers[i], expanded, at);
            at += field.columns();
        }
        return expanded;
    }
}
