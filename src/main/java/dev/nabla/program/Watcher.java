package dev.nabla.program;

import static dev.nabla.expression.ScalarFunction.ABS;
import static dev.nabla.expression.ScalarFunction.ATAN;
import static dev.nabla.expression.ScalarFunction.COS;
import static dev.nabla.expression.ScalarFunction.NONZERO;
import static dev.nabla.expression.ScalarFunction.RELU;
import static dev.nabla.expression.ScalarFunction.SECH;
import static dev.nabla.expression.ScalarFunction.SIGMOID;
import static dev.nabla.expression.ScalarFunction.SIGN;
import static dev.nabla.expression.ScalarFunction.SIN;
import static dev.nabla.expression.ScalarFunction.STEP;
import static dev.nabla.expression.ScalarFunction.TANH;

import com.google.common.collect.Sets;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.program.Instruction.Apply;
import dev.nabla.program.Instruction.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Has a program note where anything that an output is computed from is infinite or NaN, though the output itself is finite:
 * tanh(1 / x) at 0. What is not taken does not count: where(x > 0, log(x), 0) has a value everywhere.
 */
final class Watcher {

    /** Functions whose values are finite where the argument is; NONZERO is not at 0, which is meant: it is divided by. */
    static final Set<ScalarFunction> FINITE = Sets.immutableEnumSet(NONZERO, TANH, SECH, SIGMOID, SIN, COS, ATAN, RELU, ABS, STEP,
            SIGN);

    private final BiFunction<Shape, Boolean, Slot> newSlot;
    private final boolean isEntrywise;
    /** Of every slot that may be tainted, the scalar, or the array of its shape, that says where it is. */
    private final Map<Slot, Slot> taints = new HashMap<>();
    private final List<Instruction> watched = new ArrayList<>();

    /**
     * @param newSlot makes a slot of a shape, per sample or not
     * @param isEntrywise whether it is noted which entries are none, as something selects among them
     */
    Watcher(BiFunction<Shape, Boolean, Slot> newSlot, boolean isEntrywise) {
        this.newSlot = newSlot;
        this.isEntrywise = isEntrywise;
    }

    /** The instructions with those that watch them. */
    List<Instruction> watch(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            watched.add(instruction);
            boolean isSumOverSamples = instruction.isPerSample() && !instruction.target().perSample();
            List<Slot> before = isSumOverSamples ? List.of() : tainted(instruction);
            List<Slot> watches = Stream.concat(before.stream(), made(instruction).stream()).toList();
            Optional<Slot> taint = watches.size() == before.size() && before.size() <= 1
                    && before.stream().allMatch(slot -> fits(slot, instruction)) ? before.stream().findFirst()
                    : Optional.of(newTaint(shape(instruction), watches));
            taint.ifPresent(slot -> instruction.targets().forEach(target -> taints.put(target, slot)));
        }
        return watched;
    }

    /** The taints that an instruction passes on. */
    private List<Slot> tainted(Instruction instruction) {
        if (instruction instanceof Instruction.Select select) {
            return Stream.concat(taint(select.condition()).stream(), ofTaken(select).stream()).distinct().toList();
        }
        if (isEntrywise && instruction instanceof Instruction.Stack stack && stack.parts().stream().anyMatch(taints::containsKey)) {
            Slot taint = newSlot.apply(stack.target().shape(), stack.target().perSample());
            List<Slot> parts = stack.parts().stream().map(this::inItsShape).toList();
            watched.add(new Instruction.Stack(taint, parts));
            return List.of(taint);
        }
        if (instruction instanceof Instruction.Extract extract && taints.get(extract.operand()) instanceof Slot whole
                && whole.shape().equals(extract.operand().shape()) && !whole.shape().isScalar()) {
            Slot taint = newSlot.apply(extract.target().shape(), whole.perSample());
            watched.add(new Instruction.Extract(taint, whole, extract.firstEntry()));
            return List.of(taint);
        }
        return instruction.operands().stream().map(taints::get).filter(slot -> slot != null).distinct().toList();
    }

    /** The taint of what is selected. */
    private Optional<Slot> ofTaken(Instruction.Select select) {
        Optional<Slot> x = taint(select.x());
        Optional<Slot> y = taint(select.y());
        if (x.isEmpty() && y.isEmpty()) {
            return Optional.empty();
        }
        Slot taint = newSlot.apply(select.target().shape(), select.target().perSample());
        watched.add(new Instruction.Select(taint, select.condition(), x.orElseGet(() -> none(Shape.SCALAR)),
                y.orElseGet(() -> none(Shape.SCALAR))));
        return Optional.of(taint);
    }

    private Slot none(Shape shape) {
        Slot zero = newSlot.apply(shape, false);
        watched.add(new Instruction.Fill(zero, 0));
        return zero;
    }

    /** The taint of a slot, spread over its shape. */
    private Slot inItsShape(Slot slot) {
        Slot taint = taint(slot).orElseGet(() -> none(slot.shape()));
        if (taint.shape().equals(slot.shape())) {
            return taint;
        }
        Slot spread = newSlot.apply(slot.shape(), taint.perSample());
        watched.add(new Instruction.Spread(spread, taint));
        return spread;
    }

    Optional<Slot> taint(Slot slot) {
        return Optional.ofNullable(taints.get(slot));
    }

    private Slot newTaint(Shape shape, List<Slot> watches) {
        Slot taint = newSlot.apply(shape, watches.stream().anyMatch(Slot::perSample));
        watched.add(new Watch(taint, watches));
        return taint;
    }

    /** Whether a taint says of the target of an instruction what it says of an operand. */
    private static boolean fits(Slot taint, Instruction instruction) {
        return taint.shape().isScalar() || keepsEntries(instruction) && taint.shape().equals(instruction.target().shape());
    }

    private Shape shape(Instruction instruction) {
        return isEntrywise && keepsEntries(instruction) ? instruction.target().shape() : Shape.SCALAR;
    }

    /** Whether the taint of an entry is that of entries that {@link #tainted} finds for it, or of scalars. */
    private static boolean keepsEntries(Instruction instruction) {
        return switch (instruction) {
            case Apply _, Instruction.ApplyPair _, Instruction.Combination _, Instruction.Power _, Instruction.ApplyBinary _,
                    Instruction.Select _, Instruction.Spread _, Instruction.Extract _, Instruction.Stack _ -> true;
            case Instruction.Fill _, Instruction.Norm _, Watch _, Instruction.MatrixProduct _, Instruction.Outer _,
                    Instruction.OuterSampleSum _, Instruction.DotSampleSum _, Instruction.Transpose _,
                    Instruction.Factorisation _, Instruction.Solve _, Instruction.EntrySum _, Instruction.SampleSum _ -> false;
        };
    }

    /** What may be infinite or NaN although all operands are finite. */
    private static List<Slot> made(Instruction instruction) {
        return switch (instruction) {
            case Apply a when FINITE.contains(a.function()) -> List.of();
            case Apply _, Instruction.Combination _, Instruction.Power _, Instruction.ApplyBinary _, Instruction.Norm _,
                    Instruction.MatrixProduct _, Instruction.Outer _, Instruction.OuterSampleSum _,
                    Instruction.DotSampleSum _, Instruction.EntrySum _, Instruction.SampleSum _, Instruction.Solve _ ->
                instruction.targets();
            case Instruction.Fill _, Instruction.ApplyPair _, Instruction.Select _, Instruction.Transpose _,
                    Instruction.Factorisation _, Instruction.Spread _, Instruction.Extract _, Instruction.Stack _, Watch _ ->
                List.of();
        };
    }
}
