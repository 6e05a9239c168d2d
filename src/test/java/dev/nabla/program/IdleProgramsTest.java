package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.program.engine.KernelEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdleProgramsTest {

    private static final Symbol WEIGHTS = (Symbol) Arithmetic.symbol("W", Shape.of(3, 2));
    private static final Symbol INPUTS = (Symbol) Arithmetic.perSampleSymbol("inputs", Shape.of(2));
    private static final Engine ENGINE = new KernelEngine();

    private final IdlePrograms idle = new IdlePrograms();
    private final MemoryBudget budget = new MemoryBudget("trainings", Long.MAX_VALUE, () -> Long.MAX_VALUE);

    private static Program program() {
        Expression hidden = Arithmetic.apply(ScalarFunction.TANH, LinearAlgebra.matrixProduct(WEIGHTS, INPUTS));
        return Program.compile(List.of(LinearAlgebra.entrySum(Arithmetic.product(hidden, hidden))), List.of(WEIGHTS, INPUTS));
    }

    private void working(Work.Task<RuntimeException> task) {
        try (var work = new Work(Long.MAX_VALUE, budget)) {
            work.run(task);
        }
    }

    private long held() {
        return budget.held(Place.OFF_HEAP);
    }

    @Test
    void givesWhatWasLeftOfTheSameProgramAndEngineWithoutItsValues() {
        working(() -> {
            Program program = program();
            ReadyProgram left = idle.take(program, ENGINE);
            left.values().set(WEIGHTS, new double[] {1, 2, 3, 4, 5, 6});
            left.prepare(25, 10);
            Executable ofTen = left.of(10);
            Executable ofFive = left.of(5);
            idle.leave(left);
            assertThat(held()).isZero();
            assertThat(idle.take(program(), ENGINE)).as("another program").isNotSameAs(left);
            assertThat(idle.take(program, new KernelEngine())).as("another engine").isNotSameAs(left);
            long before = held();
            ReadyProgram again = idle.take(program, ENGINE);
            assertThat(again).isSameAs(left);
            assertThat(held() - before).as("nothing of the batches that it is not asked for").isEqualTo(8 * left.values().array().length());
            assertThat(again.values().from(WEIGHTS, 6).toDoubleVector()).containsOnly(0);
            again.prepare(30, 10);
            assertThat(again.of(10)).isSameAs(ofTen);
            assertThat(held() - before).isEqualTo(8 * left.values().array().length() + ofTen.bytes());
            assertThat(again.of(5)).as("of a size that was not prepared for").isNotSameAs(ofFive);
            assertThat(idle.take(program, ENGINE)).as("one that is taken").isNotSameAs(left);
        });
        assertThat(held()).isZero();
    }

    @Test
    void runsForBatchesOfEverySizeItIsPreparedFor() {
        double[] rows = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        var ready = new ReadyProgram(program(), ENGINE);
        ready.values().set(WEIGHTS, new double[] {1, 2, -1, 0, 0.5, 1});
        ready.prepare(5, 3);
        for (int batch : new int[] {3, 2, 3}) {
            Executable executable = ready.of(batch);
            executable.load(INPUTS, rows, IntStream.range(0, 5).toArray(), 1);
            executable.run();
            assertThat(executable.scalars(0)).containsExactly(IntStream.range(1, 1 + batch).mapToDouble(s -> {
                double x = rows[2 * s];
                double y = rows[2 * s + 1];
                return square(Math.tanh(x + 2 * y)) + square(Math.tanh(-x)) + square(Math.tanh(0.5 * x + y));
            }).toArray(), within(1e-14));
        }
    }

    private static double square(double x) {
        return x * x;
    }

    @Test
    void keepsNoMoreThanSoManyNorWhatIsLarge() {
        working(() -> {
            List<Program> programs = IntStream.range(0, 100).mapToObj(_ -> program()).toList();
            for (Program program : programs) {
                ReadyProgram ready = idle.take(program, ENGINE);
                ready.prepare(10, 10);
                idle.leave(ready);
                assertThat(held()).isZero();
            }
            Map<Program, ReadyProgram> taken = new LinkedHashMap<>();
            for (Program program : programs) {
                taken.put(program, idle.take(program, ENGINE));
            }
            assertThat(taken.values()).doesNotHaveDuplicates();
            taken.values().forEach(idle::leave);
            assertThat(held()).isZero();
            assertThat(taken.get(programs.getFirst()).values().array().wasClosed()).isTrue();
            taken.forEach((program, ready) -> {
                boolean isOfTheLast = programs.indexOf(program) >= 100 - 32;
                assertThat(idle.take(program, ENGINE) == ready).isEqualTo(isOfTheLast);
            });
            long before = held();
            Program large = program();
            ReadyProgram ready = idle.take(large, ENGINE);
            ready.prepare(100_000, 100_000);
            idle.leave(ready);
            assertThat(held()).isEqualTo(before);
            assertThat(idle.take(large, ENGINE)).isNotSameAs(ready);
        });
    }

    /** However many others there are. */
    @Test
    void keepsAllThatWasLeftLast() {
        working(() -> {
            for (int i = 0; i < 40; i++) {
                idle.leave(idle.take(program(), ENGINE));
            }
            List<Program> programs = List.of(program(), program(), program());
            List<ReadyProgram> left = programs.stream().map(program -> idle.take(program, ENGINE)).toList();
            left.forEach(idle::leave);
            assertThat(programs.stream().map(program -> idle.take(program, ENGINE))).isEqualTo(left);
        });
    }

    @Test
    void whereThereIsNoMemoryForItItIsFreed() {
        Program program = program();
        ReadyProgram[] left = new ReadyProgram[1];
        working(() -> {
            left[0] = idle.take(program, ENGINE);
            left[0].prepare(10, 10);
            idle.leave(left[0]);
        });
        var little = new MemoryBudget("trainings", Long.MAX_VALUE, () -> 1);
        try (var work = new Work(Long.MAX_VALUE, little)) {
            work.run(() -> assertThatThrownBy(() -> idle.take(program, ENGINE)).isInstanceOf(WorkLimitException.class));
        }
        assertThat(little.held(Place.OFF_HEAP)).isZero();
        assertThat(left[0].values().array().wasClosed()).isTrue();
        working(() -> assertThat(idle.take(program, ENGINE)).isNotSameAs(left[0]));
    }

    @Test
    void keepsNoneOfVeryManyInstructions() {
        Expression sum = INPUTS;
        for (int i = 0; i < 1100; i++) {
            sum = Arithmetic.apply(ScalarFunction.TANH, sum);
        }
        Program deep = Program.compile(List.of(sum), List.of(INPUTS));
        assertThat(deep.schedule().instructions()).hasSizeGreaterThan(1000);
        working(() -> {
            ReadyProgram ready = idle.take(deep, ENGINE);
            idle.leave(ready);
            assertThat(held()).isZero();
            assertThat(idle.take(deep, ENGINE)).isNotSameAs(ready);
        });
    }

    /** It would be of two who compute in the same memory. */
    @Test
    void nothingIsLeftTwice() {
        working(() -> {
            ReadyProgram ready = idle.take(program(), ENGINE);
            idle.leave(ready);
            assertThatThrownBy(() -> idle.leave(ready)).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void anEngineHasOneOfDoubles() {
        var singles = new KernelEngine(Precision.SINGLE);
        assertThat(singles.ofDoubles()).isSameAs(singles.ofDoubles()).isNotSameAs(singles);
        assertThat(ENGINE.ofDoubles()).isSameAs(ENGINE);
    }
}
