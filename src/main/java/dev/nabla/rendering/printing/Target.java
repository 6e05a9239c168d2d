package dev.nabla.rendering.printing;

import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.names.Spelling;

/** A language that expressions are printed in. All it says of names is its spelling, all else is its printer. */
public interface Target {

    Spelling spelling();

    /** A printer for one expression, and the significant digits of its numbers. */
    Printer printer(Names names, int digits);
}
