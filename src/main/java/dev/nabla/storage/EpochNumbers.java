package dev.nabla.storage;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was recorded of every epoch.
 *
 * @param perEpoch how many numbers of each; nothing was recorded where it is 0
 * @param epochByEpoch all numbers of an epoch, then those of the next
 */
public record EpochNumbers(int perEpoch, double[] epochByEpoch) {

    public int epochs() {
        return perEpoch == 0 ? 0 : epochByEpoch.length / perEpoch;
    }

    /** One number of each epoch. */
    public double[] line(int number) {
        return IntStream.range(0, epochs()).mapToDouble(epoch -> epochByEpoch[epoch * perEpoch + number]).toArray();
    }

    public List<double[]> lines() {
        return IntStream.range(0, perEpoch).mapToObj(this::line).toList();
    }

    /** Those of some epochs, counted from 0 on, as far as they were recorded. */
    public EpochNumbers at(int[] some) {
        return new EpochNumbers(perEpoch, Arrays.stream(some).filter(epoch -> epoch < epochs()).flatMap(epoch ->
                IntStream.range(epoch * perEpoch, (epoch + 1) * perEpoch)).mapToDouble(i -> epochByEpoch[i]).toArray());
    }
}
