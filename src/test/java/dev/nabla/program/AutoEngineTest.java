package dev.nabla.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutoEngineTest {

    private final Engine kernels = new KernelEngine();
    private final Engine nd4j = new Nd4jEngine();

    /** An operation of ND4J takes microseconds however small it is. */
    @Test
    void smallNetworksAreLeftToTheKernels() {
        var auto = new AutoEngine(kernels, nd4j);
        for (int seed = 0; seed < 50; seed++) {
            Program program = gradient(new Random(seed));
            for (int batch : new int[] {1, 10, 100}) {
                assertThat(auto.faster(program, batch)).as("seed %d, batch %d", seed, batch).isSameAs(kernels);
                assertThat(CostModel.ofNd4j(program, batch)).isGreaterThan(10 * CostModel.ofKernels(program, batch));
            }
        }
    }

    private static Program gradient(Random random) {
        var network = new RandomNetwork(random, 2);
        Expression loss = LinearAlgebra.sampleSum(LinearAlgebra.entrySum(network.outputs()));
        List<Symbol> symbols = new ArrayList<>();
        network.parameters().forEach(parameter -> symbols.add((Symbol) parameter));
        symbols.add((Symbol) network.inputs());
        return Program.compile(Derivative.gradient(loss, network.parameters()), symbols);
    }
}
