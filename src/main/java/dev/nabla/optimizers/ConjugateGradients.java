package dev.nabla.optimizers;

import dev.nabla.optimizers.TwiceDifferentiableFunction.Hessian;
import java.util.Arrays;

/**
 * A step p for which the quadratic g · p + p · H p / 2 is small within a ball ‖p‖ ≤ Δ, by conjugate gradients that end at the sphere, at
 * negative curvature, which is followed up to the sphere, or where the gradient of the quadratic is small enough (Steihaug, SIAM Journal on
 * Numerical Analysis 20, 1983, doi 10.1137/0720042; Nocedal and Wright, "Numerical optimization", second edition, 2006, algorithm 7.2).
 */
final class ConjugateGradients {

    private final double[] gradient;
    /** A power of two, which rounds nothing, of about the size of g. The quadratic is divided by it, lest products of it are infinite. */
    private final double unit;
    private final double[] step;
    /** g + H p, the gradient of the quadratic, in units. */
    private final double[] residual;
    private final double[] direction;
    private final double[] product;
    private boolean isOnSphere;

    /** @param gradient g */
    ConjugateGradients(double[] gradient) {
        this.gradient = gradient;
        this.step = new double[gradient.length];
        double largest = Arrays.stream(gradient).map(Math::abs).max().orElse(0);
        this.unit = largest > 0 ? Math.scalb(1.0, Math.clamp(Math.getExponent(largest), Double.MIN_EXPONENT, Double.MAX_EXPONENT)) : 1;
        this.residual = inUnits(gradient.clone());
        this.direction = new double[gradient.length];
        this.product = new double[gradient.length];
    }

    private double[] inUnits(double[] vector) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= unit;
        }
        return vector;
    }

    /**
     * Solves.
     *
     * @param radius Δ, above 0
     * @param tolerance ends with a gradient of the quadratic of this norm
     * @return whether all curvatures were numbers; else there is no step
     */
    boolean solve(Hessian hessian, double radius, double tolerance, int mostIterations) {
        double squared = DifferentiableFunction.dot(residual, residual);
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -residual[i];
        }
        for (int iteration = 0; iteration < mostIterations && Math.sqrt(squared) > tolerance / unit; iteration++) {
            hessian.times(direction, product);
            inUnits(product);
            double curvature = DifferentiableFunction.dot(direction, product);
            if (!Double.isFinite(curvature)) {
                return false;
            }
            double length = squared / curvature;
            double toSphere = toSphere(radius);
            isOnSphere = !(curvature > 0 && length < toSphere);
            add(isOnSphere ? toSphere : length);
            if (isOnSphere) {
                return true;
            }
            double next = DifferentiableFunction.dot(residual, residual);
            for (int i = 0; i < direction.length; i++) {
                direction[i] = next / squared * direction[i] - residual[i];
            }
            squared = next;
        }
        return true;
    }

    private void add(double length) {
        for (int i = 0; i < step.length; i++) {
            step[i] += length * direction[i];
            residual[i] += length * product[i];
        }
    }

    /** The τ ≥ 0 with ‖p + τ d‖ = Δ. */
    private double toSphere(double radius) {
        double squared = DifferentiableFunction.dot(direction, direction);
        double along = DifferentiableFunction.dot(step, direction);
        double inside = Math.max(0, radius * radius - DifferentiableFunction.dot(step, step));
        double root = Math.sqrt(along * along + squared * inside);
        // Without the difference of two numbers that are near to each other.
        return along > 0 ? inside / (along + root) : (root - along) / squared;
    }

    double[] step() {
        return step;
    }

    /** Whether the step is as long as it may be. */
    boolean isOnSphere() {
        return isOnSphere;
    }

    /** By how much the quadratic is less at the step than at 0. */
    double predicted() {
        return -(DifferentiableFunction.dot(gradient, step) + unit * DifferentiableFunction.dot(residual, step)) / 2;
    }
}
