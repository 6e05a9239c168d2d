package dev.nabla.rendering.python;

import dev.nabla.expression.BinaryFunction;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.ApplyBinary;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.EntrySum;
import dev.nabla.expression.Expression.MatrixProduct;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.OuterProduct;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.SampleSum;
import dev.nabla.expression.Expression.Select;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Transpose;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.printing.Fragment;
import dev.nabla.rendering.printing.Fragment.Precedence;
import dev.nabla.rendering.printing.InfixPrinter;
import dev.nabla.rendering.printing.Print;
import dev.nabla.rendering.printing.Quotient;
import dev.nabla.rendering.printing.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints NumPy. What has a value for every sample is an array whose last axes are those of its shape; before them comes
 * the axis of the samples in a batch, and none for one sample. So NumPy's own rules repeat what all samples share.
 */
final class PythonPrinter extends InfixPrinter {

    /** CPython gives up at 200 nested parentheses; an operation takes at most three. */
    private static final int DEEPEST_NESTING = 50;

    /** CPython parses a chain of operators into a tree as deep as the chain is long. */
    private static final int LONGEST_CHAIN = 200;

    private static final int LONGEST_REPETITION = 3;

    private final Set<ScalarFunction> functions = EnumSet.noneOf(ScalarFunction.class);
    private final Set<BinaryFunction> binaryFunctions = EnumSet.noneOf(BinaryFunction.class);
    private final Set<PythonFunction> arrayFunctions = EnumSet.noneOf(PythonFunction.class);

    PythonPrinter(Names names, int digits) {
        super(names, digits);
    }

    @Override
    public int deepestNesting() {
        return DEEPEST_NESTING;
    }

    @Override
    public Optional<Text> module(Print print) {
        return Optional.of(new PythonModule(names(), this, print).text());
    }

    /** The functions that were printed. */
    Set<ScalarFunction> functions() {
        return functions;
    }

    /** The functions of two arguments that were printed. */
    Set<BinaryFunction> binaryFunctions() {
        return binaryFunctions;
    }

    /** The functions on arrays that were printed and that NumPy lacks. */
    Set<PythonFunction> arrayFunctions() {
        return arrayFunctions;
    }

    @Override
    protected Fragment print(Expression node) {
        Fragment fragment = super.print(node);
        boolean isSmaller = switch (node) {
            case Sum _, Product _, Power _, ApplyBinary _, Select _ -> node.operands().stream().allMatch(this::isSmallerThanItsShape);
            default -> false;
        };
        return isSmaller ? timesOnes(wrap(fragment, Precedence.POWER), node.shape()) : fragment;
    }

    /** Whether NumPy repeats the operand of an entrywise operation as {@link #entrywise} writes it. */
    private boolean isSmallerThanItsShape(Expression operand) {
        return !operand.isScalar() && isOpen(operand) && (operand instanceof Constant || operand instanceof Broadcast
                || operand instanceof Power divisor && divisor.base() instanceof Constant);
    }

    /** NumPy repeats an array of fewer axes over the axes before, and so only what all samples share. */
    @Override
    protected boolean isSpread(Expression operand) {
        return super.isSpread(operand) && !operand.isPerSample();
    }

    /** What is repeated over further axes gets these with the length 1. */
    @Override
    protected Fragment entrywise(Expression operand) {
        return operand instanceof Broadcast broadcast && isOpen(broadcast) && !isSpread(broadcast)
                ? Fragment.atom(withAxes(broadcast)) : super.entrywise(operand);
    }

    private Text withAxes(Broadcast broadcast) {
        int axes = broadcast.shape().rank() - broadcast.operand().shape().rank();
        return wrap(broadcast.operand(), Precedence.ATOM).plus("[..." + ", None".repeat(axes) + "]");
    }

    private static Fragment timesOnes(Text factor, Shape shape) {
        return Fragment.of(factor.plus(" * np.ones(" + size(shape) + ")"), Precedence.PRODUCT);
    }

    @Override
    protected int longestChain() {
        return LONGEST_CHAIN;
    }

    /** Of two numbers by NumPy, which answers inf and nan where Python raises errors. */
    @Override
    protected Fragment power(Power power) {
        return power.base() instanceof Constant base && power.exponent() instanceof Constant exponent
                ? call("np.power", List.of(Text.of(Double.toString(rounded(base.value()))),
                        Text.of(Double.toString(rounded(exponent.value())))))
                : super.power(power);
    }

    /** By what is short again and again, where a power of it may overflow or underflow though the quotient does not. */
    @Override
    protected List<Fragment> divisions(Quotient.Divisor divisor) {
        return divisor.exponent() <= LONGEST_REPETITION && isName(divisor.base())
                ? Collections.nCopies((int) divisor.exponent(), entrywise(divisor.base())) : super.divisions(divisor);
    }

    /** Whether it is written as a name or an entry of one. */
    private boolean isName(Expression node) {
        Expression whole = node instanceof Broadcast b && isOpen(b) ? b.operand() : node;
        return !isOpen(whole) || whole instanceof Entry entry && !isOpen(entry.operand());
    }

    @Override
    protected String powerSign() {
        return " ** ";
    }

    @Override
    protected String function(ScalarFunction function) {
        functions.add(function);
        return function.python();
    }

    private Fragment call(PythonFunction function, Text... arguments) {
        arrayFunctions.add(function);
        return call(function.python(), List.of(arguments));
    }

    @Override
    protected String subscript(Entry entry) {
        return subscriptOf(entry);
    }

    /** Of a value for every sample it counts the axes from the last. */
    static String subscriptOf(Entry entry) {
        var index = new ArrayList<>(entry.index().stream().map(String::valueOf).toList());
        if (entry.isPerSample()) {
            index.addFirst("...");
            index.addAll(Collections.nCopies(entry.shape().rank(), ":"));
        }
        return "[" + String.join(", ", index) + "]";
    }

    /** A vector for every sample stands in the rows of a matrix, which is multiplied from the right. */
    @Override
    protected Fragment matrixProduct(MatrixProduct product) {
        if (!product.shape().isVector() || !product.isPerSample()) {
            return super.matrixProduct(product);
        }
        if (product.left().isPerSample()) {
            return Fragment.atom(parenthesised(matrixProduct(product.left(), asColumn(product.right())).text())
                    .plus("[..., 0]"));
        }
        return matrixProduct(product.right(), product.left() instanceof Transpose t && isOpen(t)
                ? wrap(t.operand(), Precedence.POWER) : wrap(product.left(), Precedence.ATOM).plus(".T"));
    }

    private Text asColumn(Expression vector) {
        return wrap(vector, Precedence.ATOM).plus("[..., None]");
    }

    @Override
    protected Fragment transpose(Transpose transpose) {
        return transpose.isPerSample()
                ? call("np.swapaxes", List.of(fragment(transpose.operand()).text(), Text.of("-2"), Text.of("-1")))
                : Fragment.atom(wrap(transpose.operand(), Precedence.ATOM).plus(".T"));
    }

    @Override
    protected Fragment outerProduct(OuterProduct product) {
        return product.isPerSample()
                ? Fragment.of(Text.join(" * ", List.of(asColumn(product.left()),
                        wrap(product.right(), Precedence.ATOM).plus("[..., None, :]"))), Precedence.PRODUCT)
                : call("np.outer", product.left(), product.right());
    }

    @Override
    protected Fragment solve(Solve solve) {
        Text matrix = fragment(solve.matrix()).text();
        return solve.shape().isMatrix() ? call(PythonFunction.SOLVE, matrix, fragment(solve.right()).text())
                : Fragment.atom(call(PythonFunction.SOLVE, matrix, asColumn(solve.right())).text().plus("[..., 0]"));
    }

    @Override
    protected Fragment entrySum(EntrySum sum) {
        return sum.isPerSample() ? sumOver(sum.operand(), axes(sum.operand().shape())) : call("np.sum", sum.operand());
    }

    private Fragment sumOver(Expression operand, String axes) {
        return call("np.sum", List.of(fragment(operand).text(), Text.of("axis=" + axes)));
    }

    /** The axes of a shape, counted from the last. */
    private static String axes(Shape shape) {
        return shape.isVector() ? "-1" : IntStream.rangeClosed(-shape.rank(), -1).mapToObj(String::valueOf)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    protected Fragment norm(Norm norm) {
        return call(PythonFunction.NORM, fragment(norm.operand()).text(), Text.of(axes(norm.operand().shape())));
    }

    @Override
    protected Fragment apply(ApplyBinary node) {
        binaryFunctions.add(node.function());
        return call(node.function().python(), List.of(entrywise(node.x()).text(), entrywise(node.y()).text()));
    }

    @Override
    protected Fragment select(Select select) {
        return call(PythonFunction.WHERE, select.operands().stream().map(operand -> entrywise(operand).text())
                .toArray(Text[]::new));
    }

    @Override
    protected Fragment sampleSum(SampleSum sum) {
        return sum.operand().isPerSample() ? sumOver(sum.operand(), "tuple(range(inputs.ndim - 1))")
                : Fragment.of(wrap(sum.operand(), Precedence.POWER).plus(" * np.prod(inputs.shape[:-1])"),
                        Precedence.PRODUCT);
    }

    @Override
    protected Fragment constantArray(double value, Shape shape) {
        return value == 0 || value == 1
                ? call(value == 0 ? "np.zeros" : "np.ones", List.of(Text.of(size(shape))))
                : full(Text.of(Double.toString(rounded(value))), shape);
    }

    @Override
    protected Fragment broadcast(Broadcast broadcast) {
        return isSpread(broadcast) ? full(fragment(broadcast.operand()).text(), broadcast.shape())
                : timesOnes(withAxes(broadcast), broadcast.shape());
    }

    private Fragment full(Text scalar, Shape shape) {
        return call("np.full", List.of(Text.of(size(shape)), scalar));
    }

    @Override
    protected Fragment stack(Stack stack) {
        return array(list(stack), stack.shape(), stack.isPerSample());
    }

    @Override
    public Text whole(Shape shape, List<Expression> entries) {
        Text list = super.whole(shape, entries);
        return shape.isScalar() ? list
                : array(list, shape, entries.stream().anyMatch(Expression::isPerSample)).text();
    }

    /** Of numbers that are not whole, as NumPy's integers overflow. */
    private Fragment array(Text list, Shape shape, boolean isPerSample) {
        return isPerSample ? call(PythonFunction.ARRAY, list, Text.of(String.valueOf(shape.rank())))
                : call("np.array", List.of(list, Text.of("dtype=float")));
    }

    /** Nested lists down to what is no stack; as deep as the array has axes. */
    private Text list(Stack stack) {
        List<Text> parts = stack.parts().stream().map(part -> part instanceof Stack inner && isOpen(inner)
                ? list(inner) : fragment(part).text()).toList();
        return array(Shape.of(parts.size()), parts);
    }

    /** As NumPy takes a shape: a number for that of a vector. */
    private static String size(Shape shape) {
        return shape.isVector() ? String.valueOf(shape.dimension(0)) : shape.dimensions().stream()
                .map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
