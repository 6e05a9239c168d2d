package dev.nabla.program;

import dev.nabla.expression.ScalarFunction;
import dev.nabla.program.Instruction.Apply;
import dev.nabla.program.Instruction.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Has a program note where anything that an output is computed from is infinite or NaN, though the output itself is finite:
 * tanh(1 / x) at 0.
 */
final class Watcher {

    private final Function<Boolean, Slot> newScalar;
    /** Of every slot that may be tainted, the scalar that says where it is. */
    private final Map<Slot, Slot> taints = new HashMap<>();
    private final List<Instruction> watched = new ArrayList<>();

    /** @param newScalar makes a slot for a scalar, per sample or not */
    Watcher(Function<Boolean, Slot> newScalar) {
        this.newScalar = newScalar;
    }

    /** The instructions with those that watch them. */
    List<Instruction> watch(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            watched.add(instruction);
            boolean isSumOverSamples = instruction.isPerSample() && !instruction.target().perSample();
            List<Slot> before = isSumOverSamples ? List.of() : instruction.operands().stream().map(taints::get)
                    .filter(slot -> slot != null).distinct().toList();
            List<Slot> watches = Stream.concat(before.stream(), made(instruction).stream()).toList();
            Optional<Slot> taint = watches.size() == before.size() && before.size() <= 1 ? before.stream().findFirst()
                    : Optional.of(newTaint(watches));
            taint.ifPresent(slot -> instruction.targets().forEach(target -> taints.put(target, slot)));
        }
        return watched;
    }

    Optional<Slot> taint(Slot slot) {
        return Optional.ofNullable(taints.get(slot));
    }

    private Slot newTaint(List<Slot> watches) {
        Slot taint = newScalar.apply(watches.stream().anyMatch(Slot::perSample));
        watched.add(new Watch(taint, watches));
        return taint;
    }

    /** What may be infinite or NaN although all operands are finite. */
    private static List<Slot> made(Instruction instruction) {
        return switch (instruction) {
            case Apply a when a.function() == ScalarFunction.NONZERO -> List.of();
            case Apply _, Instruction.Combination _, Instruction.Power _, Instruction.ApplyBinary _, Instruction.Norm _,
                    Instruction.MatrixProduct _, Instruction.Outer _, Instruction.OuterSampleSum _,
                    Instruction.DotSampleSum _, Instruction.EntrySum _, Instruction.SampleSum _, Instruction.Solve _ ->
                instruction.targets();
            case Instruction.Fill _, Instruction.ApplyPair _, Instruction.Transpose _, Instruction.Factorisation _,
                    Instruction.Spread _, Instruction.Extract _, Instruction.Stack _, Watch _ -> List.of();
        };
    }
}
