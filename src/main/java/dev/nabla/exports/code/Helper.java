package dev.nabla.exports.code;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The functions that a language may lack, in what every language has: numbers, the four operations, comparisons,
 * {@code exp}, {@code log}, {@code floor} and other helpers. {@code choose(c, a, b)} is a where the comparison c
 * holds, else
 * b. Each line but the last names a value; the last is the value of the function.
 */
public enum Helper {

    SQUARE("x", "x * x"),
    CUBE("x", "x * x * x"),
    SECH("x", "e = exp(-abs(x))", "2 * e / (1 + e * e)"),
    SIGMOID("x", "exp(choose(x < 0, x, 0)) / (1 + exp(-abs(x)))"),
    SOFTPLUS("x", "choose(x > 0, x, 0) + log1p(exp(-abs(x)))"),
    RELU("x", "choose(x <= 0, 0, x)"),
    STEP("x", "choose(x > 0, 1, 0)"),
    SIGN("x", "choose(x > 0, 1, choose(x < 0, -1, x))"),
    NONZERO("x", "choose(x == 0, inf, x)"),
    SWISH("x", "r = exp(choose(x < 0, x, 0) / 2)", "x * r / (1 + exp(-abs(x))) * r"),
    GELU("x", "x * normcdf(x)"),

    /** exp(−x²/2), the square of what has few digits being exact (Cody 1969). */
    GAUSSIAN("x", "a = abs(x)", "c = choose(a < 40, a, choose(a >= 40, 40, x))", "h = floor(c * 16) / 16",
            "exp(-0.5 * h * h) * exp(-0.5 * (c - h) * (c + h))"),
    NORMPDF("x", "gaussian(x) * 0.3989422804014327"),
    NORMCDF("x", "a = abs(x)", "tail = 0.5 * gaussian(a) * erfcx(a * 0.7071067811865476)",
    "choose(x < 0, tail, 1 - tail)"),

    /**
     * exp(x²) erfc(x) of what is not negative, by rational functions (Cody, "Rational Chebyshev approximations for
     * the error function", 1969).
     */
    ERFCX("x",
            "m = choose(x < 4, x, 4)",
            """
            n = (((((((2.15311535474403846e-8 * m + 5.64188496988670089e-1) * m + 8.88314979438837594) * m
            + 6.61191906371416295e1) * m + 2.98635138197400131e2) * m + 8.81952221241769090e2) * m
            + 1.71204761263407058e3) * m + 2.05107837782607147e3) * m + 1.23033935479799725e3""",
            """
            d = (((((((m + 1.57449261107098347e1) * m + 1.17693950891312499e2) * m + 5.37181101862009858e2) * m
            + 1.62138957456669019e3) * m + 3.29079923573345963e3) * m + 4.36261909014324716e3) * m
            + 3.43936767414372164e3) * m + 1.23033935480374942e3""",
            "f = choose(x < 4, 4, x)",
            "q = 1 / (f * f)",
            """
            u = ((((1.63153871373020978e-2 * q + 3.05326634961232344e-1) * q + 3.60344899949804439e-1) * q
            + 1.25781726111229246e-1) * q + 1.60837851487422766e-2) * q + 6.58749161529837803e-4""",
            """
            v = ((((q + 2.56852019228982242) * q + 1.87295284992346725) * q + 5.27905102951428412e-1) * q
            + 6.05183413124413191e-2) * q + 2.33520497626869185e-3""",
            "choose(x < 0.46875, exp(x * x) * (1 - erfnear(x)), choose(x < 4, n / d, (0.5641895835477563 - q * u / v) / f))"),

    /** The error function next to 0. */
    ERFNEAR("x",
            "s = x * x",
            """
            n = (((1.85777706184603153e-1 * s + 3.16112374387056560) * s + 1.13864154151050156e2) * s
            + 3.77485237685302021e2) * s + 3.20937758913846947e3""",
            """
            d = (((s + 2.36012909523441209e1) * s + 2.44024637934444173e2) * s + 1.28261652607737228e3) * s
            + 2.84423683343917062e3""",
            "x * n / d"),
    ERF("x", "a = abs(x)",
    "choose(a < 0.46875, erfnear(x), sign(x) * (1 - gaussian(a * 1.4142135623730951) * erfcx(a)))"),

    /** With exp(−x²) of x itself, as its multiple by √2 is rounded. */
    ERFC("x", "a = abs(x)", "c = choose(a < 28, a, choose(a >= 28, 28, x))", "h = floor(c * 16) / 16",
            "tail = exp(-h * h) * exp(-(c - h) * (c + h)) * erfcx(a)",
            "choose(x < 0.46875, choose(x > -0.46875, 1 - erfnear(x), 2 - tail), choose(x > 28, 0, tail))"),
    ASINH("x", "a = abs(x)", "b = choose(a > 1e8, 0, a)",
            "sign(x) * choose(a > 1e8, log(a) + 0.6931471805599453, log1p(b + b * b / (1 + sqrt(b * b + 1))))"),
    ACOSH("x", "t = choose(x < 1, nan, choose(x > 1e8, 0, x - 1))",
            "choose(x > 1e8, log(x) + 0.6931471805599453, log1p(t + sqrt(t * (t + 2))))"),
    ATANH("x", "a = abs(x)", "sign(x) * 0.5 * log1p(2 * a / (1 - a))"),

    /** Of what has a value, where a language raises an error or answers complex numbers for what has none. */
    LOG("x", "anylog(choose(x < 0, nan, x))"),
    LOG1P("x", "anylog1p(choose(x < -1, nan, x))"),
    SQRT("x", "anysqrt(choose(x < 0, nan, x))"),
    ASIN("x", "anyasin(choose(abs(x) > 1, nan, x))"),
    ACOS("x", "anyacos(choose(abs(x) > 1, nan, x))"),
    SIN("x", "anysin(choose(abs(x) < inf, x, nan))"),
    COS("x", "anycos(choose(abs(x) < inf, x, nan))"),
    TAN("x", "anytan(choose(abs(x) < inf, x, nan))"),

    /** By the size of the base, as Octave takes an exponent beyond the range of integers for one that is not whole. */
    POW("x, y", "m = choose(x < 0, choose(floor(y) == y, -x, choose(x > -inf, nan, inf)), x)",
            "s = choose(x < 0, choose(floor(y) == y, choose(2 * floor(y / 2) == y, 1, -1), 1), 1)",
            "s * anypow(m, y)"),

    /** Where there is no better logarithm than that of 1 + x, with what that was rounded by (Kahan). */
    ANYLOG1P("x", "u = 1 + x", "choose(u == 1, x, choose(u < inf, log(u) * (x / (u - 1)), u))"),
    EXPM1("x", "u = exp(x)",
            "choose(u == 1, x, choose(u - 1 == -1, -1, choose(u < inf, (u - 1) * (x / log(u)), u)))"),
    SINH("x", "a = abs(x)", "t = expm1(a)", "w = exp(a / 2)",
            "sign(x) * choose(a < 1, 0.5 * (t + t / (t + 1)), 0.5 * w * w - 0.5 / w / w)"),
    COSH("x", "w = exp(abs(x) / 2)", "0.5 * w * w + 0.5 / w / w"),

    /** By the sine of 2 x where that is not small itself, as 2 x is exact and π is not. */
    ANYCOS("x", "s = sin(x)", "h = sin(x / 2)", "near = 1 - 2 * h * h",
            "choose(abs(x) < 1e307, choose(s * s > 0.5, sin(2 * x) / (2 * s), near), near)"),
    ANYTAN("x", "sin(x) / cos(x)"),

    /** By the intervals and the polynomial of fdlibm ({@code s_atan.c}, Sun Microsystems 1993). */
    ATAN("x",
            "a = abs(x)",
            "c = choose(a < 0.4375, 0, choose(a < 0.6875, 0.5, choose(a < 1.1875, 1, 1.5)))",
            "t = choose(a < 2.4375, (a - c) / (1 + c * a), -1 / a)",
            "z = t * t",
            "w = z * z",
            """
            f = z * (((((1.6285820115365782e-2 * w + 4.9768779946159324e-2) * w + 6.661073137387531e-2) * w
            + 9.090887133436507e-2) * w + 1.4285714272503466e-1) * w + 3.333333333333293e-1)""",
            """
            g = w * ((((3.6531572744216916e-2 * w + 5.8335701337905735e-2) * w + 7.69187620504483e-2) * w
            + 1.1111110405462356e-1) * w + 1.9999999999876483e-1)""",
            """
            h = choose(a < 0.4375, 0, choose(a < 0.6875, 0.4636476090008061, choose(a < 1.1875, 0.7853981633974483,
            choose(a < 2.4375, 0.982793723247329, 1.5707963267948966))))""",
            """
            r = choose(a < 0.4375, 0, choose(a < 0.6875, 2.2698777452961687e-17, choose(a < 1.1875, 3.061616997868383e-17,
            choose(a < 2.4375, 1.3903311031230998e-17, 6.123233995736766e-17))))""",
            "sign(x) * (h - ((t * (f - g) - r) - t))"),
    ANYASIN("x", "2 * atan(x / (1 + sqrt((1 - x) * (1 + x))))"),
    ANYACOS("x", "2 * atan(sqrt((1 - x) / (1 + x)))"),

    /** The angle of the point (x, y), by that from the nearer axis. */
    ATAN2("y, x", "a = abs(y)", "b = abs(x)", "m = choose(a < b, a, b)", "g = choose(a < b, b, a)",
            "u = atan(choose(m == g, choose(g == 0, 0, 1), m / g))",
            "v = choose(a <= b, u, 1.5707963267948966 - u)",
            "w = choose(x < 0, 3.141592653589793 - v, v)",
            "choose(y < 0, -w, w)"),

    XLOGY("x, y", "v = choose(x == 0, choose(y >= 0, 1, 0), 0)", "choose(v == 1, 0, x * log(choose(v == 1, 1, y)))"),
    LOGADDEXP("x, y", "d = choose(x == y, 0, -abs(x - y))", "max(x, y) + log1p(exp(d))"),
    MIN("x, y", "choose(x < y, x, choose(y <= x, y, x + y))"),
    MAX("x, y", "choose(x > y, x, choose(y >= x, y, x + y))"),
    LESS("x, y", "choose(x < y, 1, choose(x >= y, 0, nan))"),
    LESS_EQUAL("x, y", "choose(x <= y, 1, choose(x > y, 0, nan))"),
    GREATER("x, y", "choose(x > y, 1, choose(x <= y, 0, nan))"),
    GREATER_EQUAL("x, y", "choose(x >= y, 1, choose(x < y, 0, nan))"),
    EQUAL("x, y", "choose(x == y, 1, choose(x < y, 0, choose(x > y, 0, nan)))"),
    NOT_EQUAL("x, y", "choose(x < y, 1, choose(x > y, 1, choose(x == y, 0, nan)))"),
    WHERE("c, x, y", "choose(c == 0, y, choose(c > 0, x, choose(c < 0, x, c)))"),

    /** By what the entries of a norm are divided, of the largest of them. */
    SCALE("x", "choose(x == 0, 1, choose(x == inf, 1, x))"),

    /** 1, and NaN where n times the condition of an n × n matrix reaches a number without digits. */
    REGULAR("x", "choose(x * epsilon < 1, 1, nan)");

    private static final Map<String, Helper> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Helper::text, helper -> helper));
    private static final Pattern CALL = Pattern.compile("([a-z_][a-z0-9_]*)\\(");

    private final List<String> arguments;
    private final List<String> lines;

    Helper(String arguments, String... lines) {
        this.arguments = List.of(arguments.split(", "));
        this.lines = Arrays.stream(lines).map(line -> line.replace('\n', ' ')).toList();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public List<String> arguments() {
        return arguments;
    }

    /** Each but the last is {@code name = value}. */
    public List<String> lines() {
        return lines;
    }

    /** What some functions need besides what the language has, each after what it needs itself. */
    public static Set<Helper> of(Collection<String> functions, Set<String> inLanguage) {
        var found = new LinkedHashSet<Helper>();
        functions.forEach(function -> collect(function, inLanguage, found));
        return found;
    }

    private static void collect(String function, Set<String> inLanguage, Set<Helper> found) {
        if (inLanguage.contains(function) || function.equals("choose")) {
            return;
        }
        Helper helper = requireNonNull(BY_NAME.get(function), function);
        if (!found.contains(helper)) {
            helper.lines.stream().flatMap(line -> CALL.matcher(line).results())
                    .forEach(call -> collect(call.group(1), inLanguage, found));
            found.add(helper);
        }
    }
}
