package dev.nabla.rendering;

import java.math.BigInteger;

/** A print that would be longer than the limit, refused before it was written. */
public final class PrintTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final BigInteger predictedSize;
    private final long limit;

    PrintTooLargeException(BigInteger predictedSize, long limit, String advice) {
        super("the print is predicted to have " + predictedSize + " characters, more than the limit of " + limit + "; "
                + advice);
        this.predictedSize = predictedSize;
        this.limit = limit;
    }

    /** The characters of all strings of the rendering together. */
    public BigInteger predictedSize() {
        return predictedSize;
    }

    /** The most characters that were allowed. */
    public long limit() {
        return limit;
    }
}
