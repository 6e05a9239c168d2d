package dev.nabla.program.kernels;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Math.fma;

/**
 * The inverses of the trigonometric functions, by the reductions and approximations of fdlibm ({@code s_atan.c},
 * {@code e_asin.c}, Sun Microsystems 1993); what a square root and a difference were rounded by is kept.
 */
final class Arc {

    /** π/2 as an unevaluated sum. */
    static final double HALF_PI = 0x1.921fb54442d18p+0;
    static final double HALF_PI_REST = 0x1.1a62633145c07p-54;

    /** The bounds of the intervals in which atan(x) = atan(c) + atan((x − c) / (1 + c x)), c = 0, ½, 1, 3/2, ∞. */
    static final double BOUND_1 = 0.4375;
    static final double BOUND_2 = 0.6875;
    static final double BOUND_3 = 1.1875;
    static final double BOUND_4 = 2.4375;
    /** π as an unevaluated sum. */
    static final double PI = Math.PI;
    static final double PI_REST = 0x1.1a62633145c07p-53;
    /** Above, sums of coordinates may overflow, which are then made smaller by this. */
    static final double HUGE = 0x1p1020;
    static final double SMALLER = 0x1p-4;
    /** Below, products of coordinates may lose digits, which are then made larger by this. */
    static final double SMALL = 0x1p-960;
    static final double LARGER = 0x1p100;

    /** Above, atan is π/2. */
    static final double LARGE = 0x1p66;

    /** atan(c) as unevaluated sums. */
    static final double ATAN_1 = 0.4636476090008061;
    static final double ATAN_1_REST = 2.2698777452961687e-17;
    static final double ATAN_2 = 0.7853981633974483;
    static final double ATAN_2_REST = 3.061616997868383e-17;
    static final double ATAN_3 = 0.982793723247329;
    static final double ATAN_3_REST = 1.3903311031230998e-17;

    /** (t − atan(t)) / t³ for |t| ≤ 7/16. */
    static final double A0 = 0.3333333333333293;
    static final double A1 = -0.19999999999876483;
    static final double A2 = 0.14285714272503466;
    static final double A3 = -0.11111110405462356;
    static final double A4 = 0.09090887133436507;
    static final double A5 = -0.0769187620504483;
    static final double A6 = 0.06661073137387531;
    static final double A7 = -0.058335701337905735;
    static final double A8 = 0.049768779946159324;
    static final double A9 = -0.036531572744216916;
    static final double A10 = 0.016285820115365782;

    /** (asin(x) − x) / x³ for |x| ≤ ½ as P(x²) / Q(x²). */
    static final double P0 = 0.16666666666666666;
    static final double P1 = -0.3255658186224009;
    static final double P2 = 0.20121253213486293;
    static final double P3 = -0.04005553450067941;
    static final double P4 = 0.0007915349942898145;
    static final double P5 = 3.479331075960212e-05;
    static final double Q1 = -2.403394911734414;
    static final double Q2 = 2.0209457602335057;
    static final double Q3 = -0.6882839716054533;
    static final double Q4 = 0.07703815055590194;

    private Arc() {
    }

    static double atan(double x) {
        double a = Math.abs(x);
        a = a > LARGE ? LARGE : a;
        double c = a < BOUND_1 ? 0 : a < BOUND_2 ? 0.5 : a < BOUND_3 ? 1 : 1.5;
        double high = a < BOUND_1 ? 0 : a < BOUND_2 ? ATAN_1 : a < BOUND_3 ? ATAN_2 : ATAN_3;
        double rest = a < BOUND_1 ? 0 : a < BOUND_2 ? ATAN_1_REST : a < BOUND_3 ? ATAN_2_REST : ATAN_3_REST;
        boolean far = a >= BOUND_4;
        double numerator = far ? -1 : a - c;
        double denominator = far ? a : fma(c, a, 1);
        double t = numerator / denominator;
        double z = t * t;
        double result = (far ? HALF_PI : high) - (fma(t, series(z), -(far ? HALF_PI_REST : rest)) - t);
        return Math.copySign(result, x);
    }

    /**
     * The angle of the point (x, y), by that from the nearer axis, atan(n / d) = atan(c) + atan((n − c d) / (d + c n)) with
     * c = 0, ½, 1, in which n − c d is exact and n / d is not rounded.
     */
    static double atan2(double y, double x) {
        double a = Math.abs(y);
        double b = Math.abs(x);
        boolean steep = a > b;
        boolean back = doubleToRawLongBits(x) < 0;
        double far = steep ? a : b;
        double scale = far > HUGE ? SMALLER : far < SMALL ? LARGER : 1;
        double n = (steep ? b : a) * scale;
        double d = far * scale;
        boolean near = n < BOUND_1 * d || d == 0;
        boolean middle = n < BOUND_2 * d;
        boolean diagonal = n == d;
        double numerator = near ? n : middle ? n + n - d : n - d;
        double denominator = near ? d : middle ? d + d + n : d + n;
        double t = (diagonal ? 0 : numerator) / (diagonal ? 1 : denominator);
        double z = t * t;
        double small = fma(-t, series(z), t);
        double sign = steep == back ? 1 : -1;
        double high = (near ? 0 : middle ? ATAN_1 : ATAN_2) * sign;
        double rest = (near ? 0 : middle ? ATAN_1_REST : ATAN_2_REST) * sign;
        double axis = steep ? HALF_PI : back ? PI : 0;
        double axisRest = steep ? HALF_PI_REST : back ? PI_REST : 0;
        double sum = axis + high;
        double low = axis - sum + high + rest + axisRest;
        return Math.copySign(sum + (small * sign + low), y);
    }

    /** (t − atan(t)) / t of z = t². */
    private static double series(double z) {
        double w = z * z;
        double even = fma(fma(fma(fma(fma(A10, w, A8), w, A6), w, A4), w, A2), w, A0);
        double odd = fma(fma(fma(fma(A9, w, A7), w, A5), w, A3), w, A1);
        return fma(odd, z, even) * z;
    }

    /** Beyond ½ it is π/2 − 2 asin(√((1 − x) / 2)). */
    static double asin(double x) {
        double a = Math.abs(x);
        boolean near = a < 0.5;
        double z = near ? a * a : fma(a, -0.5, 0.5);
        double s = near ? a : Math.sqrt(z);
        double sRest = near || s == 0 ? 0 : fma(-s, s, z) / (s + s);
        double tail = fma(s, ratio(z), sRest);
        double far = minusTwice(s, tail);
        return Math.copySign(near ? s + tail : far, x);
    }

    /** Between −½ and ½ it is π/2 − asin(x), above 2 asin(√((1 − x) / 2)), below π less than that. */
    static double acos(double x) {
        double a = Math.abs(x);
        boolean near = a < 0.5;
        double z = near ? a * a : fma(a, -0.5, 0.5);
        double root = near ? x : Math.sqrt(z);
        double sRest = near || root == 0 ? 0 : fma(-root, root, z) / (root + root);
        double tail = fma(root, ratio(z), sRest);
        double h = HALF_PI - root;
        double below = h + (HALF_PI - h - root + (HALF_PI_REST - tail));
        double result = !near && x > 0 ? root + tail : below;
        return near ? result : result + result;
    }

    /** π/2 − 2 (s + tail). */
    private static double minusTwice(double s, double tail) {
        double twice = s + s;
        double h = HALF_PI - twice;
        return h + (HALF_PI - h - twice + (HALF_PI_REST - (tail + tail)));
    }

    private static double ratio(double z) {
        double p = fma(fma(fma(fma(fma(P5, z, P4), z, P3), z, P2), z, P1), z, P0) * z;
        return p / fma(fma(fma(fma(Q4, z, Q3), z, Q2), z, Q1), z, 1);
    }
}
