package dev.nabla.program;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.analysis.differentiation.DerivativeStructure;

/**
 * Random equations that branch, over the inputs x and y, a number k and a matrix W, with their value and derivatives by
 * Hipparchus, which computes nothing of a branch that is not taken. Many of what they apply has no value, or an infinite
 * slope, for some of its arguments.
 */
final class RandomBranches {

    private final Random random;

    /** An equation for arrays of one length, and its entries at a point: x, y, k and the entries of W. */
    record Branch(String text, Function<DerivativeStructure[], DerivativeStructure[]> entries) {}

    private record Named(String text, UnaryOperator<DerivativeStructure> function) {}

    private record Operation(String text, BinaryOperator<DerivativeStructure> function) {}

    private record Comparison(String text, boolean ifLess, boolean ifEqual, boolean ifGreater) {

        private boolean holds(DerivativeStructure a, DerivativeStructure b) {
            return a.getValue() < b.getValue() ? ifLess : a.getValue() > b.getValue() ? ifGreater : ifEqual;
        }
    }

    private static final List<Named> FUNCTIONS = List.of(
            new Named("log(A)", DerivativeStructure::log), new Named("sqrt(A)", DerivativeStructure::sqrt),
            new Named("exp(300 * A)", x -> x.multiply(300).exp()), new Named("(1 / A)", DerivativeStructure::reciprocal),
            new Named("asin(A)", DerivativeStructure::asin), new Named("tanh(A)", DerivativeStructure::tanh),
            new Named("(A)^2", x -> x.multiply(x)), new Named("(A)^3", x -> x.multiply(x).multiply(x)),
            new Named("log1p(A)", DerivativeStructure::log1p), new Named("sin(A)", DerivativeStructure::sin),
            new Named("(A)^(-0.5)", x -> x.sqrt().reciprocal()));

    private static final List<Operation> OPERATIONS = List.of(
            new Operation("(A + B)", DerivativeStructure::add), new Operation("(A - 2 * B)", (a, b) -> a.subtract(b.multiply(2))),
            new Operation("(A * B)", DerivativeStructure::multiply), new Operation("(A / B)", DerivativeStructure::divide),
            new Operation("max(A, B)", (a, b) -> ofOrdered(a, b, a)), new Operation("min(A, B)", (a, b) -> ofOrdered(a, b, b)));

    private static final List<Comparison> COMPARISONS = List.of(
            new Comparison("<", true, false, false), new Comparison("<=", true, true, false),
            new Comparison(">", false, false, true), new Comparison(">=", false, true, true),
            new Comparison("==", false, true, false), new Comparison("!=", true, false, true));

    RandomBranches(Random random) {
        this.random = random;
    }

    /** @param ifGreater what it is where a > b; of a and b the other one where a < b, and their mean where both are equal */
    private static DerivativeStructure ofOrdered(DerivativeStructure a, DerivativeStructure b, DerivativeStructure ifGreater) {
        if (!Double.isFinite(a.getValue()) || !Double.isFinite(b.getValue())) {
            return a.add(Double.NaN);
        }
        return a.getValue() == b.getValue() ? a.add(b).divide(2)
                : a.getValue() > b.getValue() == (ifGreater == a) ? a : b;
    }

    Branch scalar(int depth) {
        return depth < 1 ? leaf() : switch (random.nextInt(9)) {
            case 0, 1, 2 -> where(scalar(depth - 2), scalar(depth - 2), scalar(depth - 1), scalar(depth - 1));
            case 3, 4 -> apply(scalar(depth - 1));
            case 5 -> combine(scalar(depth - 1), scalar(depth - 1));
            case 6 -> sum(vector(depth - 1));
            case 7 -> entry(vector(depth - 1), random.nextInt(2));
            default -> sum(combine(vector(depth - 1), vector(depth - 1)));
        };
    }

    Branch vector(int depth) {
        return depth < 1 ? new Branch("inputs", at -> Arrays.copyOf(at, 2)) : switch (random.nextInt(8)) {
            case 0, 1, 2 -> where(vector(depth - 2), vector(depth - 2), vector(depth - 1), vector(depth - 1));
            case 3 -> apply(vector(depth - 1));
            case 4 -> combine(vector(depth - 1), vector(depth - 1));
            case 5 -> product(matrix(depth - 1), vector(depth - 1));
            case 6 -> stack(scalar(depth - 1), scalar(depth - 1));
            default -> where(scalar(depth - 2), scalar(depth - 2), vector(depth - 1), vector(depth - 1));
        };
    }

    private Branch matrix(int depth) {
        return depth < 1 || random.nextInt(3) == 0 ? new Branch("W", at -> Arrays.copyOfRange(at, 3, 7))
                : random.nextBoolean() ? apply(matrix(depth - 1))
                : where(matrix(depth - 2), matrix(depth - 2), matrix(depth - 1), matrix(depth - 1));
    }

    private Branch leaf() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Branch("x", at -> new DerivativeStructure[] {at[0]});
            case 2 -> new Branch("y", at -> new DerivativeStructure[] {at[1]});
            case 3 -> new Branch("k", at -> new DerivativeStructure[] {at[2]});
            default -> {
                double number = random.nextInt(-6, 7) / 4.0;
                yield new Branch("(" + number + ")", at -> new DerivativeStructure[] {at[0].getField().getZero().add(number)});
            }
        };
    }

    private Branch apply(Branch a) {
        Named named = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
        return new Branch(named.text.replace("A", a.text),
                at -> Arrays.stream(a.entries.apply(at)).map(named.function).map(RandomBranches::moderate)
                        .toArray(DerivativeStructure[]::new));
    }

    private Branch combine(Branch a, Branch b) {
        Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
        return new Branch(operation.text.replace("A", a.text.replace("B", "#")).replace("B", b.text).replace("#", "B"), at -> {
            DerivativeStructure[] x = a.entries.apply(at);
            DerivativeStructure[] y = b.entries.apply(at);
            return each(x.length, i -> moderate(operation.function.apply(x[i], y[i])));
        });
    }

    /** NaN in the place of what is so large that Hipparchus has no digits of what becomes of it. */
    private static DerivativeStructure moderate(DerivativeStructure x) {
        return Math.abs(x.getValue()) < 1e6 ? x : x.add(Double.NaN);
    }

    /** What is compared may be one number for all entries. Entries that are not taken are computed, too, but not used. */
    private Branch where(Branch left, Branch right, Branch a, Branch b) {
        Comparison comparison = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
        return new Branch("where(" + left.text + " " + comparison.text + " " + right.text + ", " + a.text + ", " + b.text + ")",
                at -> {
                    DerivativeStructure[] l = left.entries.apply(at);
                    DerivativeStructure[] r = right.entries.apply(at);
                    DerivativeStructure[] x = a.entries.apply(at);
                    DerivativeStructure[] y = b.entries.apply(at);
                    return each(x.length, i -> {
                        int c = l.length == 1 ? 0 : i;
                        boolean isUndefined = !Double.isFinite(l[c].getValue()) || !Double.isFinite(r[c].getValue());
                        return isUndefined ? x[i].add(Double.NaN) : comparison.holds(l[c], r[c]) ? x[i] : y[i];
                    });
                });
    }

    private static Branch sum(Branch v) {
        return new Branch("sum(" + v.text + ")", at -> new DerivativeStructure[] {
            Arrays.stream(v.entries.apply(at)).reduce(DerivativeStructure::add).orElseThrow()});
    }

    private static Branch entry(Branch v, int i) {
        return new Branch(v.text + "[" + (i + 1) + "]", at -> new DerivativeStructure[] {v.entries.apply(at)[i]});
    }

    private static Branch stack(Branch a, Branch b) {
        return new Branch("[" + a.text + ", " + b.text + "]",
                at -> new DerivativeStructure[] {a.entries.apply(at)[0], b.entries.apply(at)[0]});
    }

    private static Branch product(Branch m, Branch v) {
        return new Branch("(" + m.text + " @ " + v.text + ")", at -> {
            DerivativeStructure[] a = m.entries.apply(at);
            DerivativeStructure[] x = v.entries.apply(at);
            return each(2, i -> a[2 * i].multiply(x[0]).add(a[2 * i + 1].multiply(x[1])));
        });
    }

    private static DerivativeStructure[] each(int size, java.util.function.IntFunction<DerivativeStructure> entry) {
        return IntStream.range(0, size).mapToObj(entry).toArray(DerivativeStructure[]::new);
    }
}
