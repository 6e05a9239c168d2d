package dev.nabla.program;

import dev.nabla.expression.Expression.Symbol;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * An evaluation with values of its shared symbols, which keeps programs that are ready for the next samples, one for each processor
 * at most. Several threads may use it.
 */
public final class KeptEvaluation implements AutoCloseable {

    /** Of a program whose memory is kept; what a larger one computes takes longer than to make it ready. */
    private static final long MOST_BYTES = 4 << 20;
    private static final int MOST_PROGRAMS = Runtime.getRuntime().availableProcessors();

    private final Evaluation evaluation;
    private final Map<Symbol, double[]> shared;
    private final Deque<ReadyProgram> kept = new ArrayDeque<>();
    private boolean isClosed;
    private long most;

    /** @param shared the values of the shared symbols, row-major */
    public KeptEvaluation(Evaluation evaluation, Map<Symbol, double[]> shared) {
        this.evaluation = evaluation;
        this.shared = shared;
    }

    /** The same as of {@link Evaluation#evaluate}. */
    public double[][][] evaluate(Map<Symbol, double[][]> perSample, int samples) {
        Optional<ReadyProgram> taken = take();
        taken.ifPresent(ReadyProgram::take);
        ReadyProgram program = taken.orElseGet(() -> evaluation.ready(shared));
        boolean isComputed = false;
        try {
            double[][][] values = evaluation.evaluate(program, perSample, samples);
            isComputed = true;
            return values;
        } finally {
            if (!isComputed || program.bytes() > MOST_BYTES || !keep(program)) {
                program.free();
            }
        }
    }

    private synchronized Optional<ReadyProgram> take() {
        return Optional.ofNullable(kept.pollFirst());
    }

    private synchronized boolean keep(ReadyProgram program) {
        if (isClosed || kept.size() == MOST_PROGRAMS) {
            return false;
        }
        program.keep();
        kept.addFirst(program);
        most = Math.max(most, kept.stream().mapToLong(ReadyProgram::bytes).sum());
        return true;
    }

    /** What it has kept at most outside of the heap. */
    public synchronized long bytes() {
        return most;
    }

    /** Keeps nothing any more, though it may go on to be used; what it kept goes when it is collected, as no work holds it. */
    @Override
    public synchronized void close() {
        isClosed = true;
        kept.clear();
    }
}
