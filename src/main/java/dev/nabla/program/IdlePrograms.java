package dev.nabla.program;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Programs that nobody runs at present, with their memory and with what was compiled for just that memory, for whoever runs equal
 * ones next. Several threads may use it. What is kept, 32 MB at most outside of the heap, is held by no work.
 */
public final class IdlePrograms {

    private static final int MOST_PROGRAMS = 32;
    /** Of a larger one a step takes so long that it matters little how it is made ready. */
    private static final long MOST_BYTES = 1 << 20;
    /** As they stay on the heap, each with its step. */
    private static final int MOST_INSTRUCTIONS = 1000;

    /** The eldest is the first, and taken first: so who takes and leaves several equal ones in one order has the same ones every time. */
    private final Deque<ReadyProgram> idle = new ArrayDeque<>();

    /** Takes one whose values are all 0, which is made if there is none. */
    public ReadyProgram take(Program program, Engine engine) {
        Optional<ReadyProgram> found = find(program, engine);
        found.ifPresent(kept -> {
            kept.take();
            kept.values().clear();
        });
        return found.orElseGet(() -> new ReadyProgram(program, engine));
    }

    /** Takes back one of which nothing is used any more. */
    public void leave(ReadyProgram program) {
        if (isSmall(program)) {
            program.keep();
            add(program).ifPresent(ReadyProgram::drop);
        } else {
            program.free();
        }
    }

    private static boolean isSmall(ReadyProgram program) {
        return program.bytes() <= MOST_BYTES
                && program.values().program().schedule().instructions().size() <= MOST_INSTRUCTIONS;
    }

    private synchronized Optional<ReadyProgram> find(Program program, Engine engine) {
        for (Iterator<ReadyProgram> each = idle.iterator(); each.hasNext();) {
            ReadyProgram candidate = each.next();
            if (candidate.isOf(program, engine)) {
                each.remove();
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Says which is too many, if one is: the eldest. */
    private synchronized Optional<ReadyProgram> add(ReadyProgram program) {
        if (idle.contains(program)) {
            throw new IllegalStateException("is left already");
        }
        idle.addLast(program);
        return idle.size() > MOST_PROGRAMS ? Optional.of(idle.removeFirst()) : Optional.empty();
    }
}
