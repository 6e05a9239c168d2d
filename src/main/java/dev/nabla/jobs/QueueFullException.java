package dev.nabla.jobs;

/** A training that is not accepted, as too many wait already. */
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueueFullException(int waiting) {
        super(waiting + " trainings are waiting already");
    }
}
