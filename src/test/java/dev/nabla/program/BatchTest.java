package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.language.Equation;
import dev.nabla.language.Scope;
import dev.nabla.program.engine.KernelEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many samples are computed at once, and what they cost. */
class BatchTest {

    private static final Symbol X = (Symbol) Arithmetic.perSampleSymbol("x", Shape.SCALAR);

    @Test
    void aSmallProgramTakes1024Samples() {
        assertThat(program("exp(x)").largestBatch()).isEqualTo(1024);
    }

    @Test
    void aWideProgramTakesAsManyAsFit64Megabytes() {
        assertThat(program("sum((x*ones(200,200))@(x*ones(200,200)))").largestBatch()).isBetween(35, 130);
        double[] values = values("sum((x*ones(200,200))@(x*ones(200,200)))", IntStream.range(0, 1100).asDoubleStream()
                .toArray());
        for (int s = 0; s < values.length; s++) {
            assertThat(values[s]).isEqualTo(8e6 * s * s);
        }
    }

    @Test
    void aSampleThatWouldTakeTwoGigabytesIsRefused() {
        String equation = IntStream.range(1, 150)
                .mapToObj(i -> "sum((x*ones(1000,1000))@(x^" + i + "*ones(1000,1000)))").collect(Collectors.joining("+"));
        Program program = program(equation);
        assertThatThrownBy(program::largestBatch).isInstanceOf(WorkLimitException.class)
                .hasMessageContaining("numbers for a single sample, more than 268435456");
    }

    @Test
    void everyBatchIsPaidFor() {
        Work.within(1_000_000, () -> assertThat(values("exp(x)", new double[10 * 1024])).containsOnly(1));
        assertThatThrownBy(() -> Work.within(1_000_000, () -> values("exp(x)", new double[1000 * 1024])))
                .isInstanceOf(WorkLimitException.class);
    }

    private static double[] values(String equation, double... points) {
        double[][] rows = new double[points.length][];
        for (int s = 0; s < rows.length; s++) {
            rows[s] = new double[] {points[s]};
        }
        double[][] values = Evaluation.of(List.of(expression(equation)), List.of(X), new KernelEngine())
                .evaluate(Map.of(), Map.of(X, rows), rows.length)[0];
        return Arrays.stream(values).mapToDouble(value -> value[0]).toArray();
    }

    private static Program program(String equation) {
        return Program.compile(List.of(expression(equation)), List.of(X));
    }

    private static Expression expression(String equation) {
        return Equation.parse(equation, Scope.of(Map.of("x", X)));
    }
}
