package dev.nabla.storage;

/** A write for a training that another service runs by now, or none. */
public final class LostLeaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostLeaseException(Lease lease) {
        super("training " + lease.training() + " is no longer run here: the lease " + lease.token() + " is over");
    }
}
