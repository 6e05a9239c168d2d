package dev.nabla.program;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs programs. Its executables work on ND4J's memory and are used by one thread at a time. */
public interface Engine {

    /** The name in requests. */
    String name();

    /**
     * Makes a program ready for batches of one size.
     *
     * @param shared the block of {@link Program#sharedSize()} doubles that holds the shared symbols and outputs; several
     *     executables may work on one
     */
    Executable prepare(Program program, int batch, INDArray shared);

    /**
     * Adam on flat vectors of one length: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ − η m̂ / (√v̂ + ε) with
     * bias-corrected m̂ and v̂ (Kingma and Ba, ICLR 2015, algorithm 1). An update may overwrite the gradient.
     */
    AdamUpdate adam(INDArray parameters, INDArray gradient, INDArray firstMoment, INDArray secondMoment);
}
