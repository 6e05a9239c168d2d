package dev.nabla.exports.routine;

import dev.nabla.exports.routine.Statement.Assign;
import dev.nabla.exports.routine.Statement.Define;
import dev.nabla.exports.routine.Statement.For;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Statements that compute arrays from inputs and parameters, for one sample.
 *
 * @param parameters all of them, one after the other, each row-major
 * @param results row-major
 * @param arrays that are needed in between; all are written before they are read
 * @param functions that are called, in alphabetical order
 * @param read what some statement reads
 * @param operations how many operations are written down, each once however often a loop repeats it
 */
public record Routine(Buffer inputs, Buffer parameters, List<Buffer> results, List<Buffer> arrays, List<Statement> body,
        Set<String> functions, Set<Buffer> read, long operations) {

    static Routine of(Buffer inputs, Buffer parameters, List<Buffer> results, List<Buffer> arrays,
            List<Statement> body) {
        var functions = new TreeSet<String>();
        var read = new HashSet<Buffer>();
        long operations = 0;
        var statements = new ArrayDeque<>(body);
        while (!statements.isEmpty()) {
            Scalar value = switch (statements.pop()) {
                case Define define -> define.value();
                case Assign assign -> assign.value();
                case For loop -> {
                    loop.body().forEach(statements::push);
                    yield Scalar.of(0);
                }
            };
            operations += collect(value, functions, read);
        }
        return new Routine(inputs, parameters, List.copyOf(results), List.copyOf(arrays), List.copyOf(body), functions,
                read,
                operations);
    }

    private static long collect(Scalar whole, Set<String> functions, Set<Buffer> read) {
        long count = 0;
        var scalars = new ArrayDeque<Scalar>();
        scalars.push(whole);
        while (!scalars.isEmpty()) {
            Scalar scalar = scalars.pop();
            count++;
            if (scalar instanceof Scalar.Call call) {
                functions.add(call.function());
            }
            if (scalar instanceof Scalar.Load load) {
                read.add(load.buffer());
            }
            scalar.operands().forEach(scalars::push);
        }
        return count;
    }

    /** How many numbers all arrays in between have for one sample. */
    public long arraySize() {
        return arrays.stream().mapToLong(Buffer::size).sum();
    }
}
