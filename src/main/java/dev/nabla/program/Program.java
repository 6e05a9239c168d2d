package dev.nabla.program;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions as a flat list of instructions, the same for every engine and every batch size.
 */
public final class Program {

    /** The most samples of a batch. */
    private static final int MOST_SAMPLES = 1024;
    /** The doubles that a batch may take, 64 MB, and those that a single sample may. */
    private static final long MOST_DOUBLES = 1L << 23;
    private static final long MOST_DOUBLES_OF_SAMPLE = 1L << 28;
    /** What an instruction takes to be made and prepared, and a run to be called, in nanoseconds. */
    private static final double NANOS_OF_INSTRUCTION = 10_000;
    private static final double NANOS_OF_CALL = 1_000;
    private static final long BYTES_OF_INSTRUCTION = 1_000;

    private final Schedule schedule;
    private final Map<Symbol, Slot> symbols;
    private final List<Slot> outputs;
    private final Map<Slot, Integer> sharedOffsets = new HashMap<>();
    private final int sharedSize;

    Program(Schedule schedule, Map<Symbol, Slot> symbols, List<Slot> outputs) {
        this.schedule = schedule;
        this.symbols = symbols;
        this.outputs = List.copyOf(outputs);
        int endOfSymbols = place(symbols.values(), 0);
        // A gradient, which stands behind its loss, begins at a whole vector of 512 bits.
        int scalars = (int) outputs.stream().filter(slot -> !slot.perSample()).takeWhile(slot -> slot.shape().isScalar()).count();
        this.sharedSize = place(outputs, Math.ceilDiv(endOfSymbols + scalars, FlatVector.ALIGNMENT) * FlatVector.ALIGNMENT - scalars);
    }

    private int place(Collection<Slot> slots, int start) {
        int offset = start;
        for (Slot slot : slots) {
            if (!slot.perSample()) {
                sharedOffsets.put(slot, offset);
                offset += slot.shape().size();
            }
        }
        return offset;
    }

    /**
     * @param outputs what is to be computed, shared or per sample
     * @param symbols all symbols that have a value, also those that do not occur
     * @throws IllegalArgumentException if an output depends on a symbol that is not listed
     */
    public static Program compile(List<Expression> outputs, List<Symbol> symbols) {
        Program program = new Compiler(symbols).compile(outputs);
        Work.spend(NANOS_OF_INSTRUCTION * program.schedule.instructions().size());
        Work.hold(Place.HEAP, BYTES_OF_INSTRUCTION * program.schedule.instructions().size());
        return program;
    }

    /**
     * The same with further outputs: for each one a scalar that is NaN where anything that it is computed from, or it
     * itself, is no finite number, and 0 elsewhere.
     */
    static Program compileWatched(List<Expression> outputs, List<Symbol> symbols) {
        Program program = new Compiler(symbols).compileWatched(outputs);
        Work.spend(NANOS_OF_INSTRUCTION * program.schedule.instructions().size());
        Work.hold(Place.HEAP, BYTES_OF_INSTRUCTION * program.schedule.instructions().size());
        return program;
    }

    /** A run of {@code kernels} and the call of it: what {@link Work} a run is, whatever engine does it. */
    public double workOfRun(int batch) {
        return NANOS_OF_CALL + predictedNanos(batch);
    }

    /**
     * How many samples a batch may have, at most {@value #MOST_SAMPLES}, so that memory stays bounded.
     *
     * @throws WorkLimitException if it is too small for a single one
     */
    public int largestBatch() {
        long doublesOfSample = doublesOfSample();
        if (doublesOfSample > MOST_DOUBLES_OF_SAMPLE) {
            throw new WorkLimitException("takes " + doublesOfSample + " numbers for a single sample, more than "
                    + MOST_DOUBLES_OF_SAMPLE + ": ask for fewer or smaller arrays");
        }
        return Math.clamp(MOST_DOUBLES / Math.max(1, doublesOfSample), 1, MOST_SAMPLES);
    }

    /** Whether it makes sums over all samples, so that the parts of a batch are not computed alone. */
    boolean sumsOverSamples() {
        return schedule.instructions().stream().anyMatch(instruction -> !instruction.target().perSample()
                && instruction.operands().stream().anyMatch(Slot::perSample));
    }

    /** How many numbers are computed for a sample. */
    long doublesOfSample() {
        return schedule.instructions().stream().flatMap(instruction -> instruction.targets().stream())
                .filter(Slot::perSample).mapToLong(slot -> slot.shape().size()).sum();
    }

    /** How long the engine {@code kernels} takes for a run on one thread, in nanoseconds, by the {@link CostModel}. */
    public double predictedNanos(int batch) {
        return CostModel.ofKernels(this, batch);
    }

    public Schedule schedule() {
        return schedule;
    }

    public Map<Symbol, Slot> symbols() {
        return symbols;
    }

    public List<Slot> outputs() {
        return outputs;
    }

    /** How many doubles the {@link SharedValues} take. */
    public int sharedSize() {
        return sharedSize;
    }

    /** Where a shared symbol or output begins in the {@link SharedValues}. */
    public int sharedOffset(Slot slot) {
        return requireNonNull(sharedOffsets.get(slot));
    }

    /** Whether the slot has its place in the {@link SharedValues}. */
    public boolean isShared(Slot slot) {
        return sharedOffsets.containsKey(slot);
    }
}
