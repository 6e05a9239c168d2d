package dev.nabla.program;

/** z ← c x + d y on flat vectors, of which some may be the same. */
public interface LinearUpdate {

    void run(double c, double d);
}
