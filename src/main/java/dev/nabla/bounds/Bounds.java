package dev.nabla.bounds;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interval;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Numbers between which every value of an expression is that it has within a box of the inputs, whatever computes it: they hold
 * for real numbers, as every operation is rounded outward.
 *
 * @param lower below which no entry has a value, row-major; −∞ where that is not known
 * @param upper above which none has one
 * @param reachedLower values that the entries have somewhere in the box, the least ones that were seen: the least value is between
 *     {@code lower} and these; ∞ where none was seen
 * @param reachedUpper the greatest ones that were seen
 * @param boxes for which intervals were computed
 */
public record Bounds(double[] lower, double[] upper, double[] reachedLower, double[] reachedUpper, long boxes) {

    /** Of the work that is left this part may be spent: the rest writes the answer. */
    private static final double PART_OF_WORK = 0.8;
    /** Of the boxes that wait to be halved. */
    private static final double MOST_BYTES = 1 << 27;

    /**
     * Looks for bounds until they are no further than a tolerance from values that were reached, or so many boxes were looked at,
     * or the work that is left for it is spent, or their memory. More boxes give no wider bounds.
     *
     * @param constants the values of the symbols but the inputs, row-major
     * @param box of the inputs, one for each of their entries, finite
     * @param tolerance for every entry, absolute
     * @param boxes for all entries and both ends together; as many as there are of these in any case
     */
    public static List<Bounds> of(List<Expression> expressions, Symbol inputs, Map<Symbol, double[]> constants, Interval[] box,
            double tolerance, int boxes) {
        var bounds = new ArrayList<Bounds>();
        for (int i = 0; i < expressions.size(); i++) {
            double left = Work.left();
            double end = Double.isInfinite(left) ? Double.NEGATIVE_INFINITY : left - PART_OF_WORK * left / (expressions.size() - i);
            bounds.add(of(expressions.get(i), inputs, constants, box, tolerance, boxes, end));
        }
        return bounds;
    }

    /** @param end with so much work left it has to end */
    private static Bounds of(Expression expression, Symbol inputs, Map<Symbol, double[]> constants, Interval[] box, double tolerance,
            int boxes, double end) {
        int size = expression.shape().size();
        var bounds = new Bounds(new double[size], new double[size], new double[size], new double[size], 0);
        long left = boxes;
        long made = 0;
        for (int entry = 0; entry < size; entry++) {
            var scalar = new LeastValue(entry(expression, entry), inputs, constants);
            for (int sign : new int[] {1, -1}) {
                int ends = 2 * (size - entry) - (sign > 0 ? 0 : 1);
                double affordable = Math.min(Math.max(0, Work.left() - end) / ends / scalar.price(),
                        MOST_BYTES / LeastValue.bytes(box.length));
                LeastValue.Result found = scalar.find(box, sign, tolerance, (int) Math.min((double) left / ends, affordable));
                (sign > 0 ? bounds.lower : bounds.upper)[entry] = sign * found.bound();
                (sign > 0 ? bounds.reachedLower : bounds.reachedUpper)[entry] = sign * found.reached();
                left = Math.max(0, left - found.boxes());
                made += found.boxes();
            }
        }
        return new Bounds(bounds.lower, bounds.upper, bounds.reachedLower, bounds.reachedUpper, made);
    }

    private static Expression entry(Expression expression, int number) {
        var index = new ArrayList<Integer>();
        Shape shape = expression.shape();
        int place = number;
        while (!shape.isScalar()) {
            shape = shape.withoutLeading(1);
            index.add(place / shape.size());
            place %= shape.size();
        }
        return index.isEmpty() ? expression : LinearAlgebra.entry(expression, index);
    }

    @Override
    public String toString() {
        return Arrays.toString(lower) + " to " + Arrays.toString(upper) + " by " + boxes + " boxes";
    }
}
