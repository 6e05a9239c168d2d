package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.RandomExpressions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {

    @Test
    void whatIsStillNeededIsNeverOverwritten() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var expressions = new RandomExpressions(random);
            List<Expression> outputs = List.of(expressions.array(4), expressions.array(3), expressions.array(2));
            check(Program.compile(outputs, RandomExpressions.symbols().stream().map(Symbol.class::cast).toList()),
                    1 + random.nextInt(20), "seed " + seed);
        }
    }

    /** With sums over the samples, and so with shared values in between and as outputs. */
    @Test
    void gradientsOfBatchLossesKeepWhatTheyNeed() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var network = new RandomNetwork(random, 2);
            Expression loss = Arithmetic.apply(ScalarFunction.SQRT, LinearAlgebra.sampleSum(
                    LinearAlgebra.entrySum(Arithmetic.power(network.outputs(), 2))));
            List<Expression> outputs = new ArrayList<>(Derivative.gradient(loss, network.parameters()));
            outputs.addAll(List.of(loss, network.outputs(), loss, network.inputs()));
            List<Symbol> symbols = new ArrayList<>(List.of((Symbol) network.inputs()));
            network.parameters().forEach(parameter -> symbols.add((Symbol) parameter));
            check(Program.compile(outputs, symbols), 1 + random.nextInt(20), "seed " + seed);
        }
    }

    /** Follows the program: at every step the values that later steps or the outside read must not overlap. */
    private static void check(Program program, int batch, String description) {
        MemoryPlan plan = MemoryPlan.of(program, batch);
        List<Instruction> instructions = program.instructions();
        Set<Slot> written = new HashSet<>(program.symbols().values());
        for (int i = 0; i < instructions.size(); i++) {
            Set<Slot> live = new HashSet<>(program.symbols().values());
            for (Instruction later : instructions.subList(i, instructions.size())) {
                live.addAll(later.operands());
            }
            live.addAll(program.outputs());
            live.retainAll(written);
            live.add(instructions.get(i).target());
            requireApart(List.copyOf(live), plan, batch, description + ", instruction " + i);
            written.add(instructions.get(i).target());
        }
    }

    private static void requireApart(List<Slot> slots, MemoryPlan plan, int batch, String description) {
        for (int i = 0; i < slots.size(); i++) {
            for (int j = 0; j < i; j++) {
                Slot a = slots.get(i);
                Slot b = slots.get(j);
                if (plan.isShared(a) == plan.isShared(b)) {
                    boolean apart = plan.offset(a) + a.size(batch) <= plan.offset(b)
                            || plan.offset(b) + b.size(batch) <= plan.offset(a);
                    assertThat(apart).as("%s: %s and %s", description, a, b).isTrue();
                }
            }
        }
    }

    @Test
    void memoryIsReused() {
        Expression inputs = Arithmetic.perSampleSymbol("inputs", Shape.of(16));
        List<Symbol> symbols = new ArrayList<>(List.of((Symbol) inputs));
        Expression below = inputs;
        for (int k = 1; k <= 50; k++) {
            Expression weights = Arithmetic.symbol("L" + k + ".W", Shape.of(16, 16));
            symbols.add((Symbol) weights);
            below = Arithmetic.apply(ScalarFunction.TANH, LinearAlgebra.matrixProduct(weights, below));
        }
        Program program = Program.compile(List.of(LinearAlgebra.entrySum(below)), symbols);
        long slots = program.instructions().stream().mapToLong(instruction -> instruction.target().size(64)).sum();
        assertThat(MemoryPlan.of(program, 64).size()).isLessThanOrEqualTo(4 * 16 * 64).isLessThan(slots / 20);
        Expression loss = LinearAlgebra.sampleSum(LinearAlgebra.entrySum(below));
        List<Expression> gradient = Derivative.gradient(loss, List.of(symbols.get(1)));
        assertThat(MemoryPlan.of(Program.compile(gradient, symbols), 64).size()).isLessThan(60 * 16 * 64);
    }
}
