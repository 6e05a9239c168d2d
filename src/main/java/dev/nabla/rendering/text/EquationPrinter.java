package dev.nabla.rendering.text;

import dev.nabla.expression.Expression.ApplyBinary;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.EntrySum;
import dev.nabla.expression.Expression.Norm;
import dev.nabla.expression.Expression.OuterProduct;
import dev.nabla.expression.Expression.SampleSum;
import dev.nabla.expression.Expression.Select;
import dev.nabla.expression.Expression.Solve;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Transpose;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.printing.Fragment;
import dev.nabla.rendering.printing.Fragment.Precedence;
import dev.nabla.rendering.printing.InfixPrinter;
import dev.nabla.rendering.printing.Quotient;
import dev.nabla.rendering.printing.Text;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints the equation language. Parentheses keep every operation the node it was, so that a print that is parsed again
 * is the same expression. A sum over samples has no notation there; it is printed as {@code sampleSum(…)}.
 */
final class EquationPrinter extends InfixPrinter {

    EquationPrinter(Names names, int digits) {
        super(names, digits);
    }

    @Override
    protected String powerSign() {
        return "^";
    }

    @Override
    protected String function(ScalarFunction function) {
        return function.text();
    }

    @Override
    protected String subscript(Entry entry) {
        return entry.index().stream().map(i -> String.valueOf(i + 1)).collect(Collectors.joining(",", "[", "]"));
    }

    /** −(x y) rather than −x y, which could be read as (−x) y. */
    @Override
    protected Fragment negative(Fragment magnitude) {
        return negative(wrap(magnitude, Precedence.POWER), magnitude);
    }

    /** A number takes its sign along: −2 x is the same in either reading. */
    @Override
    protected Fragment negative(Quotient quotient, Fragment magnitude) {
        boolean beginsWithNumber = quotient.hasCoefficient() || quotient.numerator().isEmpty();
        return beginsWithNumber ? negative(magnitude.text(), magnitude) : negative(magnitude);
    }

    @Override
    protected Fragment transpose(Transpose transpose) {
        return call("transpose", transpose.operand());
    }

    @Override
    protected Fragment outerProduct(OuterProduct product) {
        return call("outer", product.left(), product.right());
    }

    @Override
    protected Fragment solve(Solve solve) {
        return call("solve", solve.matrix(), solve.right());
    }

    @Override
    protected Fragment entrySum(EntrySum sum) {
        return call("sum", sum.operand());
    }

    @Override
    protected Fragment norm(Norm norm) {
        return call("norm", norm.operand());
    }

    @Override
    protected Fragment apply(ApplyBinary node) {
        return node.function().isComparison()
                ? Fragment.of(Text.join(" " + node.function().text() + " ", node.operands().stream()
                        .map(operand -> wrap(entrywise(operand), Precedence.SUM)).toList()), Precedence.COMPARISON)
                : entrywiseCall(node.function().text(), node.operands());
    }

    @Override
    protected Fragment select(Select select) {
        return entrywiseCall("where", select.operands());
    }

    @Override
    protected Fragment sampleSum(SampleSum sum) {
        return call(EquationSpelling.SAMPLE_SUM, sum.operand());
    }

    @Override
    protected Fragment constantArray(double value, Shape shape) {
        if (value == 0) {
            return filled("zeros", shape);
        }
        Fragment ones = filled("ones", shape);
        return value == 1 ? ones : value == -1 ? negative(ones) : times(constant(value), ones);
    }

    private static Fragment filled(String function, Shape shape) {
        return Fragment.atom(shape.dimensions().stream().map(String::valueOf)
                .collect(Collectors.joining(", ", function + "(", ")")));
    }

    private Fragment times(Fragment scalar, Fragment array) {
        return scalar.opposite().map(opposite -> negative(times(opposite, array)))
                .orElseGet(() -> Fragment.of(Text.join(" * ", List.of(wrap(scalar, Precedence.POWER), array.text())),
                        Precedence.PRODUCT));
    }

    @Override
    protected Fragment broadcast(Broadcast broadcast) {
        if (broadcast.operand().isScalar()) {
            return times(fragment(broadcast.operand()), filled("ones", broadcast.shape()));
        }
        return call("outer", List.of(fragment(broadcast.operand()).text(),
                filled("ones", broadcast.shape().withoutLeading(1)).text()));
    }

    @Override
    protected Fragment stack(Stack stack) {
        return Fragment.atom(array(Shape.of(stack.parts().size()),
                stack.parts().stream().map(part -> fragment(part).text()).toList()));
    }
}
