package dev.nabla.program.nd4j;

import dev.nabla.program.AdamConstants;
import dev.nabla.program.AdamUpdate;
import dev.nabla.program.FlatVector;
import dev.nabla.program.NumberVector;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** Adam as ND4J has it. */
final class Nd4jAdam implements AdamUpdate {

    private final AdamConstants constants;
    private final INDArray parameters;
    private final INDArray gradient;
    private final INDArray firstMoment;
    private final INDArray secondMoment;

    Nd4jAdam(AdamConstants constants, INDArray parameters, INDArray gradient) {
        this.constants = constants;
        this.parameters = parameters;
        this.gradient = gradient;
        this.firstMoment = FlatVector.allocate(parameters.length());
        this.secondMoment = FlatVector.allocate(parameters.length());
    }

    @Override
    public void run(double learningRate, int step) {
        // ND4J adds ε to √v, not to √v̂ = √v / √(1 − β₂ᵗ); scaled by the same root it is where the paper has it.
        double scaled = constants.epsilon() * Math.sqrt(1 - Math.pow(constants.beta2(), step));
        // Of a learning rate of 0, or one that underflows, ND4J makes ε: so it gets 1, and the step is scaled here.
        Nd4j.exec(new AdamUpdater(gradient, secondMoment, firstMoment, 1, constants.beta1(), constants.beta2(), scaled, step - 1));
        parameters.subi(gradient.muli(learningRate));
    }

    @Override
    public NumberVector firstMoment() {
        return new FlatVector(firstMoment);
    }

    @Override
    public NumberVector secondMoment() {
        return new FlatVector(secondMoment);
    }

    @Override
    public boolean isFinite() {
        return new FlatVector(secondMoment).isFinite();
    }
}
