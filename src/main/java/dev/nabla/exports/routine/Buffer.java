package dev.nabla.exports.routine;

/**
 * Numbers with a name, flat and row-major.
 *
 * @param size how many they are for one sample
 * @param perSample whether they differ between samples
 */
public record Buffer(String name, Kind kind, int size, boolean perSample) {

    /** Where numbers come from and go to. */
    public enum Kind { INPUTS, PARAMETERS, RESULT, ARRAY, SCALAR }
}
