package dev.nabla.program;

/** A vector that is read and written as doubles, whatever it is kept as. */
public interface NumberVector {

    int size();

    void set(double[] values);

    void copyTo(double[] values);
}
