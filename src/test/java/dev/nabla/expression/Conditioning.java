package dev.nabla.expression;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What the tolerance of a comparison is relative to where others have computed the same in another order. */
public final class Conditioning {

    private static final double CHANGE = 1e-7;

    private Conditioning() {
    }

    /**
     * A sum of parts of an energy's size may be near zero, but is no more exact than they are; and what an almost singular matrix or
     * an exponential of exponentials leaves of digits, no order of rounding has more of: the largest of the entries, and of their
     * relative changes by symbols.
     *
     * @param expected what the expression is with these values of its symbols
     */
    public static double size(Expression expression, Map<String, double[]> values, double[] expected) {
        var signs = new SplittableRandom(1);
        DoubleStream changes = IntStream.range(0, 3).boxed().flatMapToDouble(_ -> {
            var nearby = new HashMap<String, double[]>();
            values.forEach((name, entries) -> nearby.put(name, Arrays.stream(entries)
                    .map(x -> x * (1 + (signs.nextBoolean() ? CHANGE : -CHANGE))).toArray()));
            double[] moved = Interpreter.evaluate(expression, nearby);
            return IntStream.range(0, moved.length).mapToDouble(i -> (moved[i] - expected[i]) / CHANGE);
        });
        return DoubleStream.concat(Arrays.stream(expected), changes).map(Math::abs).filter(Double::isFinite).reduce(0, Math::max);
    }
}
