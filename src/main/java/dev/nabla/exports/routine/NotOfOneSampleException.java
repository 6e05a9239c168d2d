package dev.nabla.exports.routine;

/** An expression that has no value for one sample by itself. */
public final class NotOfOneSampleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotOfOneSampleException(String what) {
        super(what + " adds up over the samples of a batch, and an exported function computes one sample");
    }
}
