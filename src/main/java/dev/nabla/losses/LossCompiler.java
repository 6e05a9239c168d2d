package dev.nabla.losses;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.primitives.Ints;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.expression.Work.Taken;
import dev.nabla.program.Engine;
import dev.nabla.program.IdlePrograms;
import dev.nabla.program.Program;
import dev.nabla.program.ReadyProgram;
import java.time.Duration;

/**
 * Compiles losses, and keeps their programs for whoever trains the same again, as a sweep does. A program never changes and has no
 * values, so it is shared as it is; what it runs on is of one training at a time.
 */
final class LossCompiler {

    /** Beside what requests and trainings hold. */
    private static final double SHARE_OF_HEAP = 0.02;
    private static final long BYTES_OF_UNIT = 1 << 10;
    private static final Duration UNUSED = Duration.ofHours(1);

    static final LossCompiler OF_ALL = new LossCompiler((long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()));

    private final Cache<LossSource, Compiled> kept;
    private final IdlePrograms idle = new IdlePrograms();

    @VisibleForTesting
    LossCompiler(long bytes) {
        // In one part, as each of several would have its share of the bound only.
        this.kept = CacheBuilder.newBuilder().concurrencyLevel(1).expireAfterAccess(UNUSED).maximumWeight(bytes / BYTES_OF_UNIT)
                .<LossSource, Compiled>weigher((_, compiled) -> Ints.saturatedCast(1 + compiled.took.bytes() / BYTES_OF_UNIT)).build();
    }

    /** @param took what it took to make it; the source holds about as much, as its nodes are what instructions compute */
    private record Compiled(Program program, Taken took) {}

    /** The program of a loss with values that are all 0, to be {@linkplain #leave left} in the end. */
    ReadyProgram ready(LossSource source, Engine engine) {
        Program program = compile(source);
        return Work.isDone() ? idle.take(program, engine) : new ReadyProgram(program, engine);
    }

    /** Takes back one of which nothing is used any more. */
    void leave(ReadyProgram ready) {
        if (Work.isDone()) {
            idle.leave(ready);
        } else {
            ready.free();
        }
    }

    /** The program of a loss. Outside of a {@link Work}, where it is not known how large it is, it is made anew and not kept. */
    Program compile(LossSource source) {
        if (!Work.isDone()) {
            return source.compile();
        }
        Compiled known = kept.getIfPresent(source);
        if (known != null) {
            Work.spend(known.took.nanos());
            Work.hold(Place.HEAP, known.took.bytes());
            return known.program;
        }
        Taken before = Work.taken();
        Program program = source.compile();
        kept.put(source, new Compiled(program, Work.taken().since(before)));
        return program;
    }
}
