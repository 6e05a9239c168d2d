package dev.nabla.training;

import dev.nabla.losses.HessianProgram;
import dev.nabla.network.Network;
import dev.nabla.optimizers.BoundedVariables;
import dev.nabla.optimizers.Newton;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.TwiceDifferentiableFunction;
import dev.nabla.program.Engine;
import java.util.Arrays;

/** Truncated Newton, with products of the Hessian of the loss of all samples. */
final class NewtonMethod implements FullBatchMethod<Newton>, TwiceDifferentiableFunction {

    private final TrainingStep step;
    private final NewtonSettings settings;
    private final Cancellation cancellation;
    private final FullBatchLoss loss;
    private final HessianProgram[] parts;
    private final BoundedVariables variables;
    private final TwiceDifferentiableFunction function;
    private int epochUnderWay = 1;

    NewtonMethod(Network network, NewtonSettings settings, TrainingStep step, Engine engine, Cancellation cancellation) {
        this.step = step;
        this.settings = settings;
        this.cancellation = cancellation;
        this.loss = new FullBatchLoss(step, cancellation);
        this.parts = step.parts().stream().map(part -> new HessianProgram(network, part, step.trained().fixed(), engine))
                .toArray(HessianProgram[]::new);
        this.variables = new BoundedVariables(step.trained().bounds());
        this.function = variables.of(this);
    }

    @Override
    public double at(double[] point, double[] gradient) {
        return loss.at(point, gradient);
    }

    @Override
    public Hessian hessian(double[] point) {
        for (HessianProgram part : parts) {
            part.setParameters(point);
        }
        return (vector, product) -> {
            if (cancellation.isAsked()) {
                Arrays.fill(product, Double.NaN);
                return;
            }
            Arrays.fill(product, 0);
            for (HessianProgram part : parts) {
                part.addProduct(vector, product);
            }
            if (!Arrays.stream(product).allMatch(Double::isFinite)) {
                throw new DivergedException(epochUnderWay, "a second derivative of the loss is not finite", "");
            }
        };
    }

    private void setSamples() {
        for (int i = 0; i < parts.length; i++) {
            parts[i].setSamples(step.parts().get(i).samples());
        }
    }

    @Override
    public Newton start(double[] parameters) {
        return new Newton(settings, function, variables.inner(parameters));
    }

    @Override
    public double[] parameters(Newton minimizer) {
        return variables.outer(minimizer.point());
    }

    @Override
    public Newton resume(int size, StateReader state) {
        loss.forget();
        setSamples();
        return new Newton(settings, function, size, state);
    }

    @Override
    public Newton withOtherSamples(Newton minimizer) {
        setSamples();
        minimizer.restart();
        return minimizer;
    }

    @Override
    public void requireFinite(Newton minimizer, boolean areOthers, int epoch) {
        epochUnderWay = epoch;
        loss.requireFinite(minimizer, areOthers, epoch);
    }

    @Override
    public EpochLosses losses(Newton minimizer) {
        return loss.losses(minimizer, minimizer.gradientNorm(), minimizer.trustRadius());
    }

    @Override
    public void free() {
        for (HessianProgram part : parts) {
            part.free();
        }
    }
}
