package dev.nabla.language;

import static dev.nabla.expression.Arithmetic.constant;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A function of the equation language that is written with parentheses. */
interface Call {

    /** The most entries that one derivative, or one array of zeros or ones, may have. */
    int MAX_ENTRIES = 1_000_000;

    /**
     * @param name where the call stands
     * @param positions where its arguments stand
     */
    Expression apply(Token name, List<Expression> arguments, List<Integer> positions);

    static Optional<Call> named(Token name) {
        return Optional.ofNullable(Calls.BY_NAME.get(name.text()));
    }

    static boolean exists(String name) {
        return Calls.BY_NAME.containsKey(name) || Stream.of(BindingCall.values()).anyMatch(call -> call.text().equals(name));
    }

    static String names() {
        return Stream.concat(Calls.BY_NAME.keySet().stream(), Stream.of(BindingCall.values()).map(BindingCall::text))
                .collect(Collectors.joining(", "));
    }

    /** The table of all calls. */
    final class Calls {

        private static final Map<String, Call> BY_NAME = new LinkedHashMap<>();

        static {
            Arrays.stream(ScalarFunction.values()).forEach(f -> BY_NAME.put(f.text(), unary(x -> Arithmetic.apply(f, x))));
            Arrays.stream(BinaryFunction.values()).forEach(f -> BY_NAME.put(f.text(), entrywise(f)));
            BY_NAME.put("sum", unary(LinearAlgebra::entrySum));
            BY_NAME.put("norm", unary(LinearAlgebra::norm));
            BY_NAME.put("transpose", unary(LinearAlgebra::transpose));
            BY_NAME.put("dot", binary(LinearAlgebra::dot));
            BY_NAME.put("outer", binary(LinearAlgebra::outerProduct));
            BY_NAME.put("solve", binary(LinearAlgebra::solve));
            BY_NAME.put("zeros", (_, sizes, positions) -> constant(0, shape(sizes, positions)));
            BY_NAME.put("ones", (_, sizes, positions) -> constant(1, shape(sizes, positions)));
        }

        private Calls() {}

        private static Call unary(UnaryOperator<Expression> function) {
            return (name, arguments, _) -> {
                requireCount(name, arguments, 1);
                return function.apply(arguments.getFirst());
            };
        }

        private static Call binary(BinaryOperator<Expression> function) {
            return (name, arguments, _) -> {
                requireCount(name, arguments, 2);
                return function.apply(arguments.get(0), arguments.get(1));
            };
        }

        /** Scalars spread over arrays. */
        private static Call entrywise(BinaryFunction function) {
            return binary((x, y) -> Arithmetic.apply(function, x.isScalar() ? LinearAlgebra.broadcast(x, y.shape()) : x,
                    y.isScalar() ? LinearAlgebra.broadcast(y, x.shape()) : y));
        }

        private static void requireCount(Token name, List<Expression> arguments, int count) {
            if (arguments.size() != count) {
                throw new EquationException(name.position(), name.text() + " takes " + count
                        + (count == 1 ? " argument" : " arguments") + ", found " + arguments.size());
            }
        }

        private static Shape shape(List<Expression> sizes, List<Integer> positions) {
            int[] dimensions = new int[sizes.size()];
            long entries = 1;
            for (int axis = 0; axis < dimensions.length; axis++) {
                if (!(sizes.get(axis) instanceof Constant c) || !c.isScalar() || c.value() < 1
                        || c.value() > MAX_ENTRIES
                        || c.value() != Math.rint(c.value()) || (entries *= (long) c.value()) > MAX_ENTRIES) {
                    throw new EquationException(positions.get(axis),
                            "expected a positive integer, with at most " + MAX_ENTRIES + " entries in all");
                }
                dimensions[axis] = (int) c.value();
            }
            return Shape.of(dimensions);
        }
    }
}
