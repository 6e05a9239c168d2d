package dev.nabla.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CramersRuleTest {

    /** 2³ minors of at most 4 terms of at most 4 nodes; per scalar 5 more; and the reciprocal of the determinant. */
    @Test
    void theNodesAreCountedBeforeTheyAreMade() {
        assertThat(CramersRule.nodeCount(3, 6)).isEqualTo(BigInteger.valueOf(8 * 4 * 4 + 6 * 5 + 2));
        for (int n = 2; n <= 6; n++) {
            List<Expression> solution = new CramersRule(n, symbols("a", n * n)).solve(symbols("b", 2 * n));
            assertThat(CramersRule.nodeCount(n, 2 * n).intValueExact()).as("%d rows", n)
                    .isGreaterThanOrEqualTo(Graph.nodeCount(solution) - n * n - 2 * n);
        }
    }

    @Test
    void aMatrixHas30RowsAtMost() {
        assertThat(new CramersRule(30, List.of())).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new CramersRule(31, List.of()));
    }

    private static List<Expression> symbols(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> Arithmetic.symbol(name + i, Shape.SCALAR)).toList();
    }
}
