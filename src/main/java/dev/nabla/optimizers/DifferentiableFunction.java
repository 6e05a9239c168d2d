package dev.nabla.optimizers;

/** A function of many variables with its gradient. */
public interface DifferentiableFunction {

    /** The value at a point, which need not be a finite number; sets {@code gradient} to the gradient there. */
    double at(double[] point, double[] gradient);

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
