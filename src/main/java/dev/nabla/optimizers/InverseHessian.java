package dev.nabla.optimizers;

/** What a quasi-Newton method takes for the inverse of a Hessian: it learns from steps, and is the identity before the first. */
interface InverseHessian {

    /** Steps along which the gradient hardly changes, as a cosine, would spoil it. */
    double SMALLEST_COSINE = 1e-12;

    boolean isEmpty();

    /** Forgets all steps. */
    void clear();

    double[] times(double[] vector);

    /**
     * Learns from a step s, unless the gradient hardly changes along it.
     *
     * @param gradientChange y
     * @param expected s · H⁻¹ s, which is what s · y was taken for when the step was chosen; above 0
     */
    default void add(double[] step, double[] gradientChange, double expected) {
        double curvature = DifferentiableFunction.dot(step, gradientChange);
        double lengths = Math.sqrt(DifferentiableFunction.dot(step, step))
                * Math.sqrt(DifferentiableFunction.dot(gradientChange, gradientChange));
        if (curvature > SMALLEST_COSINE * lengths) {
            learn(step, gradientChange, curvature, expected);
        }
    }

    /** @param curvature s · y, above 0 */
    void learn(double[] step, double[] gradientChange, double curvature, double expected);

    void save(StateWriter state);

    /** @param size how long a step is */
    void restore(StateReader state, int size);
}
