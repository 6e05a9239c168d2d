package dev.nabla.imports.onnx;

import dev.nabla.imports.onnx.Value.Array;
import dev.nabla.imports.onnx.Value.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What a node reads, and what is asked of it. */
final class Operands {

    private Operands() {}

    static Value required(List<Optional<Value>> operands, int i) {
        return operands.size() > i ? operands.get(i).orElseThrow(() -> new Refusal("lacks operand " + i))
                : refuse("lacks operand " + i);
    }

    static Array array(List<Optional<Value>> operands, int i) {
        return required(operands, i) instanceof Array array ? array
                : refuse("must have something that depends on the inputs as operand " + i);
    }

    static Numbers numbers(List<Optional<Value>> operands, int i) {
        return required(operands, i) instanceof Numbers numbers ? numbers
                : refuse("must have numbers of the file as operand " + i + ", not what depends on the inputs");
    }

    static Optional<Value> optional(List<Optional<Value>> operands, int i) {
        return operands.size() > i ? operands.get(i) : Optional.empty();
    }

    static List<Integer> whole(Numbers numbers) {
        return IntStream.range(0, numbers.entries().length).mapToObj(i -> {
            double entry = numbers.entries()[i];
            return entry == Math.rint(entry) ? (int) Math.clamp(entry, Integer.MIN_VALUE, Integer.MAX_VALUE)
                    : Operands.<Integer>refuse("must have whole numbers");
        }).toList();
    }

    static Numbers list(DoubleStream numbers) {
        double[] entries = numbers.toArray();
        return new Numbers("constant", List.of(entries.length), entries);
    }

    /** Throws, where a value is asked for. */
    @SuppressWarnings("DoNotCallSuggester")
    static <T> T refuse(String detail) {
        throw new Refusal(detail);
    }
}
