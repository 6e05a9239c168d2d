package dev.nabla.exports.c;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Functions that compilers turn into vector code, which they do not make of calls of a library: without a branch, and with integers
 * only where bits are shifted. With those of the library for {@code float}, and where -ffast-math would take away their rounding.
 */
enum OwnFunctions {

    /** Within an ulp: 2ⁿ (1 + p) with x = n ln 2 + r, in two steps, as 2ⁿ may be too large or too small. */
    EXP("""
            static inline double own_exp(double x)
            {
                const double y = x > 710.0 ? 710.0 : x < -746.0 ? -746.0 : x;
                const double shifted = y * 1.4426950408889634 + 6755399441055744.0;
                const double n = shifted - 6755399441055744.0;
                const double half = n * 0.5 + 6755399441055744.0;
                const double rest = n - (half - 6755399441055744.0) + 6755399441055744.0;
                return (1.0 + own_expm1(y, n)) * own_power(half) * own_power(rest);
            }
            """),

    /** Within 2.5 ulp: t / (t + 2) with t = exp(2 |x|) − 1, whose digits are those of a small x. */
    TANH("""
            static inline double own_tanh(double x)
            {
                const double a = fabs(x);
                const double y = 2.0 * (a > 20.0 ? 20.0 : a);
                const double shifted = y * 1.4426950408889634 + 6755399441055744.0;
                const double scale = own_power(shifted);
                const double t = scale * own_expm1(y, shifted - 6755399441055744.0) + (scale - 1.0);
                return copysign(t / (t + 2.0), x);
            }
            """);

    private static final String COMMON = """
            /* 2 to the integer that stands in the last bits of a number above 2^52. */
            static inline double own_power(double shifted)
            {
                uint64_t bits;
                memcpy(&bits, &shifted, sizeof bits);
                bits = (bits << 52) + 0x3ff0000000000000u;
                memcpy(&shifted, &bits, sizeof bits);
                return shifted;
            }

            /* exp(y - n ln 2) - 1 of what is at most half of ln 2, whose first part has so few digits that n times it is exact. */
            static inline double own_expm1(double y, double n)
            {
                const double r = (y - n * 0.6931471803691238) - n * 1.9082149292705877e-10;
                const double s = r * r;
                const double high = (2.7557409388406567e-06 + r * 2.755144274365913e-07)
                    + s * (2.505703717941062e-08 + r * 2.2701807515462156e-09);
                const double low = (0.16666666666666557 + r * 0.04166666666667271)
                    + s * ((0.00833333333340384 + r * 0.0013888888885454267)
                    + s * ((0.0001984126970248946 + r * 2.4801594189903713e-05) + s * high));
                return r + s * (0.5 + r * low);
            }

            """;

    private final String definition;

    OwnFunctions(String definition) {
        this.definition = definition;
    }

    String library() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text() {
        return "own_" + library();
    }

    /** The definitions of those that a text calls; empty where it calls none. */
    static String definitions(String text) {
        List<OwnFunctions> called = Stream.of(values()).filter(function -> text.contains(function.text() + "(")).toList();
        return called.isEmpty() ? "" : "#ifdef __FAST_MATH__\n" + called.stream()
                .map(function -> "#define " + function.text() + " " + function.library() + "\n").collect(Collectors.joining())
                + "#else\n#include <stdint.h>\n#include <string.h>\n\n" + COMMON
                + called.stream().map(function -> function.definition + "\n").collect(Collectors.joining()) + "#endif\n\n";
    }
}
