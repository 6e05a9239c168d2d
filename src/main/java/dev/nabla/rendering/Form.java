package dev.nabla.rendering;

/** How arrays are printed. */
public enum Form {

    /** Every entry written out in scalars. */
    SCALAR,

    /** Matrices and vectors stay whole. */
    ARRAY
}
