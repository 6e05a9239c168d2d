package dev.nabla.program;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A program with values of its shared symbols, ready for batches of some sizes; for one thread at a time. */
public final class ReadyProgram {

    private final SharedValues values;
    private final Engine engine;
    private final List<Executable> executables = new ArrayList<>();
    /** What whoever used it before left, which no work holds until it is used. */
    private final List<Executable> left = new ArrayList<>();

    /** With all values 0, for no batches yet. */
    public ReadyProgram(Program program, Engine engine) {
        this.values = new SharedValues(program);
        this.engine = engine;
    }

    public SharedValues values() {
        return values;
    }

    boolean isOf(Program program, Engine engine) {
        return values.program() == program && this.engine == engine;
    }

    /** Makes it ready for so many samples in batches of a size, of which the last may be smaller, and for no others. */
    public void prepare(int samples, int batch) {
        int first = Math.min(samples, batch);
        int last = samples % batch;
        IntPredicate isNeeded = size -> size == first || size == last;
        for (Executable executable : List.copyOf(executables)) {
            if (!isNeeded.test(executable.batch())) {
                executable.close();
                executables.remove(executable);
            }
        }
        dropLeft(isNeeded.negate());
        of(first);
        if (last > 0) {
            of(last);
        }
    }

    /** What runs it for a batch of a size, for which it is made ready if it is not. */
    public Executable of(int batch) {
        // There are two at most as a rule, and steps are made that take no longer than an iterator.
        for (int i = 0; i < executables.size(); i++) {
            if (executables.get(i).batch() == batch) {
                return executables.get(i);
            }
        }
        executables.add(left.stream().filter(each -> each.batch() == batch).findFirst().map(this::taken)
                .orElseGet(() -> engine.prepare(values, batch)));
        return executables.getLast();
    }

    private Executable taken(Executable executable) {
        Work.hold(Place.OFF_HEAP, executable.bytes());
        left.remove(executable);
        return executable;
    }

    /** What it has outside of the heap. */
    long bytes() {
        return bytesHeld() + left.stream().mapToLong(Executable::bytes).sum();
    }

    private long bytesHeld() {
        return Double.BYTES * values.array().length() + executables.stream().mapToLong(Executable::bytes).sum();
    }

    /** Says that its memory, which is held, is kept beside the present work. */
    void keep() {
        Work.release(Place.OFF_HEAP, bytesHeld());
        left.addAll(executables);
        executables.clear();
    }

    /** Says that it is used by the present work, which holds of its memory, which was kept, what it uses; if it cannot, that is freed. */
    void take() {
        try {
            Work.hold(Place.OFF_HEAP, bytesHeld());
        } catch (RuntimeException e) {
            drop();
            throw e;
        }
    }

    /** Gives its memory, which was kept, back at once; it cannot be used any more. */
    void drop() {
        withoutWork(this::free);
    }

    /** What is freed is told as released, which is of no account to whoever works here at present. */
    private static void withoutWork(Runnable free) {
        Work.within(Long.MAX_VALUE, free::run);
    }

    /** Gives its memory, which is held, back at once; it cannot be used any more. */
    public void free() {
        dropLeft(_ -> true);
        executables.forEach(Executable::close);
        values.free();
    }

    private void dropLeft(IntPredicate isOfSize) {
        for (Executable executable : List.copyOf(left)) {
            if (isOfSize.test(executable.batch())) {
                left.remove(executable);
                withoutWork(executable::close);
            }
        }
    }
}
