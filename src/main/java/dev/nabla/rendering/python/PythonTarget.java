package dev.nabla.rendering.python;

import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.names.Spelling;
import dev.nabla.rendering.printing.Printer;
import dev.nabla.rendering.printing.Target;

/** NumPy. */
public final class PythonTarget implements Target {

    @Override
    public Spelling spelling() {
        return new PythonSpelling();
    }

    @Override
    public Printer printer(Names names, int digits) {
        return new PythonPrinter(names, digits);
    }
}
