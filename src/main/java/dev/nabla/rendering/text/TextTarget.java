package dev.nabla.rendering.text;

import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.names.Spelling;
import dev.nabla.rendering.printing.Printer;
import dev.nabla.rendering.printing.Target;

/** The equation language: what is printed can be posted back and gives the same expression. */
public final class TextTarget implements Target {

    @Override
    public Spelling spelling() {
        return new EquationSpelling();
    }

    @Override
    public Printer printer(Names names, int digits) {
        return new EquationPrinter(names, digits);
    }
}
