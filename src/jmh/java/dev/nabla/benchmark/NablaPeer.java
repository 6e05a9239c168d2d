package dev.nabla.benchmark;

import dev.nabla.training.EpochLosses;
import dev.nabla.training.Trainer;
import dev.nabla.training.TrainingProgress;
import dev.nabla.training.TrainingResult;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;

/** Nabla's trainer in a thread of its own, which is held between the steps ordered and those to come. */
final class NablaPeer implements Peer {

    private static final int STOP = 0;

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final SynchronousQueue<Integer> orders = new SynchronousQueue<>();
    private final Semaphore done = new Semaphore(0);
    private final Future<TrainingResult> result;
    private volatile boolean ended;

    NablaPeer(Trainer trainer, double[] initialParameters) {
        result = executor.submit(() -> {
            try {
                return trainer.train(initialParameters, new Held(orders.take()));
            } finally {
                ended = true;
                done.release();
            }
        });
    }

    /** Lets the training go on for the ordered steps. */
    private final class Held implements TrainingProgress {
        private int remaining;

        private Held(int steps) {
            remaining = steps;
        }

        @Override
        public void epochFinished(int epoch, EpochLosses losses) {}

        @Override
        public boolean isCancelled() {
            remaining--;
            if (remaining > 0) {
                return false;
            }
            done.release();
            try {
                remaining = orders.take();
            } catch (InterruptedException _) {
                return true;
            }
            return remaining == STOP;
        }
    }

    @Override
    public void train(int steps) {
        order(steps);
        done.acquireUninterruptibly();
        if (ended) {
            throw new IllegalStateException("the training ended by itself: " + result());
        }
    }

    @Override
    public double[] parameters() {
        order(STOP);
        return result().parameters();
    }

    private void order(int steps) {
        try {
            orders.put(steps);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrainingResult result() {
        try {
            return result.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
