package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.program.engine.KernelEngine;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class WatcherTest {

    private static final int SAMPLES = 4_000;
    private static final double[] EDGES = {0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 1e16, -1e16};

    static final List<ScalarFunction> NOT_WATCHED = Watcher.FINITE.stream().filter(f -> f != ScalarFunction.NONZERO).toList();

    @ParameterizedTest
    @FieldSource("NOT_WATCHED")
    void whatIsNotWatchedIsFiniteWhereItsArgumentIs(ScalarFunction function) {
        long seed = new SplittableRandom().nextLong();
        var random = new SplittableRandom(seed);
        double[][] arguments = new double[SAMPLES][1];
        for (int s = 0; s < SAMPLES; s++) {
            double any = Double.longBitsToDouble(random.nextLong());
            arguments[s][0] = s < EDGES.length ? EDGES[s] : Double.isFinite(any) ? any : random.nextDouble(-1e3, 1e3);
        }
        Symbol x = (Symbol) Arithmetic.perSampleSymbol("x", Shape.SCALAR);
        Expression value = Arithmetic.apply(function, x);
        double[][] values = Evaluation.watched(List.of(value), List.of(x), new KernelEngine())
                .evaluate(Map.of(), Map.of(x, arguments), SAMPLES)[0];
        for (int s = 0; s < SAMPLES; s++) {
            assertThat(values[s][0]).as("%s of %s, seed %d", function, arguments[s][0], seed).isFinite();
        }
    }

    /** One sample of many, in the midst of a tile and in the last, where an entry of a layer has overflown: tanh hides it. */
    @ParameterizedTest
    @FieldSource("WIDTHS")
    void theSampleThatHasNoValueIsTheOneThatIsSpoilt(int width) {
        int samples = 300;
        long seed = new SplittableRandom().nextLong();
        int spoilt = new SplittableRandom(seed).nextInt(samples);
        double[][] rows = new double[samples][width];
        rows[spoilt][width / 2] = 1e200;
        Symbol x = (Symbol) Arithmetic.perSampleSymbol("x", Shape.of(width));
        Expression hidden = Arithmetic.apply(ScalarFunction.TANH, Arithmetic.power(x, 2));
        double[][] values = Evaluation.watched(List.of(hidden), List.of(x), new KernelEngine())
                .evaluate(Map.of(), Map.of(x, rows), samples)[0];
        for (int s = 0; s < samples; s++) {
            for (double value : values[s]) {
                assertThat(Double.isNaN(value)).as("sample %d of which %d is spoilt, seed %d", s, spoilt, seed).isEqualTo(s == spoilt);
            }
        }
    }

    static final List<Integer> WIDTHS = List.of(1, 3, 8, 17);
}
