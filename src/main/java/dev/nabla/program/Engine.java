package dev.nabla.program;

import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs programs. Its executables work on ND4J's memory and are used by one thread at a time. */
public interface Engine {

    /** The name in requests. */
    String name();

    /** Makes the program of some shared values ready for batches of one size. */
    Executable prepare(SharedValues values, int batch);

    /** The one to evaluate with, which computes in double precision whatever this one trains in. */
    default Engine ofDoubles() {
        return this;
    }

    /**
     * Adam on flat vectors of one length: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ − η m̂ / (√v̂ + ε) with
     * bias-corrected m̂ and v̂ (Kingma and Ba, ICLR 2015, algorithm 1). An update may overwrite the gradient.
     */
    AdamUpdate adam(AdamConstants constants, INDArray parameters, INDArray gradient);

    /** z ← c x + d y on flat vectors of one length; z may be x or y, or both. */
    LinearUpdate linear(INDArray x, INDArray y, INDArray z);

    /** Says, whenever it is asked, whether no entry of a flat vector is infinite or NaN. */
    BooleanSupplier finite(INDArray vector);

    /**
     * Least squares of so many equations in so many unknowns.
     *
     * @param isOfRows whether what is solved for a step is a system with an equation for each row, and not for each column
     */
    DampedLeastSquares leastSquares(int rows, int columns, boolean isOfRows);

    /** A factorization of a matrix of so many rows and columns, of which there are no more than rows. */
    QrFactorization qr(int rows, int columns);

    /** @param processors on which it may compute beside its caller's own, from now on; all others if nothing is said */
    default void lend(int processors) {}
}
