package dev.nabla.program;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Expressions as a flat list of instructions, the same for every engine and every batch size.
 *
 * <p>What is shared by all samples and seen from outside has a fixed place in a block of doubles that the caller owns:
 * the shared symbols in the order given to {@link #compile}, then the shared outputs in theirs, with no gaps. So the
 * parameters of a network are one flat vector there, and so is a gradient.
 */
public final class Program {

    private final List<Instruction> instructions;
    private final Map<Symbol, Slot> symbols;
    private final List<Slot> outputs;

    Program(List<Instruction> instructions, Map<Symbol, Slot> symbols, List<Slot> outputs) {
        this.instructions = List.copyOf(instructions);
        this.symbols = symbols;
        this.outputs = List.copyOf(outputs);
    }

    /**
     * @param outputs what is to be computed, shared or per sample
     * @param symbols all symbols that have a value, also those that do not occur
     * @throws IllegalArgumentException if an output depends on a symbol that is not listed
     */
    public static Program compile(List<Expression> outputs, List<Symbol> symbols) {
        return new Compiler(symbols).compile(outputs);
    }

    List<Instruction> instructions() {
        return instructions;
    }

    Map<Symbol, Slot> symbols() {
        return symbols;
    }

    List<Slot> outputs() {
        return outputs;
    }

    /** How many doubles the shared symbols and outputs take. */
    public int sharedSize() {
        return sharedSlots().mapToInt(slot -> slot.shape().size()).sum();
    }

    /** Where a shared symbol begins in the shared block. */
    public int sharedOffset(Symbol symbol) {
        return sharedOffset(symbols.get(symbol));
    }

    /** Where the shared output of this number begins in the shared block. */
    public int sharedOutputOffset(int output) {
        return sharedOffset(outputs.get(output));
    }

    int sharedOffset(Slot slot) {
        return sharedSlots().takeWhile(other -> !other.equals(slot)).mapToInt(other -> other.shape().size()).sum();
    }

    boolean isShared(Slot slot) {
        return sharedSlots().anyMatch(slot::equals);
    }

    private Stream<Slot> sharedSlots() {
        return Stream.concat(symbols.values().stream(), outputs.stream())
                .filter(slot -> !slot.perSample());
    }
}
