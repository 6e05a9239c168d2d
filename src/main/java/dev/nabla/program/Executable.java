package dev.nabla.program;

import dev.nabla.expression.Expression.Symbol;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program that is ready to run on the symbol values that stand in its memory. */
public interface Executable {

    /** The samples of a batch. */
    int batch();

    /**
     * The place of a symbol: its shape, followed by the batch if it has a value per sample. Write to it before
     * {@link #run}.
     */
    INDArray symbol(Symbol symbol);

    /** The place of the output of this number: its shape, followed by the batch if it has a value per sample. */
    INDArray output(int output);

    /** Computes all outputs. */
    void run();
}
