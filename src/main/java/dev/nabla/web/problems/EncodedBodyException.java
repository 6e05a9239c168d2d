package dev.nabla.web.problems;

/** A body with a Content-Encoding, of which none is read: 415. */
public final class EncodedBodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EncodedBodyException(String encodings) {
        super("the body must be sent as it is, without a Content-Encoding, which was '"
                + (encodings.length() > 100 ? encodings.substring(0, 100) + "…" : encodings) + "'");
    }
}
