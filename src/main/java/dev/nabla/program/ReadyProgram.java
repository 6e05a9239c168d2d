package dev.nabla.program;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A program with values of its shared symbols, ready for batches of some sizes; for one thread at a time. */
public final class ReadyProgram {

    private final SharedValues values;
    private final Engine engine;
    private final List<Executable> executables = new ArrayList<>();

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
        for (Iterator<Executable> each = executables.iterator(); each.hasNext();) {
            Executable executable = each.next();
            if (executable.batch() != first && executable.batch() != last) {
                executable.close();
                each.remove();
            }
        }
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
        executables.add(engine.prepare(values, batch));
        return executables.getLast();
    }

    /** What it has outside of the heap. */
    long bytes() {
        return Double.BYTES * values.array().length() + executables.stream().mapToLong(Executable::bytes).sum();
    }

    /** Says that its memory, which is held, is kept beside the present work. */
    void keep() {
        Work.release(Place.OFF_HEAP, bytes());
    }

    /** Says that its memory, which was kept, is held by the present work. */
    void take() {
        Work.hold(Place.OFF_HEAP, bytes());
    }

    /** Gives its memory, which was kept, back at once; it cannot be used any more. */
    void drop() {
        // What is given back is told as released, though nobody held it.
        Work.release(Place.OFF_HEAP, -bytes());
        free();
    }

    /** Gives its memory, which is held, back at once; it cannot be used any more. */
    public void free() {
        executables.forEach(Executable::close);
        values.free();
    }
}
