package dev.nabla.training;

/** What follows a training while it runs; it is called from the thread that trains. */
public interface TrainingProgress {

    /** Nobody follows. */
    TrainingProgress IGNORED = new TrainingProgress() {
        @Override
        public void epochFinished(int epoch, EpochLosses losses) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    /**
     * An epoch is over.
     *
     * @param epoch its number, counted from 1
     */
    void epochFinished(int epoch, EpochLosses losses);

    /** Asked before every step: true ends the training after the steps made so far. */
    boolean isCancelled();
}
