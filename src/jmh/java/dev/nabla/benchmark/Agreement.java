package dev.nabla.benchmark;

import java.util.Arrays;

/** Whether two peers computed the same numbers. */
final class Agreement {

    /** Of the largest of the expected numbers: what remains of single precision in DJL's Adam stays below it. */
    private static final double TOLERANCE = 1e-8;

    private Agreement() {}

    /** @throws AssertionError if the numbers of {@code who} are not the expected ones */
    static void require(String who, double[] actual, double[] expected) {
        require(who, actual, expected, TOLERANCE);
    }

    /** @param tolerance of the largest of the expected numbers */
    static void require(String who, double[] actual, double[] expected, double tolerance) {
        if (actual.length != expected.length) {
            throw new AssertionError(who + " has " + actual.length + " numbers, expected " + expected.length);
        }
        double bound = tolerance * Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= bound)) {
                throw new AssertionError(who + " computed " + actual[i] + " as number " + i + ", expected "
                        + expected[i] + " within " + bound);
            }
        }
    }
}
