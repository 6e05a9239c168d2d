package dev.nabla.program;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The places of a program's values for one batch size. Slots that the outside sees keep theirs; every other lives from
 * the instruction that writes it to the last that reads it, and then gives its place to later ones (linear scan with
 * the best-fitting gap; Poletto and Sarkar, "Linear scan register allocation", TOPLAS 1999).
 */
final class MemoryPlan {

    /** Places begin at whole vectors of 512 bits. */
    private static final int ALIGNMENT = 8;

    private static final long NOWHERE = -1;

    private final Program program;
    private final long[] offsets;
    private final long size;

    private MemoryPlan(Program program, long[] offsets, long size) {
        this.program = program;
        this.offsets = offsets;
        this.size = size;
    }

    static MemoryPlan of(Program program, int batch) {
        List<Instruction> instructions = program.instructions();
        int slots = Math.toIntExact(Stream.concat(program.symbols().values().stream(),
                Stream.concat(program.outputs().stream(), instructions.stream().map(Instruction::target)))
                .mapToInt(Slot::number).max().orElse(-1) + 1L);
        int[] lastReader = new int[slots];
        Arrays.fill(lastReader, -1);
        for (int i = 0; i < instructions.size(); i++) {
            for (Slot operand : instructions.get(i).operands()) {
                lastReader[operand.number()] = i;
            }
        }
        long[] offsets = new long[slots];
        Arrays.fill(offsets, NOWHERE);
        var memory = new Memory();
        var fixed = new HashSet<Integer>();
        Stream.concat(program.symbols().values().stream(), program.outputs().stream()).forEach(slot -> {
            fixed.add(slot.number());
            if (slot.perSample()) {
                offsets[slot.number()] = memory.take(slot.size(batch));
            }
        });
        for (int i = 0; i < instructions.size(); i++) {
            Slot target = instructions.get(i).target();
            if (!fixed.contains(target.number())) {
                offsets[target.number()] = memory.take(target.size(batch));
            }
            for (Slot operand : new HashSet<>(instructions.get(i).operands())) {
                if (lastReader[operand.number()] == i && !fixed.contains(operand.number())) {
                    memory.give(offsets[operand.number()], operand.size(batch));
                }
            }
        }
        return new MemoryPlan(program, offsets, memory.size);
    }

    /** How many doubles the block of a batch takes. */
    long size() {
        return size;
    }

    /** Whether the slot lies in the shared block rather than in that of the batch. */
    boolean isShared(Slot slot) {
        return offsets[slot.number()] == NOWHERE;
    }

    /** Where the slot begins in its block. */
    long offset(Slot slot) {
        return isShared(slot) ? program.sharedOffset(slot) : offsets[slot.number()];
    }

    /** A growing block with gaps, by where they begin. */
    private static final class Memory {
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
            return Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT;
        }
    }
}
