package dev.nabla.rendering;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.EntrySum;
import dev.nabla.expression.Expression.OuterProduct;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.SampleSum;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Transpose;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.Fragment.Precedence;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints NumPy. Everything speaks of one sample, so that a sum over samples is its one term. */
final class PythonPrinter extends InfixPrinter {

    /** CPython gives up at 200 nested parentheses; an operation takes at most three. */
    static final int DEEPEST_NESTING = 50;

    /** CPython parses a chain of operators into a tree as deep as the chain is long. */
    private static final int LONGEST_CHAIN = 200;

    private final Set<ScalarFunction> functions = EnumSet.noneOf(ScalarFunction.class);

    PythonPrinter(Names names) {
        super(names);
    }

    /** The functions that were printed. */
    Set<ScalarFunction> functions() {
        return functions;
    }

    @Override
    Fragment print(Expression node) {
        Fragment fragment = super.print(node);
        boolean isSmaller = switch (node) {
            case Sum _, Product _, Power _ -> !node.isScalar()
                    && node.operands().stream().allMatch(operand -> isSpread(operand) || isColumn(operand));
            default -> false;
        };
        return isSmaller ? call("np.broadcast_to", List.of(fragment.text(), Text.of(tuple(node.shape())))) : fragment;
    }

    /** Whether the operand is written as a column, which NumPy repeats along the other operand's rows. */
    private boolean isColumn(Expression operand) {
        return operand instanceof Broadcast b && isOpen(b) && b.operand().shape().isVector();
    }

    @Override
    Fragment entrywise(Expression operand) {
        return isColumn(operand)
                ? Fragment.atom(wrap(((Broadcast) operand).operand(), Precedence.ATOM).plus("[:, None]"))
                : super.entrywise(operand);
    }

    @Override
    int longestChain() {
        return LONGEST_CHAIN;
    }

    /** Of two numbers by NumPy, which answers inf and nan where Python raises errors. */
    @Override
    Fragment power(Power power) {
        return power.base() instanceof Constant base && power.exponent() instanceof Constant exponent
                ? call("np.power", List.of(Text.of(Double.toString(base.value())),
                        Text.of(Double.toString(exponent.value()))))
                : super.power(power);
    }

    @Override
    String powerSign() {
        return " ** ";
    }

    @Override
    String function(ScalarFunction function) {
        functions.add(function);
        return function.python();
    }

    @Override
    int index(int zeroBased) {
        return zeroBased;
    }

    @Override
    String indexSeparator() {
        return ", ";
    }

    @Override
    Fragment transpose(Transpose transpose) {
        return Fragment.atom(wrap(transpose.operand(), Precedence.ATOM).plus(".T"));
    }

    @Override
    Fragment outerProduct(OuterProduct product) {
        return call("np.outer", product.left(), product.right());
    }

    @Override
    Fragment solve(Solve solve) {
        return call("np.linalg.solve", solve.matrix(), solve.right());
    }

    @Override
    Fragment entrySum(EntrySum sum) {
        return call("np.sum", sum.operand());
    }

    @Override
    Fragment sampleSum(SampleSum sum) {
        return fragment(sum.operand());
    }

    @Override
    Fragment constantArray(double value, Shape shape) {
        if (value == 0 || value == 1) {
            return call(value == 0 ? "np.zeros" : "np.ones", List.of(Text.of(tuple(shape))));
        }
        return full(constant(value), shape);
    }

    @Override
    Fragment broadcast(Broadcast broadcast) {
        Fragment operand = fragment(broadcast.operand());
        Shape shape = broadcast.shape();
        return broadcast.operand().isScalar() ? full(operand, shape)
                : call("np.outer", List.of(operand.text(), Text.of("np.ones(" + shape.dimension(1) + ")")));
    }

    private Fragment full(Fragment scalar, Shape shape) {
        return call("np.full", List.of(Text.of(tuple(shape)), scalar.text()));
    }

    @Override
    Fragment stack(Stack stack) {
        return call("np.array", List.of(list(stack)));
    }

    @Override
    Text whole(Shape shape, List<Text> entries) {
        Text list = array(shape, entries);
        return shape.isScalar() ? list : call("np.array", List.of(list)).text();
    }

    /** Nested lists down to what is no stack; as deep as the array has axes. */
    private Text list(Stack stack) {
        List<Text> parts = stack.parts().stream().map(part -> part instanceof Stack inner && isOpen(inner)
                ? list(inner) : fragment(part).text()).toList();
        return array(Shape.of(parts.size()), parts);
    }

    private static String tuple(Shape shape) {
        return shape.isVector() ? String.valueOf(shape.dimension(0)) : shape.dimensions().stream()
                .map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
