package dev.nabla.rendering.names;

/** How a format writes names. */
public interface Spelling {

    String spell(Label label);

    /** Whether a name means something else in this format. */
    boolean isReserved(String name);

    /** Whether symbols may be renamed; where not, they keep their names and others give way. */
    boolean mayRenameSymbols();
}
