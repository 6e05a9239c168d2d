package dev.nabla.rendering;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.perSampleSymbol;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.select;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.Arithmetic.symbol;
import static dev.nabla.expression.LinearAlgebra.broadcast;
import static dev.nabla.expression.LinearAlgebra.dot;
import static dev.nabla.expression.LinearAlgebra.entry;
import static dev.nabla.expression.LinearAlgebra.entrySum;
import static dev.nabla.expression.LinearAlgebra.identity;
import static dev.nabla.expression.LinearAlgebra.matrixProduct;
import static dev.nabla.expression.LinearAlgebra.norm;
import static dev.nabla.expression.LinearAlgebra.outerProduct;
import static dev.nabla.expression.LinearAlgebra.solve;
import static dev.nabla.expression.LinearAlgebra.stack;
import static dev.nabla.expression.LinearAlgebra.transpose;

import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Scalarisation;
import dev.nabla.expression.Shape;
import dev.nabla.expression.UndefinedException;
import dev.nabla.rendering.names.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Random expressions of every kind over a few symbols, and random values for these. */
public final class RandomExpressions {

    public static final Expression INPUTS = perSampleSymbol("inputs", Shape.of(3));
    static final Map<Expression, Name> ALIASES = aliases("x1", "theta", "temp_air");
    private static final List<Expression> PARAMETERS = List.of(
            symbol("L1.W", Shape.of(2, 3)), symbol("L1.b", Shape.of(2)), symbol("L2.W", Shape.of(3, 2)),
            symbol("L2.b", Shape.of(3)), symbol("L3.W", Shape.of(2, 2)), symbol("L4.W", Shape.of(3, 3)));
    private static final double[] NUMBERS = {-2, -1, 0, 1, 0.5, 3, -0.25, 1e-7, 2.5e20, 12345678};

    private final Random random;
    /** What was made before, to be used again. */
    private final List<Expression> made = new ArrayList<>();

    public RandomExpressions(Random random) {
        this.random = random;
    }

    private static Map<Expression, Name> aliases(String... names) {
        var aliases = new LinkedHashMap<Expression, Name>();
        for (int i = 0; i < names.length; i++) {
            aliases.put(entry(INPUTS, i), Name.of(names[i]));
        }
        return aliases;
    }

    public static List<Expression> symbols() {
        var symbols = new ArrayList<>(PARAMETERS);
        symbols.addFirst(INPUTS);
        return symbols;
    }

    public Map<String, double[]> values() {
        var values = new LinkedHashMap<String, double[]>();
        symbols().forEach(symbol -> values.put(((Expression.Symbol) symbol).name(),
                random.doubles(symbol.shape().size(), -2, 2).toArray()));
        return values;
    }

    /** Of a random shape, of rank 0 to 2; no entry is an undefined operation on numbers. */
    public Expression array(int depth) {
        return defined(() -> {
            Expression array = switch (random.nextInt(3)) {
                case 0 -> scalar(depth);
                case 1 -> vector(dimension(), depth);
                default -> matrix(dimension(), dimension(), depth);
            };
            Scalarisation.of(List.of(array));
            return array;
        });
    }

    Expression scalar(int depth) {
        return again(Shape.SCALAR, depth < 1 || random.nextInt(8) == 0 ? scalarLeaf() : defined(() -> switch (random.nextInt(13)) {
            case 12 -> select(scalar(depth - 2), scalar(depth - 2), scalar(depth - 2));
            case 0, 1 -> apply(function(), scalar(depth - 1));
            case 2 -> sum(scalar(depth - 1), scalar(depth - 1), scalar(depth - 2));
            case 3 -> subtract(scalar(depth - 1), scalar(depth - 1));
            case 4 -> product(scalar(depth - 1), scalar(depth - 1), scalar(depth - 2));
            case 5 -> divide(scalar(depth - 1), scalar(depth - 1));
            case 6 -> power(scalar(depth - 1), exponent());
            case 7 -> power(scalar(depth - 1), scalar(depth - 2));
            case 8 -> negate(scalar(depth - 1));
            case 9 -> entry(vector(dimension(), depth - 1), random.nextInt(2));
            case 10 -> entrySum(matrix(dimension(), dimension(), depth - 1));
            default -> vectorMeasure(depth - 1);
        }));
    }

    private Expression vectorMeasure(int depth) {
        int n = dimension();
        return random.nextBoolean() ? norm(vector(n, depth)) : dot(vector(n, depth), vector(n, depth));
    }

    private Expression scalarLeaf() {
        return switch (random.nextInt(4)) {
            case 0 -> constant(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 1, 2 -> entry(INPUTS, random.nextInt(3));
            default -> entry(PARAMETERS.getFirst(), random.nextInt(2), random.nextInt(3));
        };
    }

    Expression vector(int n, int depth) {
        Shape shape = Shape.of(n);
        return again(shape, depth < 1 ? vectorLeaf(n) : defined(() -> switch (random.nextInt(8)) {
            case 0 -> matrixProduct(matrix(n, 2, depth - 1), vector(2, depth - 1));
            case 1 -> stack(IntStream.range(0, n).mapToObj(_ -> scalar(depth - 1)).toList());
            case 2 -> entry(matrix(2, n, depth - 1), random.nextInt(2));
            case 3 -> broadcast(scalar(depth - 1), shape);
            case 4 -> solve(regular(n, depth - 1), vector(n, depth - 1));
            default -> entrywise(vector(n, depth - 1), vector(n, depth - 1), depth);
        }));
    }

    private Expression vectorLeaf(int n) {
        return switch (random.nextInt(4)) {
            case 0 -> constant(NUMBERS[random.nextInt(NUMBERS.length)], Shape.of(n));
            case 1 -> n == 3 ? INPUTS : PARAMETERS.get(1);
            default -> PARAMETERS.get(n == 3 ? 3 : 1);
        };
    }

    Expression matrix(int m, int n, int depth) {
        Shape shape = Shape.of(m, n);
        return again(shape, depth < 1 ? matrixLeaf(m, n) : defined(() -> switch (random.nextInt(9)) {
            case 0 -> matrixProduct(matrix(m, 3, depth - 1), matrix(3, n, depth - 1));
            case 1 -> transpose(matrix(n, m, depth - 1));
            case 2 -> outerProduct(vector(m, depth - 1), vector(n, depth - 1));
            case 3 -> stack(IntStream.range(0, m).mapToObj(_ -> vector(n, depth - 1)).toList());
            case 4 -> entrywise(matrix(m, n, depth - 1), broadcast(vector(m, depth - 1), shape), depth);
            case 5 -> entrywise(broadcast(vector(m, depth - 1), shape), broadcast(scalar(depth - 1), shape), depth);
            case 6 -> solve(regular(m, depth - 1), matrix(m, n, depth - 1));
            default -> entrywise(matrix(m, n, depth - 1), matrix(m, n, depth - 1), depth);
        }));
    }

    /** A matrix whose diagonal outweighs the rest of its rows, or its transpose. */
    private Expression regular(int n, int depth) {
        Expression matrix = sum(apply(ScalarFunction.TANH, matrix(n, n, depth)),
                product(constant(4, Shape.of(n, n)), identity(n)));
        return random.nextBoolean() ? matrix : transpose(matrix);
    }

    private Expression matrixLeaf(int m, int n) {
        return random.nextInt(4) == 0 ? constant(NUMBERS[random.nextInt(NUMBERS.length)], Shape.of(m, n))
                : PARAMETERS.get(m == n ? n + 2 : n == 3 ? 0 : 2);
    }

    private Expression entrywise(Expression a, Expression b, int depth) {
        Shape shape = a.shape();
        Expression spread = broadcast(scalar(depth - 1), shape);
        return switch (random.nextInt(10)) {
            case 7 -> apply(binaryFunction(), spread, a);
            case 9 -> random.nextBoolean() ? select(apply(binaryFunction(), a, spread), b, spread) : select(b, a, spread);
            case 0 -> sum(a, b, spread);
            case 1 -> product(a, b, spread);
            case 2 -> divide(a, random.nextBoolean() ? b : spread);
            case 3 -> power(a, exponent());
            case 4 -> random.nextBoolean() ? power(a, b) : power(spread, b);
            case 5 -> negate(product(a, b));
            case 6 -> apply(function(), a);
            default -> subtract(spread, product(constant(-0.25, shape), b));
        };
    }

    /** One of the expressions that a supplier makes which is no undefined operation on numbers. */
    private static Expression defined(Supplier<Expression> random) {
        while (true) {
            try {
                return random.get();
            } catch (UndefinedException e) {
                // Another one is made.
            }
        }
    }

    private Expression again(Shape shape, Expression fresh) {
        List<Expression> fitting = made.stream().filter(old -> old.shape().equals(shape)).toList();
        if (!fitting.isEmpty() && random.nextInt(5) == 0) {
            return fitting.get(random.nextInt(fitting.size()));
        }
        made.add(fresh);
        return fresh;
    }

    private double exponent() {
        return new double[] {-3, -2, -1, 0.5, -0.5, 2, 3}[random.nextInt(7)];
    }

    /** Any but that which LaTeX does not write, as it matters at 0 only. */
    private ScalarFunction function() {
        ScalarFunction function = ScalarFunction.values()[random.nextInt(ScalarFunction.values().length)];
        return function == ScalarFunction.NONZERO ? ScalarFunction.ABS : function;
    }

    /** Each in its turn. */
    private BinaryFunction binaryFunction() {
        return BinaryFunction.values()[made.size() % BinaryFunction.values().length];
    }

    private int dimension() {
        return 2 + random.nextInt(2);
    }
}
