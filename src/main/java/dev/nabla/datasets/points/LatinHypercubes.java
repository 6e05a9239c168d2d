package dev.nabla.datasets.points;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Latin hypercubes of so many points, one after the other. */
final class LatinHypercubes implements SamplingMethod.UnitPoints {

    private final SplittableRandom random;
    private final int[][] slices;
    private int next;

    LatinHypercubes(int dimension, int size, SplittableRandom random) {
        this.random = random;
        this.slices = new int[dimension][size];
        for (int[] ofCoordinate : slices) {
            Arrays.setAll(ofCoordinate, i -> i);
        }
    }

    @Override
    public void next(double[] point) {
        if (next == 0) {
            for (int[] ofCoordinate : slices) {
                shuffle(ofCoordinate);
            }
        }
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.min((slices[i][next] + random.nextDouble()) / slices[i].length, Math.nextDown(1.0));
        }
        next = (next + 1) % slices[0].length;
    }

    private void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
