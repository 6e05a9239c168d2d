package dev.nabla.rendering;

import java.math.BigInteger;

/** A print that would be longer than the limit, refused before it was written. */
public final class PrintTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PrintTooLargeException(BigInteger predictedSize, long limit, String advice) {
        super("the print is predicted to have " + predictedSize + " characters, more than the limit of " + limit + "; "
                + advice);
    }
}
