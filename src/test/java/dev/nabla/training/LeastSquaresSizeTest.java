package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.GaussNewtonSettings.Space;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LeastSquaresSizeTest {

    private static final Network NETWORK = Network.of(new NetworkDefinition(Optional.empty(), List.of("x"), List.of("y"),
            List.of(DenseLayer.of(1, Activation.IDENTITY))));

    private static Optional<LeastSquaresSize> size(int rows, double validation, OptimizerSettings optimizer) {
        var samples = new Samples(List.of("x"), List.of("y"), new double[rows], new double[rows]);
        return LeastSquaresSize.of(NETWORK, MatchedSamples.of(NETWORK, Loss.MSE, Optional.of(samples), Map.of()),
                new TrainingSettings(Loss.MSE, 1, 10, false, 1, optimizer, OptionalDouble.empty(),
                        validation > 0 ? OptionalDouble.of(validation) : OptionalDouble.empty(), Optional.empty()));
    }

    private static GaussNewtonSettings in(Space space) {
        return new GaussNewtonSettings(1e-3, space, 0, 0);
    }

    @Test
    void hasNoResidualsOfTheRowsOfValidation() {
        assertThat(size(6000, 0.25, in(Space.RESIDUALS)).orElseThrow()).isEqualTo(new LeastSquaresSize(4500, 2, true))
                .returns(Optional.empty(), LeastSquaresSize::problem);
    }

    @Test
    void isRefusedWhereTooManyEquationsAreSolved() {
        assertThat(size(6000, 0, in(Space.RESIDUALS)).orElseThrow().problem().map(Problem::detail)).hasValueSatisfying(detail ->
                assertThat(detail).contains("6000 residuals and 2 parameters").endsWith("the space auto takes the fewer"));
        assertThat(size(6000, 0, in(Space.AUTO)).orElseThrow().problem()).isEmpty();
    }

    @Test
    void isRefusedWhereTooManyDerivativesAreKept() {
        assertThat(new LeastSquaresSize(50_000_000, 2, false).problem()).isEmpty();
        assertThat(new LeastSquaresSize(50_000_001, 2, false).problem().map(Problem::detail)).hasValueSatisfying(detail ->
                assertThat(detail).contains("100000000 derivatives", "50000001 residuals and 2 parameters"));
    }

    @Test
    void isOfGaussNewtonOnly() {
        assertThat(size(10, 0, AdamSettings.DEFAULT)).isEmpty();
    }
}
