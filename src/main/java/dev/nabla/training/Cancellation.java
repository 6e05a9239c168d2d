package dev.nabla.training;

/** Whether a training was cancelled, which it stays. */
final class Cancellation {

    private final TrainingProgress progress;
    private boolean isCancelled;

    Cancellation(TrainingProgress progress) {
        this.progress = progress;
    }

    /** Asks again, unless it was. */
    boolean isAsked() {
        isCancelled = isCancelled || progress.isCancelled();
        return isCancelled;
    }
}
