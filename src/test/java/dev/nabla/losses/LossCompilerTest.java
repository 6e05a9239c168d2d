package dev.nabla.losses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Work;
import dev.nabla.expression.Work.Taken;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LossCompilerTest {

    private static final Samples SAMPLES = new Samples(List.of("x", "y"), List.of("z"), new double[] {1, 2, 3, 4}, new double[] {5, 6});

    private final LossCompiler compiler = new LossCompiler(1 << 24);

    @Test
    void equalSourcesHaveOneProgram() {
        Work.within(Long.MAX_VALUE, () -> assertThat(compiler.compile(source(Loss.MSE, Activation.TANH, Set.of())))
                .isSameAs(compiler.compile(source(Loss.MSE, Activation.TANH, Set.of()))));
    }

    @Test
    void whateverDiffersInASourceMakesAnotherProgram() {
        Work.within(Long.MAX_VALUE, () -> {
            LossSource source = source(Loss.MSE, Activation.TANH, Set.of());
            Expression twice = Arithmetic.sum(List.of(source.values().getFirst(), source.values().getFirst()));
            List<Symbol> reversed = source.parameters().reversed();
            var otherOrder = new ArrayList<>(source.symbols());
            otherOrder.addFirst(otherOrder.removeLast());
            List<LossSource> others = List.of(source(Loss.MAE, Activation.TANH, Set.of()), source(Loss.MSE, Activation.of("sigmoid"), Set.of()),
                    source(Loss.MSE, Activation.TANH, Set.of("L1.W")), source(Loss.MSE, Activation.TANH, Set.of("L1.b")),
                    new LossSource(List.of(twice), source.parameters(), Set.of(), source.symbols()),
                    new LossSource(List.of(source.values().getFirst(), twice), source.parameters(), Set.of(), source.symbols()),
                    new LossSource(source.values(), reversed, Set.of(), source.symbols()),
                    new LossSource(source.values(), source.parameters(), Set.of(), otherOrder),
                    new LossSource(source.values(), source.symbols()), source);
            List<Program> programs = others.stream().map(compiler::compile).toList();
            assertThat(programs).doesNotHaveDuplicates();
            for (int i = 0; i < programs.size(); i++) {
                Program alone = others.get(i).compile();
                assertThat(programs.get(i)).as("source %d", i).returns(alone.schedule(), Program::schedule)
                        .returns(alone.symbols(), Program::symbols).returns(alone.outputs(), Program::outputs);
            }
        });
    }

    @Test
    void whoGetsAProgramThatIsThereTakesAsMuchOfItsWorkAsWhoMadeIt() {
        Taken made = taken();
        assertThat(made.nanos()).isPositive();
        assertThat(made.bytes()).isPositive();
        assertThat(taken()).isEqualTo(made);
    }

    private Taken taken() {
        Taken[] taken = new Taken[1];
        Work.within(Long.MAX_VALUE, () -> {
            LossSource source = source(Loss.MSE, Activation.TANH, Set.of());
            Taken before = Work.taken();
            compiler.compile(source);
            taken[0] = Work.taken().since(before);
        });
        return taken[0];
    }

    @Test
    void ofMoreThanItMayHoldItKeepsWhatWasAskedForLast() {
        var small = new LossCompiler(3 * taken().bytes() / 2);
        Work.within(Long.MAX_VALUE, () -> {
            Program first = small.compile(source(Loss.MSE, Activation.TANH, Set.of()));
            Program second = small.compile(source(Loss.MSE, Activation.of("sigmoid"), Set.of()));
            assertThat(small.compile(source(Loss.MSE, Activation.of("sigmoid"), Set.of()))).isSameAs(second);
            assertThat(small.compile(source(Loss.MSE, Activation.TANH, Set.of()))).isNotSameAs(first);
        });
    }

    @Test
    void outsideOfAWorkNothingIsKept() {
        Program first = compiler.compile(source(Loss.MSE, Activation.TANH, Set.of()));
        assertThat(compiler.compile(source(Loss.MSE, Activation.TANH, Set.of()))).isNotSameAs(first);
    }

    /** Of a network that is built anew. */
    private static LossSource source(Loss loss, Activation activation, Set<String> fixed) {
        Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("x", "y"), List.of("z"),
                List.of(DenseLayer.of(3, activation), DenseLayer.of(1, activation))));
        LossPart part = loss.parts(network, SAMPLES, Map.of()).getFirst();
        List<Symbol> symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(network.inputs());
        symbols.add(part.targets().orElseThrow());
        return new LossSource(List.of(part.ofBatch()), network.parameters().symbols(), fixed, symbols);
    }
}
