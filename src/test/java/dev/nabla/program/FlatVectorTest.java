package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class FlatVectorTest {

    @Test
    void memoryBeginsAtAWholeVectorAndHoldsZeros() {
        for (int size : new int[] {1, 7, 8, 9, 1000, 100_001}) {
            INDArray array = FlatVector.allocate(size);
            assertThat(FlatVector.first(array) % FlatVector.ALIGNMENT).as("%d doubles", size).isZero();
            assertThat(array.toDoubleVector()).hasSize(size).containsOnly(0);
            FlatVector.free(array);
        }
    }

    @Test
    void arraysAndKernelsSeeTheSameDoubles() {
        INDArray array = FlatVector.allocate(9);
        var whole = new FlatVector(array);
        IntStream.range(0, 9).forEach(i -> whole.set(i, i));
        assertThat(array.toDoubleVector()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(array.muli(2).sumNumber().doubleValue()).isEqualTo(72);
        INDArray part = FlatVector.part(FlatVector.part(array, 2, 6), 1, 3);
        assertThat(part.toDoubleVector()).containsExactly(6, 8, 10);
        assertThat(new FlatVector(part).get(2)).isEqualTo(whole.get(5));
        FlatVector.free(array);
    }

    /** As a gradient behind its loss. */
    @Test
    void arraysBehindScalarsBeginAtAWholeVector() {
        Symbol w = (Symbol) Arithmetic.symbol("w", Shape.of(11));
        List<Expression> outputs = List.of(LinearAlgebra.entrySum(w), Arithmetic.product(w, w));
        var values = new SharedValues(Program.compile(outputs, List.of(w)));
        assertThat(FlatVector.first(values.fromOutput(1, 11)) % FlatVector.ALIGNMENT).isZero();
        assertThat(FlatVector.first(values.fromOutput(0, 1))).isEqualTo(FlatVector.first(values.fromOutput(1, 11)) - 1);
    }
}
