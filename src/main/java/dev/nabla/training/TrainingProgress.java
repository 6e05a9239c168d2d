package dev.nabla.training;

/** What follows a training while it runs; it is called from the thread that trains. */
public interface TrainingProgress {

    /** Nobody follows. */
    TrainingProgress IGNORED = new TrainingProgress() {
        @Override
        public void epochFinished(int epoch, double loss) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    /**
     * An epoch is over.
     *
     * @param epoch its number, counted from 1
     * @param loss the mean over its batches of the loss before each update
     */
    void epochFinished(int epoch, double loss);

    /**
     * An epoch is over in a training with validation; called before {@link #epochFinished}.
     *
     * @param epoch its number, counted from 1
     * @param loss over the rows of validation, after the epoch's last update
     */
    default void validated(int epoch, double loss) {}

    /** Asked before every step: true ends the training after the steps made so far. */
    boolean isCancelled();
}
