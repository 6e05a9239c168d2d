package dev.nabla.program.kernels;

import dev.nabla.expression.ScalarFunction;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.dfp.Dfp;

/** The functions and their first three derivatives as sums of the terms that a textbook has, to more than 30 digits. */
public final class ExactDerivatives {

    /** Where the derivatives lose digits if they are written so that they can. */
    private static final double[] NOTABLE = {0, 1e-300, 1e-20, 0.4, 0.5, 0.6, 1, Math.sqrt(2), 3, 8, 9, 14, 19.06, 20, 24,
        26, 36, 37.43, 37.5, 40, 300, 354, 354.8, 700, 708.3, 712.95, 714, 714.9, 1e4, 1e10, 1e100};

    /** What a sum may lack of which a factor is no normal number, or 0, as sech² is from 355.2 on. */
    private static final double LOST = 8 * Double.MIN_NORMAL;

    private ExactDerivatives() {}

    /** Arguments of both signs and of all sizes at which a square does not overflow, so many of them drawn. */
    public static double[] arguments(ScalarFunction function, SplittableRandom random, int drawn) {
        DoubleStream all = DoubleStream.concat(DoubleStream.of(NOTABLE), IntStream.range(0, drawn).mapToDouble(i ->
                switch (i % 4) {
                    case 0 -> Math.exp(random.nextDouble(Math.log(1e-300), Math.log(1e100)));
                    case 1 -> Math.exp(random.nextDouble(Math.log(1e-3), Math.log(1e3)));
                    case 2 -> random.nextDouble(0, 4);
                    default -> random.nextDouble(0, 40);
                }));
        return switch (function) {
            case LOG, SQRT -> all.filter(x -> x > 0).toArray();
            case LOG1P -> all.flatMap(x -> DoubleStream.of(x, -x)).filter(x -> x > -1).toArray();
            case ASIN, ACOS, ATANH -> all.flatMap(x -> DoubleStream.of(x, -x)).filter(x -> Math.abs(x) < 1).toArray();
            // Printed, they are divided by cubes of 1 + x².
            case ACOSH -> all.filter(x -> x > 1 && x < 1e50).toArray();
            case ATAN, ASINH -> all.flatMap(x -> DoubleStream.of(x, -x)).filter(x -> Math.abs(x) < 1e50).toArray();
            default -> all.flatMap(x -> DoubleStream.of(x, -x)).toArray();
        };
    }

    /**
     * Nothing where the derivative of this order is close enough, or what is wrong. A term has up to three factors, each within
     * 2 or 3 units in the last place.
     */
    public static Stream<String> faults(ScalarFunction function, int order, double[] arguments, double[] values) {
        return faults(function, order, arguments, values, 8);
    }

    /** @param units in the last place of the largest term by which a derivative may be off next to a zero of its own */
    public static Stream<String> faults(ScalarFunction function, int order, double[] arguments, double[] values,
            int units) {
        return IntStream.range(0, arguments.length)
                .filter(i -> !isCloseEnough(terms(function, order, arguments[i]), values[i], units,
                        condition(function, arguments[i])))
                .mapToObj(i -> "%s, derivative %d at %s: %s instead of %s".formatted(function, order, arguments[i],
                        values[i], sum(terms(function, order, arguments[i])).toDouble()));
    }

    /**
     * Whether the error is below 1e-14 of the sum, or next to a zero so many units in the last place of its largest term. A
     * sum that is no normal number may be any that is none. Below 1e-304, where a factor of the sum may be no normal
     * number, it may lack what no factor brings back.
     */
    private static boolean isCloseEnough(List<Dfp> terms, double value, int units, double condition) {
        Dfp exact = sum(terms);
        double rounded = exact.toDouble();
        if (Double.isInfinite(rounded)) {
            return value == rounded;
        }
        double largest = terms.stream().mapToDouble(term -> Math.abs(term.toDouble())).max().orElse(0);
        double error = Math.abs(exact.subtract(exact.newInstance(value)).toDouble());
        return error <= Math.max(1e-14 * condition * Math.abs(rounded), Math.max(condition * units * Math.ulp(largest), LOST))
                || Math.abs(rounded) < Double.MIN_NORMAL && Math.abs(value) <= Double.MIN_NORMAL;
    }

    private static Dfp sum(List<Dfp> terms) {
        return terms.stream().reduce(Dfp::add).orElseThrow();
    }

    private static List<Dfp> terms(ScalarFunction function, int order, double argument) {
        Dfp x = ExactFunctions.exactly(argument);
        return order == 0 ? List.of(value(function, argument)) : switch (function) {
            case EXP -> List.of(value(ScalarFunction.EXP, argument));
            case LOG -> List.of(x.newInstance(List.of(1, -1, 2).get(order - 1)).divide(x.pow(order)));
            case SQRT -> List.of(value(ScalarFunction.SQRT, argument).divide(x.pow(order))
                    .multiply(x.newInstance(List.of(0.5, -0.25, 0.375).get(order - 1))));
            case ABS -> List.of(x.newInstance(order == 1 ? Math.signum(argument) : 0));
            case RELU -> List.of(x.newInstance(order == 1 && argument > 0 ? 1 : 0));
            case SIGN, STEP -> List.of(x.getZero());
            case NONZERO -> List.of(x.newInstance(order == 1 ? 1 : 0));
            case SIN -> List.of(circle(order, argument));
            case COS -> List.of(circle(order + 1, argument));
            case SINH -> List.of(value(order % 2 == 0 ? ScalarFunction.SINH : ScalarFunction.COSH, argument));
            case COSH -> List.of(value(order % 2 == 0 ? ScalarFunction.COSH : ScalarFunction.SINH, argument));
            case TAN -> {
                Dfp t = value(ScalarFunction.TAN, argument);
                Dfp t2 = t.multiply(t);
                yield switch (order) {
                    case 1 -> List.of(x.getOne(), t2);
                    case 2 -> List.of(t.multiply(2), t.multiply(t2).multiply(2));
                    default -> List.of(x.getTwo(), t2.multiply(8), t2.multiply(t2).multiply(6));
                };
            }
            case TANH -> {
                Dfp t = value(ScalarFunction.TANH, argument);
                Dfp s2 = value(ScalarFunction.SECH, argument).pow(2);
                yield switch (order) {
                    case 1 -> List.of(s2);
                    case 2 -> List.of(s2.multiply(t).multiply(2).negate());
                    default -> List.of(s2.multiply(s2).multiply(2).negate(), s2.multiply(t).multiply(t).multiply(4));
                };
            }
            case SECH -> {
                Dfp t = value(ScalarFunction.TANH, argument);
                Dfp s = value(ScalarFunction.SECH, argument);
                yield switch (order) {
                    case 1 -> List.of(s.multiply(t).negate());
                    case 2 -> List.of(s.multiply(t.pow(2)), s.pow(3).negate());
                    default -> List.of(s.multiply(t.pow(3)).negate(), s.pow(3).multiply(t).multiply(5));
                };
            }
            case SIGMOID -> sigmoid(order, argument);
            case SOFTPLUS -> sigmoid(order - 1, argument);
            case SWISH -> productRule(order, x, sigmoid(order, argument), sigmoid(order - 1, argument));
            case NORMCDF -> normal(order - 1, argument);
            case NORMPDF -> normal(order, argument);
            case GELU -> productRule(order, x, normal(order - 1, argument),
                    order == 1 ? List.of(value(ScalarFunction.NORMCDF, argument)) : normal(order - 2, argument));
            case ERF -> {
                Dfp e = ExactFunctions.slopeOfErf(x);
                yield switch (order) {
                    case 1 -> List.of(e);
                    case 2 -> List.of(e.multiply(x).multiply(2).negate());
                    default -> List.of(e.multiply(x.pow(2)).multiply(4), e.multiply(2).negate());
                };
            }
            case ERFC -> times(Dfp::negate, terms(ScalarFunction.ERF, order, argument));
            case LOG1P -> List.of(x.newInstance(List.of(1, -1, 2).get(order - 1)).divide(x.add(x.getOne()).pow(order)));
            case EXPM1 -> List.of(value(ScalarFunction.EXP, argument));
            case ATAN -> {
                Dfp q = x.pow(2).add(1).reciprocal();
                yield switch (order) {
                    case 1 -> List.of(q);
                    case 2 -> List.of(q.pow(2).multiply(x).multiply(-2));
                    default -> List.of(q.pow(3).multiply(x.pow(2)).multiply(8), q.pow(2).multiply(-2));
                };
            }
            case ATANH -> {
                Dfp q = x.getOne().subtract(x.pow(2)).reciprocal();
                yield switch (order) {
                    case 1 -> List.of(q);
                    case 2 -> List.of(q.pow(2).multiply(x).multiply(2));
                    default -> List.of(q.pow(3).multiply(x.pow(2)).multiply(8), q.pow(2).multiply(2));
                };
            }
            case ASIN -> reciprocalRoot(order, x, x.getOne().subtract(x.pow(2)).sqrt().reciprocal(), 1);
            case ACOS -> times(Dfp::negate, terms(ScalarFunction.ASIN, order, argument));
            case ASINH -> reciprocalRoot(order, x, x.pow(2).add(1).sqrt().reciprocal(), -1);
            case ACOSH -> reciprocalRoot(order, x, x.pow(2).subtract(x.getOne()).sqrt().reciprocal(), -1);
        };
    }

    /** Of r = 1 / √(c − s x²) with c = ±1 and the sign s: r′ = s x r³. */
    private static List<Dfp> reciprocalRoot(int order, Dfp x, Dfp r, int s) {
        return switch (order) {
            case 1 -> List.of(r);
            case 2 -> List.of(r.pow(3).multiply(x).multiply(s));
            default -> List.of(r.pow(3).multiply(s), r.pow(5).multiply(x.pow(2)).multiply(3));
        };
    }

    /**
     * How much more than the argument itself a factor 1 ± x² of the derivative changes relatively: next to ±1, where the
     * derivatives of some inverses have a pole, it has as many digits less as the argument has of its distance from there.
     */
    private static double condition(ScalarFunction function, double x) {
        return switch (function) {
            case ASIN, ACOS, ATANH, ACOSH -> Math.max(1, x * x / Math.abs((1 - x) * (1 + x)));
            default -> 1;
        };
    }

    /** (x f)⁽ᵏ⁾ = x f⁽ᵏ⁾ + k f⁽ᵏ⁻¹⁾. */
    private static List<Dfp> productRule(int order, Dfp x, List<Dfp> derivative, List<Dfp> lower) {
        return Stream.concat(times(x::multiply, derivative).stream(),
                times(term -> term.multiply(order), lower).stream()).toList();
    }

    private static List<Dfp> times(UnaryOperator<Dfp> factor, List<Dfp> terms) {
        return terms.stream().map(factor).toList();
    }

    private static Dfp circle(int quarters, double argument) {
        Dfp value = value(quarters % 2 == 0 ? ScalarFunction.SIN : ScalarFunction.COS, argument);
        return quarters % 4 < 2 ? value : value.negate();
    }

    private static List<Dfp> sigmoid(int order, double argument) {
        Dfp p = value(ScalarFunction.SIGMOID, argument);
        Dfp q = value(ScalarFunction.SIGMOID, -argument);
        return switch (order) {
            case 0 -> List.of(p);
            case 1 -> List.of(p.multiply(q));
            case 2 -> List.of(p.multiply(q.pow(2)), p.pow(2).multiply(q).negate());
            default -> List.of(p.multiply(q.pow(3)), p.pow(2).multiply(q.pow(2)).multiply(4).negate(), p.pow(3).multiply(q));
        };
    }

    /** Of the density. */
    private static List<Dfp> normal(int order, double argument) {
        Dfp y = value(ScalarFunction.NORMPDF, argument);
        Dfp x = y.newInstance(argument);
        return switch (order) {
            case 0 -> List.of(y);
            case 1 -> List.of(y.multiply(x).negate());
            case 2 -> List.of(y.multiply(x.pow(2)), y.negate());
            default -> List.of(y.multiply(x.pow(3)).negate(), y.multiply(x).multiply(3));
        };
    }

    private static Dfp value(ScalarFunction function, double x) {
        return ExactFunctions.value(function, x);
    }
}
