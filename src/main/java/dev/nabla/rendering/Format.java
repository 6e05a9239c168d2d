package dev.nabla.rendering;

/** The language an expression is printed in. */
public enum Format {

    /** Math-mode LaTeX that KaTeX shows. */
    LATEX,

    /** The equation language: what is printed can be posted back and gives the same expression. */
    TEXT,

    /** NumPy. */
    PYTHON
}
