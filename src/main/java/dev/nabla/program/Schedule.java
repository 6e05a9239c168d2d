package dev.nabla.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The order in which a program runs: what depends on no symbol once and for all, the rest in as few stages as possible.
 * What a stage with work per sample sums over the samples is complete only after that stage.
 *
 * @param constants what is computed once
 * @param stages what is computed in every run
 */
public record Schedule(List<Instruction> constants, List<Stage> stages) {

    /** @param perSample whether all of its instructions have work per sample, or none has */
    public record Stage(boolean perSample, List<Instruction> instructions) {}

    /** @param outputs what the outside may overwrite between two runs */
    static Schedule of(List<Instruction> instructions, Set<Slot> outputs) {
        var constants = new ArrayList<Instruction>();
        Set<Slot> constantSlots = new HashSet<>();
        Map<Slot, Integer> readyAt = new HashMap<>();
        var stages = new TreeMap<Integer, List<Instruction>>();
        for (Instruction instruction : instructions) {
            Slot target = instruction.target();
            if (constantSlots.containsAll(instruction.operands())
                    && instruction.targets().stream().noneMatch(outputs::contains)) {
                constants.add(instruction);
                constantSlots.addAll(instruction.targets());
                continue;
            }
            int ready = instruction.operands().stream().mapToInt(operand -> readyAt.getOrDefault(operand, 0)).max()
                    .orElse(0);
            // Stages of even number are shared, those of odd number have work per sample.
            int stage = ready % 2 == (instruction.isPerSample() ? 1 : 0) ? ready : ready + 1;
            stages.computeIfAbsent(stage, number -> new ArrayList<>()).add(instruction);
            int readyAfter = instruction.isPerSample() && !target.perSample() ? stage + 1 : stage;
            instruction.targets().forEach(each -> readyAt.put(each, readyAfter));
        }
        return new Schedule(List.copyOf(constants), stages.entrySet().stream()
                .map(stage -> new Stage(stage.getKey() % 2 == 1, List.copyOf(stage.getValue()))).toList());
    }

    /** All instructions in order. */
    public List<Instruction> instructions() {
        return Stream.concat(constants.stream(), stages.stream().flatMap(stage -> stage.instructions().stream()))
                .toList();
    }
}
