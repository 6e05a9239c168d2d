package dev.nabla.rendering.latex;

import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.names.Spelling;
import dev.nabla.rendering.printing.Printer;
import dev.nabla.rendering.printing.Target;

/** Math-mode LaTeX that KaTeX shows. */
public final class LatexTarget implements Target {

    @Override
    public Spelling spelling() {
        return new LatexSpelling();
    }

    @Override
    public Printer printer(Names names, int digits) {
        return new LatexPrinter(names, digits);
    }
}
