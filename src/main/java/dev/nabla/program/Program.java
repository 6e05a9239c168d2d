package dev.nabla.program;

import com.google.common.collect.Iterables;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions as a flat list of instructions, the same for every engine and every batch size.
 */
public final class Program {

    private final Schedule schedule;
    private final Map<Symbol, Slot> symbols;
    private final List<Slot> outputs;
    private final Map<Slot, Integer> sharedOffsets = new HashMap<>();
    private final int sharedSize;

    Program(Schedule schedule, Map<Symbol, Slot> symbols, List<Slot> outputs) {
        this.schedule = schedule;
        this.symbols = symbols;
        this.outputs = List.copyOf(outputs);
        int offset = 0;
        for (Slot slot : Iterables.concat(symbols.values(), outputs)) {
            if (!slot.perSample()) {
                sharedOffsets.put(slot, offset);
                offset += slot.shape().size();
            }
        }
        this.sharedSize = offset;
    }

    /**
     * @param outputs what is to be computed, shared or per sample
     * @param symbols all symbols that have a value, also those that do not occur
     * @throws IllegalArgumentException if an output depends on a symbol that is not listed
     */
    public static Program compile(List<Expression> outputs, List<Symbol> symbols) {
        return new Compiler(symbols).compile(outputs);
    }

    /** How long the engine {@code kernels} takes for a run on one thread, in nanoseconds, by the {@link CostModel}. */
    public double predictedNanos(int batch) {
        return CostModel.ofKernels(this, batch);
    }

    Schedule schedule() {
        return schedule;
    }

    Map<Symbol, Slot> symbols() {
        return symbols;
    }

    List<Slot> outputs() {
        return outputs;
    }

    /** How many doubles the {@link SharedValues} take. */
    int sharedSize() {
        return sharedSize;
    }

    /** Where a shared symbol or output begins in the {@link SharedValues}. */
    int sharedOffset(Slot slot) {
        return sharedOffsets.get(slot);
    }

    /** Whether the slot has its place in the {@link SharedValues}. */
    boolean isShared(Slot slot) {
        return sharedOffsets.containsKey(slot);
    }
}
