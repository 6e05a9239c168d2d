package dev.nabla.bounds;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interval;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The least value of a scalar over a box of the inputs, by branch and bound: the box with the least bound is halved until that bound
 * is near to a value that was reached (Hansen and Walster, "Global Optimization Using Interval Analysis", 2004). A bound is
 * the greatest of the natural interval extension, of the mean-value form f(m) + f′(X) (X − m), where f has no jump, and of the
 * box's parent; an input in which f only rises or only falls is set to its end. The same steps are made however many there may
 * be, so that more of them give no lower bound.
 */
final class LeastValue {

    private static final int BYTES_OF_SIDE = 48;

    private final Expression scalar;
    private final Expression gradient;
    private final IntervalProgram values;
    private final IntervalProgram slopes;

    /** @param constants the values of the other symbols, row-major */
    LeastValue(Expression scalar, Symbol inputs, Map<Symbol, double[]> constants) {
        this.scalar = scalar;
        this.gradient = Derivative.gradient(scalar, List.of(inputs)).getFirst();
        this.values = new IntervalProgram(List.of(scalar), inputs, constants);
        this.slopes = new IntervalProgram(List.of(scalar, gradient), inputs, constants);
    }

    /**
     * What is known.
     *
     * @param bound below which there is no value
     * @param reached a value that the scalar has somewhere, but for rounding; infinite if none was seen
     * @param boxes for which bounds were computed
     */
    record Result(double bound, double reached, int boxes) {}

    /** What a box takes in memory. */
    static long bytes(int inputs) {
        return 64L + (long) BYTES_OF_SIDE * inputs;
    }

    /** Nanoseconds for a box, about. */
    double price() {
        return 2 * values.price() + 2 * slopes.price() + 500;
    }

    /**
     * Looks until the bound is no further than the tolerance from a value that was reached, or there were so many boxes.
     *
     * @param sign 1, or −1 for what is least of the negative
     */
    Result find(Interval[] whole, int sign, double tolerance, int boxes) {
        var search = new Search(sign);
        search.add(whole, Double.NEGATIVE_INFINITY);
        while (search.made < boxes && !search.open.isEmpty() && search.reached - search.bound() > tolerance) {
            search.halve(search.open.remove());
        }
        return new Result(search.bound(), Math.max(search.seen, search.bound()), search.made);
    }

    private final class Search {

        private final int sign;
        private final PriorityQueue<Box> open = new PriorityQueue<>();
        /** Not below some value. */
        private double reached = Double.POSITIVE_INFINITY;
        /** The middle of the interval of the least value that was reached. */
        private double seen = Double.POSITIVE_INFINITY;
        /** Of the boxes that are too small to be halved. */
        private double boundOfSmall = Double.POSITIVE_INFINITY;
        private int made;

        private Search(int sign) {
            this.sign = sign;
        }

        private double bound() {
            return Math.min(Math.min(open.isEmpty() ? reached : open.peek().bound(), boundOfSmall), reached);
        }

        private Interval signed(Interval x) {
            return sign > 0 ? x : new Interval(-x.high(), -x.low());
        }

        private void halve(Box box) {
            int side = box.longest();
            if (side < 0) {
                boundOfSmall = Math.min(boundOfSmall, box.bound());
                return;
            }
            Interval whole = box.sides()[side];
            double middle = middle(whole);
            for (Interval half : List.of(new Interval(whole.low(), middle), new Interval(middle, whole.high()))) {
                Interval[] sides = box.sides().clone();
                sides[side] = half;
                add(sides, box.bound());
            }
        }

        /** The side along which the scalar may change most, or the longest one where that is not known. */
        private int longest(Interval[] sides) {
            int longest = -1;
            double greatest = -1;
            boolean isKnown = true;
            for (int i = 0; i < sides.length; i++) {
                isKnown &= Double.isFinite(slopes.value(gradient, i).absolute().high());
            }
            for (int i = 0; i < sides.length; i++) {
                double middle = middle(sides[i]);
                double width = (sides[i].high() - sides[i].low()) * (isKnown ? slopes.value(gradient, i).absolute().high() : 1);
                if (sides[i].low() < middle && middle < sides[i].high() && width > greatest) {
                    greatest = width;
                    longest = i;
                }
            }
            return longest;
        }

        private void add(Interval[] sides, double boundOfParent) {
            Work.spend(price());
            made++;
            Interval[] narrowed = narrowed(sides);
            Interval[] point = Arrays.stream(narrowed).map(side -> at(middle(side))).toArray(Interval[]::new);
            Interval atPoint = reach(point);
            slopes.run(narrowed);
            if (slopes.isEmpty(scalar)) {
                return;
            }
            double bound = Math.max(boundOfParent, signed(slopes.value(scalar, 0)).low());
            if (slopes.isContinuous(scalar)) {
                bound = Math.max(bound, meanValueForm(atPoint, narrowed, point));
                reach(corner(narrowed));
            }
            if (bound <= reached) {
                Work.hold(Place.HEAP, bytes(sides.length));
                open.add(new Box(narrowed, bound, longest(narrowed), made));
            }
        }

        /** A face of the box that has its least value, as far as that is known. */
        private Interval[] narrowed(Interval[] sides) {
            slopes.run(sides);
            Interval[] narrowed = sides.clone();
            for (int i = 0; i < sides.length && slopes.isContinuous(scalar); i++) {
                Interval slope = signed(slopes.value(gradient, i));
                if (slope.low() >= 0) {
                    narrowed[i] = at(sides[i].low());
                } else if (slope.high() <= 0) {
                    narrowed[i] = at(sides[i].high());
                }
            }
            return narrowed;
        }

        /** By the signs of the slopes where they are known best: where the least value may be. */
        private Interval[] corner(Interval[] sides) {
            Interval[] corner = sides.clone();
            for (int i = 0; i < sides.length; i++) {
                Interval slope = signed(slopes.value(gradient, i));
                corner[i] = at(slope.low() + slope.high() >= 0 ? sides[i].low() : sides[i].high());
            }
            return corner;
        }

        /** The value at a point, which is reached where there is one. */
        private Interval reach(Interval[] point) {
            values.run(point);
            Interval value = signed(values.value(scalar, 0));
            if (values.isContinuous(scalar) && value.high() < reached) {
                reached = value.high();
                seen = middle(value);
            }
            return value;
        }

        private double meanValueForm(Interval atPoint, Interval[] sides, Interval[] point) {
            double bound = atPoint.low();
            for (int i = 0; i < sides.length; i++) {
                Interval slope = signed(slopes.value(gradient, i));
                double left = Rounding.addUp(point[i].low(), -sides[i].low());
                double right = Rounding.addUp(sides[i].high(), -point[i].low());
                bound = Rounding.addDown(bound, Math.min(Rounding.multiplyDown(slope.low(), right),
                        Rounding.multiplyDown(-slope.high(), left)));
                bound = Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound;
            }
            return bound;
        }
    }

    private static Interval at(double number) {
        return new Interval(number, number);
    }

    private static double middle(Interval x) {
        return Math.max(x.low(), Math.min(x.low() / 2 + x.high() / 2, x.high()));
    }
}
