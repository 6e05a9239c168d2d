package dev.nabla.plots;

/** The machine has no font, or lacks the library that finds fonts, so that no text can be measured. */
public final class NoFontsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoFontsException(Throwable cause) {
        super("the machine of the service has no fonts, which pictures need: its operator can install fontconfig and one font, "
                + "such as DejaVu Sans", cause);
    }
}
