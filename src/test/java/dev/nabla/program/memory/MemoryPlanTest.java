package dev.nabla.program.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.program.Instruction;
import dev.nabla.program.Program;
import dev.nabla.program.RandomNetwork;
import dev.nabla.program.Schedule;
import dev.nabla.program.Slot;
import dev.nabla.rendering.RandomExpressions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {

    private static final int SCRATCH = 24;

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

    /** Follows the program: at every step the values that later steps, runs or the outside read must not overlap. */
    private static void check(Program program, int rowLength, String description) {
        MemoryPlan plan = MemoryPlan.of(program, rowLength, true, _ -> SCRATCH);
        List<Instruction> instructions = program.schedule().instructions();
        Set<Slot> always = new HashSet<>(program.symbols().values());
        always.addAll(program.outputs());
        program.schedule().constants().forEach(instruction -> always.addAll(instruction.targets()));
        Set<Slot> written = new HashSet<>(always);
        int number = 0;
        for (Schedule.Stage stage : program.schedule().stages()) {
            List<Place> partialSums = new ArrayList<>();
            for (Instruction instruction : stage.instructions()) {
                Set<Slot> live = new HashSet<>();
                instructions.subList(instructions.indexOf(instruction), instructions.size())
                        .forEach(later -> live.addAll(later.operands()));
                live.retainAll(written);
                live.addAll(always);
                live.addAll(instruction.targets());
                List<Place> places = new ArrayList<>(partialSums);
                Place scratch = new Place("tile", plan.scratchOffset(), SCRATCH);
                instruction.targets().forEach(target -> plan.partialSumOffset(target).ifPresent(offset -> places.add(new Place("tile", offset,
                        target.size(rowLength)))));
                partialSums = new ArrayList<>(places);
                places.add(scratch);
                live.forEach(slot -> places.add(new Place(
                        slot.perSample() ? "tile" : program.isShared(slot) ? "shared" : "common", plan.offset(slot),
                        slot.size(rowLength))));
                requireApart(places, description + ", instruction " + number++);
                written.addAll(instruction.targets());
            }
        }
    }

    private record Place(String block, long start, long size) {}

    private static void requireApart(List<Place> places, String description) {
        for (Place a : places) {
            for (Place b : places) {
                if (a != b && a.block().equals(b.block())) {
                    assertThat(a.start() + a.size() <= b.start() || b.start() + b.size() <= a.start())
                            .as("%s: %s and %s", description, a, b).isTrue();
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
        long slots = program.schedule().instructions().stream().mapToLong(instruction -> instruction.target().size(64)).sum();
        assertThat(MemoryPlan.of(program, 64, false, _ -> 0).tileSize()).isLessThanOrEqualTo(4 * 16 * 64).isLessThan(slots / 20);
        Expression loss = LinearAlgebra.sampleSum(LinearAlgebra.entrySum(below));
        List<Expression> gradient = Derivative.gradient(loss, List.of(symbols.get(1)));
        assertThat(MemoryPlan.of(Program.compile(gradient, symbols), 64, false, _ -> 0).tileSize()).isLessThan(60 * 16 * 64);
    }
}
