package dev.nabla.exports.c;

import dev.nabla.exports.code.Code;
import dev.nabla.exports.code.Syntax;
import dev.nabla.exports.files.RefusedExportException;
import dev.nabla.exports.routine.Buffer;
import dev.nabla.exports.routine.Buffer.Kind;
import dev.nabla.exports.routine.Index;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * C99.
 *
 * @param lanes how many samples are computed side by side; what differs between them is an array of so many
 */
record CSyntax(boolean isSingle, int lanes) implements Syntax {

    private static final Set<String> LIBRARY = Set.of("exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "tan",
            "asin", "acos",
            "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "atan2", "pow", "floor");

    /** The functions of math.h, each also of float (f) and long double (l). */
    private static final Set<String> MATH = Set.of(
            "acos", "asin", "atan", "atan2", "ceil", "cos", "cosh", "exp", "fabs", "floor", "fmod", "frexp",
            "ldexp", "log", "log10", "modf", "pow", "sin", "sinh", "sqrt", "tan", "tanh", "acosh", "asinh",
            "atanh", "cbrt", "copysign", "erf", "erfc", "exp2", "expm1", "fdim", "fma", "fmax", "fmin", "hypot",
            "ilogb", "lgamma", "llrint", "llround", "log1p", "log2", "logb", "lrint", "lround", "nan", "nearbyint",
            "nextafter", "nexttoward", "remainder", "remquo", "rint", "round", "scalbln", "scalbn", "tgamma",
            "trunc");

    /**
     * Words of C and C++, what math.h has besides, and what a program would lose of its library by a function so
     * called.
     */
    private static final Set<String> WORDS = Set.of(
            "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
            "extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return",
            "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void",
            "volatile", "while", "asm", "typeof", "main", "class", "namespace", "template", "this", "new",
            "delete", "try", "catch", "throw", "public", "private", "protected", "virtual", "operator", "friend",
            "using", "bool", "true", "false", "block", "inputs", "parameters", "samples", "lane", "from", "count",
            "linux", "unix", "size_t", "NULL", "NAN", "INFINITY", "HUGE_VAL", "HUGE_VALF", "HUGE_VALL", "signbit",
            "isnan", "isinf", "isfinite", "isnormal", "fpclassify", "j0", "j1", "jn", "y0", "y1", "yn", "gamma",
            "drem", "finite", "significand", "scalb", "exp10", "pow10", "sincos", "signgam", "memcpy", "malloc",
            "calloc", "realloc", "free", "printf", "puts", "exit", "abort", "index", "read", "write", "open",
            "close", "time", "signal", "send", "recv", "connect", "bind", "listen", "accept", "select", "poll",
            "system", "abs", "labs", "rand");

    private static final Set<String> RESERVED = Stream.concat(WORDS.stream(), MATH.stream().flatMap(name ->
            Stream.of(name, name + "f", name + "l"))).collect(Collectors.toUnmodifiableSet());

    String type() {
        return isSingle ? "float" : "double";
    }

    @Override
    public Map<String, String> functions() {
        String suffix = isSingle ? "f" : "";
        var functions = new HashMap<String, String>();
        LIBRARY.forEach(name -> functions.put(name, name + suffix));
        functions.put("abs", "fabs" + suffix);
        if (!isSingle) {
            Stream.of(OwnFunctions.values()).forEach(own -> functions.put(own.library(), own.text()));
        }
        return functions;
    }

    @Override
    public Set<String> reserved() {
        return RESERVED;
    }

    @Override
    public String number(double value) {
        if (Double.isNaN(value)) {
            return isSingle ? "NAN" : "(double) NAN";
        }
        if (Double.isInfinite(value)) {
            return isSingle ? "INFINITY" : "(double) INFINITY";
        }
        if (isSingle && Float.isInfinite((float) value)) {
            throw new RefusedExportException("has the number " + value + ", which single precision does not have");
        }
        return (isSingle ? Float.toString((float) value) + "f" : Double.toString(value)).replace("E", "e");
    }

    @Override
    public double epsilon() {
        return isSingle ? Math.ulp(1f) : Math.ulp(1.0);
    }

    @Override
    public String choice(String name) {
        return function(name, List.of("a", "b"), List.of(), "c ? a : b").replace("(" + type(), "(int c, " + type());
    }

    @Override
    public String function(String name, List<String> arguments, List<NamedValue> lines, String value) {
        return "static inline " + type() + " " + name + arguments.stream().map(argument -> type() + " " + argument)
                .collect(Collectors.joining(", ", "(", ")\n{\n"))
                + lines.stream().map(line -> "    const " + type() + " " + line.name() + " = " + line.value() + ";\n")
                .collect(Collectors.joining()) + "    return " + value + ";\n}\n";
    }

    @Override
    public String element(Buffer buffer, Index at) {
        boolean isWide = lanes > 1 && buffer.perSample();
        if (buffer.kind() == Kind.SCALAR) {
            return buffer.name() + (isWide ? "[lane]" : "");
        }
        String index = Code.index(at);
        return buffer.name() + "[" + (!isWide ? index
                : index.equals("0") ? "lane" : (index.contains(" ") ? "(" + index + ")" : index) + " * " + lanes
                + " + lane") + "]";
    }

    @Override
    public List<String> define(Buffer scalar, String value) {
        return lanes > 1 && scalar.perSample()
                ? over(type() + " " + scalar.name() + "[" + lanes + "];", scalar.name() + "[lane] = " + value + ";")
                : List.of(type() + " " + scalar.name() + " = " + value + ";");
    }

    @Override
    public List<String> assign(Buffer target, Index at, String value) {
        String line = element(target, at) + " = " + value + ";";
        return lanes > 1 && target.perSample() ? over(line) : List.of(line);
    }

    /** The last line for every lane. */
    private List<String> over(String... lines) {
        return Stream.of(Arrays.stream(lines).limit(lines.length - 1L), Stream.of("for (int lane = 0; lane < " + lanes
                + "; ++lane) {",
                "    " + lines[lines.length - 1], "}")).flatMap(some -> some).toList();
    }

    @Override
    public String loop(String variable, String from, int until) {
        return "for (int " + variable + " = " + from + "; " + variable + " < " + until + "; ++" + variable + ") {";
    }

    @Override
    public String end() {
        return "}";
    }
}
