package dev.nabla.bounds;

import dev.nabla.expression.Interval;

/**
 * Inputs, each from a number to another.
 *
 * @param bound below which there is no value in it
 * @param longest the number of the side that is halved next; −1 where there are no numbers between the ends of any
 * @param number in which order boxes were made
 */
record Box(Interval[] sides, double bound, int longest, int number) implements Comparable<Box> {

    /** The one with the least bound first, of several the oldest. */
    @Override
    public int compareTo(Box other) {
        int byBound = Double.compare(bound, other.bound);
        return byBound != 0 ? byBound : Integer.compare(number, other.number);
    }
}
