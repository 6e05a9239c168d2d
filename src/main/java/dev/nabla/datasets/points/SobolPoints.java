package dev.nabla.datasets.points;

import java.util.SplittableRandom;
import org.hipparchus.random.SobolSequenceGenerator;

/** Sobol's sequence, all points with the same random bits flipped. */
final class SobolPoints implements SamplingMethod.UnitPoints {

    static final int MOST_DIMENSIONS = 21_201;

    private static final int BITS = 52;
    private static final double SCALE = 0x1p52;

    private final SobolSequenceGenerator sequence;
    private final long[] flipped;

    SobolPoints(int dimension, SplittableRandom random) {
        this.sequence = new SobolSequenceGenerator(dimension);
        this.flipped = random.longs(dimension).map(bits -> bits >>> Long.SIZE - BITS).toArray();
    }

    @Override
    public void next(double[] point) {
        double[] regular = sequence.nextVector();
        for (int i = 0; i < point.length; i++) {
            point[i] = ((long) (regular[i] * SCALE) ^ flipped[i]) / SCALE;
        }
    }
}
