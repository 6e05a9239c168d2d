package dev.nabla.program.engine;

import dev.nabla.program.Instruction;
import dev.nabla.program.Instruction.Apply;
import dev.nabla.program.Instruction.ApplyPair;
import dev.nabla.program.Instruction.Combination;
import dev.nabla.program.Instruction.MatrixProduct;
import dev.nabla.program.Instruction.OuterSampleSum;
import dev.nabla.program.Instruction.SampleSum;
import dev.nabla.program.Instruction.Term;
import dev.nabla.program.Program;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.FloatKernels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which values of a program of single precision memory holds as floats: those of large layers, per sample, that nothing but
 * instructions with {@link FloatKernels} writes and reads. Nobody outside sees them.
 */
final class FloatSlots {

    private FloatSlots() {
    }

    static Set<Slot> of(Program program, int rowLength) {
        if (FloatKernels.best().isEmpty() || rowLength < KernelStep.LEAST_OF_SINGLES) {
            return Set.of();
        }
        List<Instruction> instructions = program.schedule().stages().stream()
                .flatMap(stage -> stage.instructions().stream()).toList();
        Set<Slot> slots = instructions.stream().flatMap(instruction -> instruction.targets().stream())
                .filter(slot -> slot.perSample() && slot.shape().size() >= KernelStep.LEAST_OF_SINGLES)
                .collect(Collectors.toCollection(HashSet::new));
        program.outputs().forEach(slots::remove);
        boolean isStable;
        do {
            isStable = true;
            for (Instruction instruction : instructions) {
                isStable &= hasKernels(instruction, slots, rowLength) || !slots.removeAll(of(instruction));
            }
        } while (!isStable);
        return instructions.stream().anyMatch(instruction -> KernelStep.isLargeProduct(instruction, rowLength)
                && of(instruction).stream().anyMatch(slots::contains)) ? Set.copyOf(slots) : Set.of();
    }

    private static Set<Slot> of(Instruction instruction) {
        return Stream.concat(instruction.targets().stream(), instruction.operands().stream()).collect(Collectors.toSet());
    }

    /** Whether there are kernels for an instruction while these slots, and no others, are floats. */
    private static boolean hasKernels(Instruction instruction, Set<Slot> slots, int rowLength) {
        return switch (instruction) {
            case MatrixProduct m -> !m.left().perSample() && !m.transposeRight()
                    && (KernelStep.isLargeProduct(m, rowLength) || !slots.contains(m.target())
                            || m.inner() <= FloatKernels.FEW_TERMS && !slots.contains(m.right()));
            case OuterSampleSum _, SampleSum _ -> true;
            case Apply a -> FloatKernels.pairOf(a.function()).isPresent() && areAllOrNone(instruction, slots);
            case ApplyPair _ -> areAllOrNone(instruction, slots);
            case Combination c -> isProductOfTwo(c) && areAllOrNone(instruction, slots);
            default -> false;
        };
    }

    private static boolean areAllOrNone(Instruction instruction, Set<Slot> slots) {
        Set<Slot> own = of(instruction);
        return slots.containsAll(own) || own.stream().noneMatch(slots::contains);
    }

    private static boolean isProductOfTwo(Combination c) {
        List<Slot> factors = c.terms().size() == 1 ? c.terms().getFirst().factors() : List.of();
        return factors.size() == 2 && factors.stream().allMatch(factor -> factor.shape().size() == c.target().shape().size())
                && c.equals(new Combination(c.target(), List.of(new Term(1, factors)), 0, 1, List.of(), List.of(), 1, List.of()));
    }
}
