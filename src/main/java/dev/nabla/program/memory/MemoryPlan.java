package dev.nabla.program.memory;

import static java.util.Objects.requireNonNull;

import dev.nabla.program.FlatVector;
import dev.nabla.program.Instruction;
import dev.nabla.program.Program;
import dev.nabla.program.Schedule;
import dev.nabla.program.SharedValues;
import dev.nabla.program.Slot;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The places of a program's values. Shared symbols and outputs lie among the {@link SharedValues},
 * other shared values in a common block, per-sample values in the block of a tile. What the outside sees and what is
 * computed once keeps its place; every other value lives from the instruction that writes it to the last that reads it,
 * and then gives its place to later ones (linear scan with the best-fitting gap; Poletto and Sarkar, "Linear scan
 * register allocation", TOPLAS 1999).
 *
 * <p>Where a batch has several tiles, each has a place of its own for its part of a sum over the samples.
 */
public final class MemoryPlan {

    private final Program program;
    private final Map<Slot, Long> offsets = new HashMap<>();
    private final Map<Slot, Long> partialSumOffsets = new HashMap<>();
    private final Block common = new Block();
    private final Block tile = new Block();
    private long scratchOffset;

    private MemoryPlan(Program program) {
        this.program = program;
    }

    /**
     * @param rowLength the length of a row of samples in a tile
     * @param scratch how many doubles an instruction needs to work in
     */
    public static MemoryPlan of(Program program, int rowLength, boolean hasPartialSums,
            ToLongFunction<Instruction> scratch) {
        var plan = new MemoryPlan(program);
        List<Instruction> instructions = program.schedule().instructions();
        Map<Slot, Instruction> lastReaders = new HashMap<>();
        instructions.forEach(instruction -> instruction.operands()
                .forEach(operand -> lastReaders.put(operand, instruction)));
        Set<Slot> pinned = new LinkedHashSet<>(program.symbols().values());
        pinned.addAll(program.outputs());
        program.schedule().constants().forEach(instruction -> pinned.addAll(instruction.targets()));
        pinned.forEach(slot -> plan.take(slot, rowLength));
        plan.scratchOffset = plan.tile.take(instructions.stream()
                .mapToLong(scratch).max().orElse(0));
        for (Schedule.Stage stage : program.schedule().stages()) {
            for (Instruction instruction : stage.instructions()) {
                for (Slot target : instruction.targets()) {
                    plan.take(target, rowLength);
                    if (hasPartialSums && stage.perSample() && !target.perSample()) {
                        plan.partialSumOffsets.put(target, plan.tile.take(target.size(rowLength)));
                    }
                }
                for (Slot operand : Set.copyOf(instruction.operands())) {
                    if (lastReaders.get(operand) == instruction && !pinned.contains(operand)) {
                        plan.block(operand).give(plan.offset(operand), operand.size(rowLength));
                    }
                }
            }
            stage.instructions().stream().flatMap(instruction -> instruction.targets().stream())
                    .filter(plan.partialSumOffsets::containsKey)
                    .forEach(sum -> plan.tile.give(requireNonNull(plan.partialSumOffsets.get(sum)),
                            sum.size(rowLength)));
        }
        return plan;
    }

    private void take(Slot slot, int rowLength) {
        if (!program.isShared(slot) && !offsets.containsKey(slot)) {
            offsets.put(slot, block(slot).take(slot.size(rowLength)));
        }
    }

    private Block block(Slot slot) {
        return slot.perSample() ? tile : common;
    }

    /** How many doubles the block of other shared values takes. */
    public long commonSize() {
        return common.size;
    }

    /** How many doubles the block of a tile takes. */
    public long tileSize() {
        return tile.size;
    }

    /** Where the slot begins in its block. */
    long offset(Slot slot) {
        return program.isShared(slot) ? program.sharedOffset(slot) : requireNonNull(offsets.get(slot));
    }

    /** Where the doubles begin in the tile's block that an instruction may use while it runs. */
    long scratchOffset() {
        return scratchOffset;
    }

    /** Where a tile's part of a sum over the samples begins in the tile's block, if it has one. */
    Optional<Long> partialSumOffset(Slot sum) {
        return Optional.ofNullable(partialSumOffsets.get(sum));
    }

    /** A growing block with gaps, by where they begin. */
    private static final class Block {

        private final TreeMap<Long, Long> gaps = new TreeMap<>();
        private long size;

        private long take(long wanted) {
            long length = aligned(wanted);
            var best = gaps.entrySet().stream().filter(gap -> gap.getValue() >= length)
                    .min(Map.Entry.comparingByValue());
            if (best.isEmpty()) {
                long start = size;
                size += length;
                return start;
            }
            long start = best.get().getKey();
            long rest = best.get().getValue() - length;
            gaps.remove(start);
            if (rest > 0) {
                gaps.put(start + length, rest);
            }
            return start;
        }

        private void give(long start, long wanted) {
            long length = aligned(wanted);
            var before = gaps.floorEntry(start);
            if (before != null && before.getKey() + before.getValue() == start) {
                gaps.remove(before.getKey());
                start = before.getKey();
                length += before.getValue();
            }
            Long behind = gaps.remove(start + length);
            gaps.put(start, behind == null ? length : length + behind);
        }

        private static long aligned(long length) {
            return Math.ceilDiv(length, FlatVector.ALIGNMENT) * FlatVector.ALIGNMENT;
        }
    }
}
