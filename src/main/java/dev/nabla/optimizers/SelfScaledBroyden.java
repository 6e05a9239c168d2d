package dev.nabla.optimizers;

/**
 * The whole inverse Hessian as the self-scaled Broyden method updates it (Al-Baali and Khalfan, "A combined class of self-scaling and
 * modified quasi-Newton methods", Computational Optimization and Applications 52, 2012; for physics-informed networks Urbán,
 * Stefanou and Pons, Journal of Computational Physics 523, 2025, doi 10.1016/j.jcp.2024.113656): of Broyden's family it takes the
 * member, and of the matrix before the scale, that keep eigenvalues from drifting apart.
 */
final class SelfScaledBroyden implements InverseHessian {

    /** Row i has i + 1 numbers, up to the diagonal; empty as long as it is the identity. */
    private double[] rows = new double[0];

    @Override
    public boolean isEmpty() {
        return rows.length == 0;
    }

    @Override
    public void clear() {
        rows = new double[0];
    }

    @Override
    public double[] times(double[] vector) {
        if (isEmpty()) {
            return vector.clone();
        }
        double[] product = new double[vector.length];
        int first = 0;
        for (int i = 0; i < vector.length; i++) {
            double sum = 0;
            for (int j = 0; j < i; j++) {
                sum += rows[first + j] * vector[j];
                product[j] += rows[first + j] * vector[i];
            }
            product[i] = sum + rows[first + i] * vector[i];
            first += i + 1;
        }
        return product;
    }

    @Override
    public void learn(double[] step, double[] gradientChange, double curvature, double expected) {
        double b = expected / curvature;
        if (isEmpty()) {
            begin(step.length, curvature / DifferentiableFunction.dot(gradientChange, gradientChange));
            b = DifferentiableFunction.dot(step, step) / (rows[0] * curvature);
        }
        double[] product = times(gradientChange);
        double ofProduct = DifferentiableFunction.dot(gradientChange, product);
        double h = ofProduct / curvature;
        // Not below 0 but for rounding, by the inequality of Cauchy and Schwarz; 0 where the matrix tells the step already.
        double a = Math.max(h * b - 1, 1e-14);
        double lowest = Math.min(1, h * (1 - Math.sqrt(a / (1 + a))));
        double theta = Math.max((lowest - 1) / a, Math.min(1 / lowest, (1 - b) / b));
        double sigma = 1 + a * theta;
        double phi = (1 - theta) / sigma;
        double root = step.length == 1 ? 1 : Math.pow(sigma, -1.0 / (step.length - 1));
        double scale = Math.min(1, 1 / b) * (theta > 0 ? Math.min(root, 1 / theta) : root);
        double tau = theta > 0 ? scale : Math.min(scale, sigma);
        if (!(tau > 0) || !Double.isFinite(phi) || !Double.isFinite(1 / tau)) {
            return;
        }
        update(step, product, curvature, ofProduct, phi, tau);
    }

    private void begin(int size, double scale) {
        rows = new double[Math.toIntExact(size * (size + 1L) / 2)];
        int diagonal = 0;
        for (int i = 0; i < size; i++) {
            rows[diagonal] = scale;
            diagonal += i + 2;
        }
    }

    /** (H − H y yᵀ H / (y · H y) + φ v vᵀ) / τ + s sᵀ / (s · y) with v = √(y · H y) (s / (s · y) − H y / (y · H y)). */
    private void update(double[] s, double[] product, double curvature, double ofProduct, double phi, double tau) {
        double ofSteps = phi * ofProduct / (curvature * curvature * tau) + 1 / curvature;
        double ofBoth = -phi / (curvature * tau);
        double ofProducts = (phi - 1) / (ofProduct * tau);
        int first = 0;
        for (int i = 0; i < s.length; i++) {
            double stepFactor = ofSteps * s[i] + ofBoth * product[i];
            double productFactor = ofBoth * s[i] + ofProducts * product[i];
            for (int j = 0; j <= i; j++) {
                rows[first + j] = rows[first + j] / tau + stepFactor * s[j] + productFactor * product[j];
            }
            first += i + 1;
        }
    }

    @Override
    public void save(StateWriter state) {
        state.put(isEmpty() ? 0 : 1);
        if (!isEmpty()) {
            state.put(rows);
        }
    }

    @Override
    public void restore(StateReader state, int size) {
        rows = state.get() == 0 ? new double[0] : state.get(Math.toIntExact(size * (size + 1L) / 2));
    }
}
