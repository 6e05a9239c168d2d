package dev.nabla.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nabla.exports.files.Subject;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.names.Notation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What names a function that no format to take away has heard of, without any of the programs that run such files. */
class EveryFunctionTest {

    private static final Symbol INPUTS = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(2));

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void everyFunctionCanBeTakenAwayInEveryFormat(ExportFormat format) {
        Map<String, Expression> all = new LinkedHashMap<>();
        Expression x = LinearAlgebra.entry(INPUTS, 0);
        Expression y = LinearAlgebra.entry(INPUTS, 1);
        for (ScalarFunction function : ScalarFunction.values()) {
            all.put(function.text(), Arithmetic.apply(function, x));
        }
        for (BinaryFunction function : BinaryFunction.values()) {
            all.put(function.text(), Arithmetic.apply(function, x, y));
        }
        assertThat(all.entrySet().stream().filter(entry -> catchThrowable(() -> format.exporter().files(
                        new Subject("taken", List.of(new Subject.Equation(entry.getKey(), entry.getValue())), INPUTS,
                                List.of("x", "y"), List.of(), Optional.empty(), Notation.none(), List.of("a function")),
                        false, 1_000_000)) != null).map(Map.Entry::getKey)).as("unknown to %s", format).isEmpty();
    }
}
