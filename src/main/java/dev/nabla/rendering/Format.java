package dev.nabla.rendering;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.rendering.latex.LatexTarget;
import dev.nabla.rendering.printing.Target;
import dev.nabla.rendering.python.PythonTarget;
import dev.nabla.rendering.text.TextTarget;

/** The language an expression is printed in. */
public enum Format {

    /** Math-mode LaTeX that KaTeX shows. */
    @JsonProperty("latex") LATEX(new LatexTarget()),

    /** The equation language: what is printed can be posted back and gives the same expression. */
    @JsonProperty("text") TEXT(new TextTarget()),

    /** NumPy. */
    @JsonProperty("python") PYTHON(new PythonTarget());

    private final Target target;

    Format(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }
}
