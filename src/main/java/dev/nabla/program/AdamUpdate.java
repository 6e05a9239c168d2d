package dev.nabla.program;

/** Updates of parameters by Adam, each from the gradient that stands in its place, with moment estimates that begin at 0. */
public interface AdamUpdate {

    /**
     * @param step the number of this update, counted from 1
     * @throws OutOfFloatsException if estimates are floats, and one is too large for that; it has been updated, as all others have
     */
    void run(double learningRate, int step);

    /** Before it is corrected. */
    NumberVector firstMoment();

    /** Before it is corrected. */
    NumberVector secondMoment();

    /** Whether no estimate is infinite: the square of a gradient may be, and then the parameter would stand still. */
    boolean isFinite();
}
