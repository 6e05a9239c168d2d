package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.program.engine.KernelEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class KeptEvaluationTest {

    private static final Symbol WEIGHTS = (Symbol) Arithmetic.symbol("W", Shape.of(3, 2));
    private static final Symbol INPUTS = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(2));

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Map<Symbol, double[]> weights = Map.of(WEIGHTS, random.doubles(6, -1, 1).toArray());

    /** With an output that is the same for all samples. */
    private static Evaluation evaluation() {
        Expression hidden = Arithmetic.apply(ScalarFunction.TANH, LinearAlgebra.matrixProduct(WEIGHTS, INPUTS));
        return Evaluation.watched(List.of(hidden, LinearAlgebra.entrySum(Arithmetic.product(hidden, hidden)), LinearAlgebra.entrySum(WEIGHTS)),
                List.of(WEIGHTS, INPUTS), new KernelEngine());
    }

    private Map<Symbol, double[][]> points(int samples) {
        double[][] points = new double[samples][];
        for (int s = 0; s < samples; s++) {
            points[s] = random.doubles(2, -3, 3).toArray();
        }
        return Map.of(INPUTS, points);
    }

    @Test
    void givesTheSameBitsHoweverOftenAndByHoweverManyThreadsItIsAsked() throws Exception {
        Evaluation evaluation = evaluation();
        var kept = new KeptEvaluation(evaluation, weights);
        var asked = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 400; i++) {
            int samples = random.nextInt(1, 4) * random.nextInt(1, 60);
            Map<Symbol, double[][]> points = points(samples);
            double[][][] expected = evaluation.evaluate(weights, points, samples);
            asked.add(() -> {
                assertThat(kept.evaluate(points, samples)).as("seed %d, %d samples", seed, samples).isDeepEqualTo(expected);
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(asked)) {
                assertThat(answer.get()).isTrue();
            }
        }
        assertThat(kept.bytes()).isPositive();
    }

    @Test
    void nobodyHoldsWhatItKeeps() {
        var kept = new KeptEvaluation(evaluation(), weights);
        var budget = new MemoryBudget("requests", Long.MAX_VALUE, () -> Long.MAX_VALUE);
        for (int i = 0; i < 3; i++) {
            int samples = 5 + i / 2;
            try (var work = new Work(Long.MAX_VALUE, budget)) {
                work.run(() -> kept.evaluate(points(samples), samples));
                assertThat(budget.held(Place.OFF_HEAP)).isZero();
            }
        }
        assertThat(budget.held(Place.OFF_HEAP)).isZero();
        assertThat(budget.held(Place.HEAP)).isZero();
    }

    @Test
    void goesOnAfterSomebodyRanOutOfWork() {
        var kept = new KeptEvaluation(evaluation(), weights);
        Map<Symbol, double[][]> points = points(7);
        double[][][] expected = kept.evaluate(points, 7);
        var budget = new MemoryBudget("requests", Long.MAX_VALUE, () -> Long.MAX_VALUE);
        try (var work = new Work(1, budget)) {
            assertThatThrownBy(() -> work.run(() -> kept.evaluate(points, 7))).isInstanceOf(RuntimeException.class);
            assertThat(budget.held(Place.OFF_HEAP)).isZero();
        }
        assertThat(kept.evaluate(points, 7)).isDeepEqualTo(expected);
        kept.close();
        assertThat(kept.evaluate(points, 7)).isDeepEqualTo(expected);
    }
}
