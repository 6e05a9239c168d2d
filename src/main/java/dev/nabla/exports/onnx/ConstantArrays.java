package dev.nabla.exports.onnx;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Stack;
import java.util.Arrays;
import java.util.Optional;

/** Arrays that are written in numbers. */
final class ConstantArrays {

    private ConstantArrays() {}

    /** The entries of an array of numbers, row-major. */
    static Optional<double[]> of(Stack stack) {
        var entries = new double[stack.isConstant() ? stack.shape().size() : 0];
        return stack.isConstant() && fill(stack, entries, 0) ? Optional.of(entries) : Optional.empty();
    }

    /** Whether all of it are numbers; a stack is not nested deeper than the rank of its shape. */
    private static boolean fill(Expression node, double[] entries, int from) {
        int size = node.shape().size();
        if (node instanceof Constant c) {
            Arrays.fill(entries, from, from + size, c.value());
            return true;
        }
        if (!(node instanceof Stack s)) {
            return false;
        }
        int part = size / s.parts().size();
        for (int i = 0; i < s.parts().size(); i++) {
            if (!fill(s.parts().get(i), entries, from + i * part)) {
                return false;
            }
        }
        return true;
    }
}
