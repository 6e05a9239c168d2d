package dev.nabla.program;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program with values of its shared symbols, ready for batches of one size at a time; for one thread at a time. */
final class ReadyProgram {

    private final SharedValues values;
    private final Engine engine;
    private @Nullable Executable executable;

    /** @param shared the values of the shared symbols, row-major */
    ReadyProgram(Program program, Map<Symbol, double[]> shared, Engine engine) {
        this.values = new SharedValues(program);
        this.engine = engine;
        shared.forEach(values::set);
    }

    /** What runs it for a batch of this size, until one of another size is asked for. */
    Executable of(int batch) {
        if (executable == null || executable.batch() != batch) {
            close();
            executable = engine.prepare(values, batch);
        }
        return requireNonNull(executable);
    }

    private void close() {
        if (executable != null) {
            executable.close();
            executable = null;
        }
    }

    /** What it has outside of the heap. */
    long bytes() {
        return Double.BYTES * values.array().length() + (executable == null ? 0 : executable.bytes());
    }

    /** Says that its memory, which is held, is kept beside the present work. */
    void keep() {
        Work.release(Place.OFF_HEAP, bytes());
    }

    /** Says that its memory, which was kept, is held by the present work. */
    void take() {
        Work.hold(Place.OFF_HEAP, bytes());
    }

    /** Gives its memory, which is held, back at once. */
    void free() {
        close();
        values.free();
    }
}
