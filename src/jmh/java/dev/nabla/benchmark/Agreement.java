package dev.nabla.benchmark;

import java.util.Arrays;

/** Whether two peers computed the same numbers. */
final class Agreement {

    /** Of the largest of the expected numbers: what remains of single precision in DJL's Adam stays below it. */
    private static final double TOLERANCE = 1e-8;
    /** Where moments are floats, and all products where batches are large enough for that. */
    private static final double TOLERANCE_OF_SINGLE = 1e-6;

    private Agreement() {}

    /** @throws AssertionError if the numbers of {@code who} are not the expected ones */
    static void require(String who, double[] actual, double[] expected) {
        require(who, actual, expected, TOLERANCE);
    }

    /** @throws AssertionError if the parameters that a framework trained are not the expected ones */
    static void require(Framework framework, String what, double[] actual, double[] expected) {
        require(framework + " " + what, actual, expected,
                framework == Framework.NABLA_SINGLE ? TOLERANCE_OF_SINGLE : TOLERANCE);
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
