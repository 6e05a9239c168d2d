package dev.nabla.exports.files;

/** Something that a format cannot say, or not within the limit. */
public final class RefusedExportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedExportException(String message) {
        super(message);
    }
}
