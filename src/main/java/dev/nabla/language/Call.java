package dev.nabla.language;

import static dev.nabla.expression.Arithmetic.constant;
import static java.util.Objects.requireNonNull;

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
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
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

    static Stream<String> names() {
        return Stream.concat(Calls.BY_NAME.keySet().stream(), Stream.of(BindingCall.values()).map(BindingCall::text));
    }

    /** The table of all calls. */
    final class Calls {

        private static final Map<String, Call> BY_NAME = new LinkedHashMap<>();
        /** What others call it. */
        private static final Map<String, String> ALIASES = new TreeMap<>(Map.of("ln", "log", "silu", "swish"));

        static {
            Arrays.stream(ScalarFunction.values()).forEach(f -> BY_NAME.put(f.text(), unary(x -> Arithmetic.apply(f, x))));
            Arrays.stream(BinaryFunction.values()).filter(f -> !f.isComparison())
                    .forEach(f -> BY_NAME.put(f.text(), entrywise(f)));
            BY_NAME.put("where", Calls::where);
            BY_NAME.put("clip", Calls::clip);
            BY_NAME.put("sum", unary(LinearAlgebra::entrySum));
            BY_NAME.put("mean", unary(LinearAlgebra::mean));
            BY_NAME.put("logsumexp", ofPairs(LinearAlgebra::logSumExp));
            BY_NAME.put("softmax", ofPairs(LinearAlgebra::softmax));
            BY_NAME.put("det", unary(LinearAlgebra::determinant));
            BY_NAME.put("trace", unary(LinearAlgebra::trace));
            BY_NAME.put("norm", unary(LinearAlgebra::norm));
            BY_NAME.put("transpose", unary(LinearAlgebra::transpose));
            BY_NAME.put("dot", binary(LinearAlgebra::dot));
            BY_NAME.put("outer", binary(LinearAlgebra::outerProduct));
            BY_NAME.put("solve", binary(LinearAlgebra::solve));
            BY_NAME.put("zeros", (_, sizes, positions) -> constant(0, shape(sizes, positions)));
            BY_NAME.put("ones", (_, sizes, positions) -> constant(1, shape(sizes, positions)));
            ALIASES.forEach((alias, name) -> BY_NAME.put(alias, requireNonNull(BY_NAME.get(name))));
        }

        private Calls() {}

        private static Call unary(UnaryOperator<Expression> function) {
            return (name, arguments, _) -> {
                requireCount(name, arguments, 1);
                return function.apply(arguments.getFirst());
            };
        }

        /** One that takes an array apart and puts its entries together by twos: a node for each, and for each two. */
        private static Call ofPairs(UnaryOperator<Expression> function) {
            return (name, arguments, _) -> {
                requireCount(name, arguments, 1);
                Growth.add(name, 2L * arguments.getFirst().shape().size());
                return function.apply(arguments.getFirst());
            };
        }

        private static Call binary(BinaryOperator<Expression> function) {
            return (name, arguments, _) -> {
                requireCount(name, arguments, 2);
                return function.apply(arguments.get(0), arguments.get(1));
            };
        }

        /** Scalars spread over arrays; of more than two arguments min and max go on from the left. */
        private static Call entrywise(BinaryFunction function) {
            boolean isOfMany = function == BinaryFunction.MIN || function == BinaryFunction.MAX;
            return (name, arguments, positions) -> {
                if (!isOfMany || arguments.size() < 2) {
                    requireCount(name, arguments, 2, isOfMany ? " or more" : "");
                }
                return spread(name, arguments, positions).stream().reduce((x, y) -> Arithmetic.apply(function, x, y)).orElseThrow();
            };
        }

        private static Expression where(Token name, List<Expression> arguments, List<Integer> positions) {
            requireCount(name, arguments, 3);
            List<Expression> spread = spread(name, arguments, positions);
            return Arithmetic.select(spread.get(0), spread.get(1), spread.get(2));
        }

        private static Expression clip(Token name, List<Expression> arguments, List<Integer> positions) {
            requireCount(name, arguments, 3);
            if (arguments.get(1) instanceof Constant low && arguments.get(2) instanceof Constant high && low.value() > high.value()) {
                throw new EquationException(positions.get(2), "expected an upper bound that is not below the lower one");
            }
            List<Expression> spread = spread(name, arguments, positions);
            return Arithmetic.apply(BinaryFunction.MIN, Arithmetic.apply(BinaryFunction.MAX, spread.get(0), spread.get(1)),
                    spread.get(2));
        }

        /** The arguments in one shape, over which scalars spread. */
        private static List<Expression> spread(Token name, List<Expression> arguments, List<Integer> positions) {
            Shape shape = arguments.getFirst().shape();
            for (int i = 1; i < arguments.size(); i++) {
                Shape other = arguments.get(i).shape();
                if (shape.isScalar()) {
                    shape = other;
                } else if (!other.isScalar() && !other.equals(shape)) {
                    throw new EquationException(positions.get(i),
                            "shapes " + shape + " and " + other + " do not fit " + name.text());
                }
            }
            Shape common = shape;
            return arguments.stream().map(argument -> LinearAlgebra.broadcast(argument, common)).toList();
        }

        private static void requireCount(Token name, List<Expression> arguments, int count) {
            requireCount(name, arguments, count, "");
        }

        private static void requireCount(Token name, List<Expression> arguments, int count, String more) {
            if (arguments.size() != count) {
                throw new EquationException(name.position(), name.text() + " takes " + count + more
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
