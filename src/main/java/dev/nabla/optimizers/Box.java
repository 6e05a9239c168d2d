package dev.nabla.optimizers;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * What lies within bounds, for steps that end at the nearest point of it. An entry on its bound of which the gradient leads out is held
 * there while the others step, so that their step is the one for where it stays (Bertsekas, SIAM Journal on Control and Optimization 20,
 * 1982, doi 10.1137/0320018). Unlike a change of variables, this leaves the scale of every entry as it is, however far
 * apart its bounds are.
 */
public final class Box {

    private final List<Bound> bounds;

    public Box(List<Bound> bounds) {
        this.bounds = List.copyOf(bounds);
    }

    /** The nearest point within. */
    public double[] nearest(double[] point) {
        double[] nearest = point.clone();
        forEach((bound, i) -> nearest[i] = bound.nearest(point[i]));
        return nearest;
    }

    public boolean contains(double[] point) {
        boolean[] isWithin = {true};
        forEach((bound, i) -> isWithin[0] &= bound.nearest(point[i]) == point[i]);
        return isWithin[0];
    }

    /**
     * Shortens the entries of a step from a point within that would leave it, so that they end on their bound or behind it: what ends
     * beside it by rounding would not be held there.
     *
     * @return whether there were some
     */
    public boolean cut(double[] point, double[] step) {
        boolean[] isCut = {false};
        forEach((bound, i) -> {
            double there = point[i] + step[i];
            if (bound.nearest(there) != there) {
                double end = bound.nearest(there);
                step[i] = end - point[i];
                if (end < there && point[i] + step[i] < end) {
                    step[i] = Math.nextUp(step[i]);
                } else if (end > there && point[i] + step[i] > end) {
                    step[i] = Math.nextDown(step[i]);
                }
                isCut[0] = true;
            }
        });
        return isCut[0];
    }

    /** Looks at the entries of a point on a bound that a direction leads out of. */
    public void forEachLeaving(double[] point, double[] direction, IntConsumer look) {
        forEach((bound, i) -> {
            if (direction[i] < 0 && point[i] <= bound.min() || direction[i] > 0 && point[i] >= bound.max()) {
                look.accept(i);
            }
        });
    }

    public boolean isOnBound(double[] point) {
        boolean[] isOn = {false};
        forEach((bound, i) -> isOn[0] |= point[i] <= bound.min() || point[i] >= bound.max());
        return isOn[0];
    }

    /** The point within of which some entries on bounds are moved inwards by a part of their size, or of 1 where that is less. */
    public double[] inwards(double[] point, double part, IntPredicate which) {
        double[] moved = point.clone();
        forEach((bound, i) -> {
            if (which.test(i) && (point[i] <= bound.min() || point[i] >= bound.max())) {
                double distance = part * Math.max(1, Math.abs(point[i]));
                moved[i] = bound.nearest(point[i] <= bound.min() ? point[i] + distance : point[i] - distance);
            }
        });
        return moved;
    }

    private interface OfEntry {

        void take(Bound bound, int entry);
    }

    private void forEach(OfEntry look) {
        for (Bound bound : bounds) {
            for (int i = bound.from(); i < bound.to(); i++) {
                look.take(bound, i);
            }
        }
    }
}
