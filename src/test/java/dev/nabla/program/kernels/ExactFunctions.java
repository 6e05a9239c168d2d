package dev.nabla.program.kernels;

import dev.nabla.expression.ScalarFunction;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.hipparchus.dfp.DfpMath;

/** The functions to some 40 decimal digits, as the sum of errors is measured in units of a double's last place. */
final class ExactFunctions {

    private static final DfpField FIELD = new DfpField(48);
    private static final DfpField ENOUGH_FOR_ANY_ANGLE = new DfpField(400);
    private static final Dfp ONE = FIELD.getOne();
    private static final Dfp SQRT_PI = FIELD.getPi().sqrt();
    /** Below, the next term of the Taylor series is beyond 30 digits. */
    private static final double TINY = 1e-16;

    private ExactFunctions() {
    }

    /** How far {@code value} is from the function's true value at {@code x}, in units in the last place of the latter. */
    static double errorInUlp(ScalarFunction function, double x, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            double expected = function.value(x);
            return Double.compare(expected, value) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Math.abs(x) < TINY && Math.abs(x) < 0.5 * Double.MAX_VALUE) {
            Dfp tiny = nearZero(function, x);
            if (tiny != null) {
                return distance(tiny, value);
            }
        }
        return distance(value(function, x), value);
    }

    private static double distance(Dfp exact, double value) {
        Dfp error = exact.subtract(exact.getField().newDfp(value)).abs();
        return error.divide(exact.getField().newDfp(Math.ulp(exact.toDouble()))).toDouble();
    }
}
