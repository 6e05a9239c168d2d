package dev.nabla.optimizers;

/** A function of many variables with its gradient, and with what its Hessian makes of a vector. */
public interface TwiceDifferentiableFunction extends DifferentiableFunction {

    /** The Hessian at a point. */
    Hessian hessian(double[] point);

    /** A symmetric matrix that is known by its products only. */
    interface Hessian {

        /** Sets {@code product} to that with a vector; its entries need not be finite. */
        void times(double[] vector, double[] product);
    }
}
