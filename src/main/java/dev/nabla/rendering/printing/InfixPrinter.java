package dev.nabla.rendering.printing;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Apply;
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
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Expression.Transpose;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.expression.Shape;
import dev.nabla.rendering.names.Label;
import dev.nabla.rendering.names.Names;
import dev.nabla.rendering.printing.Fragment.Precedence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one-line languages have in common: {@code * / @} of one precedence, powers, calls, indices in brackets. */
public abstract class InfixPrinter extends Printer {

    protected InfixPrinter(Names names, int digits) {
        super(names, digits);
    }

    protected abstract String powerSign();

    protected abstract String function(ScalarFunction function);

    protected abstract Fragment transpose(Transpose transpose);

    protected abstract Fragment outerProduct(OuterProduct product);

    protected abstract Fragment solve(Solve solve);

    protected abstract Fragment entrySum(EntrySum sum);

    protected abstract Fragment norm(Norm norm);

    protected abstract Fragment apply(ApplyBinary node);

    protected abstract Fragment select(Select select);

    protected abstract Fragment sampleSum(SampleSum sum);

    /** An array every entry of which is {@code value}. */
    protected abstract Fragment constantArray(double value, Shape shape);

    /** An array that something is repeated over, on its own. */
    protected abstract Fragment broadcast(Broadcast broadcast);

    protected abstract Fragment stack(Stack stack);

    /** The index of an entry in its brackets. */
    protected abstract String subscript(Entry entry);

    @Override
    protected Fragment print(Expression node) {
        return switch (node) {
            case Constant c when c.isScalar() -> constant(c.value());
            case Constant c -> constantArray(c.value(), c.shape());
            case Symbol s -> throw new IllegalArgumentException("the symbol " + s.name() + " has no name here");
            case Apply a -> call(function(a.function()), a.operand());
            case Sum s -> sum(s);
            case Product p -> product(p);
            case Power p -> mayDivideBy(p) ? quotient(List.of(p)) : power(p);
            case ApplyBinary a -> apply(a);
            case Select s -> select(s);
            case MatrixProduct m -> matrixProduct(m);
            case Transpose t -> transpose(t);
            case OuterProduct o -> outerProduct(o);
            case Solve s -> solve(s);
            case EntrySum s -> entrySum(s);
            case Norm n -> norm(n);
            case SampleSum s -> sampleSum(s);
            case Broadcast b -> broadcast(b);
            case Entry e -> entry(e);
            case Stack s -> stack(s);
        };
    }

    @Override
    protected Fragment name(Label label) {
        return Fragment.atom(names().spell(label));
    }

    @Override
    protected Fragment number(double number) {
        return Fragment.atom(Numbers.write(rounded(number)));
    }

    @Override
    protected final Text parenthesised(Text text) {
        return text.between("(", ")");
    }

    @Override
    protected Fragment magnitude(Quotient quotient) {
        var factors = new ArrayList<Fragment>();
        if (quotient.hasCoefficient() || quotient.numerator().isEmpty()) {
            factors.add(number(quotient.coefficient()));
        }
        quotient.numerator().forEach(factor -> factors.add(entrywise(factor)));
        if (factors.size() == 1 && quotient.divisors().isEmpty()) {
            return factors.getFirst();
        }
        Text numerator = Text.join(" * ", factors.stream().map(f -> wrap(f, Precedence.POWER)).toList());
        var parts = new ArrayList<Text>(List.of(numerator));
        quotient.divisors().forEach(divisor -> divisions(divisor).forEach(d -> parts.add(wrap(d, Precedence.POWER))));
        return Fragment.of(Text.join(" / ", parts), Precedence.PRODUCT);
    }

    /** What is divided by, one after the other. */
    protected List<Fragment> divisions(Quotient.Divisor divisor) {
        Fragment base = entrywise(divisor.base());
        return List.of(divisor.exponent() == 1 ? base : power(base, number(divisor.exponent())));
    }

    protected Fragment power(Power power) {
        boolean isBaseSpread = !isSpread(power.exponent());
        return power(isBaseSpread ? entrywise(power.base()) : fragment(power.base()), entrywise(power.exponent()));
    }

    private Fragment power(Fragment base, Fragment exponent) {
        return Fragment.of(Text.concatenation(List.of(wrap(base, Precedence.ATOM), Text.of(powerSign()),
                wrap(exponent, Precedence.ATOM))), Precedence.POWER);
    }

    protected Fragment matrixProduct(MatrixProduct product) {
        return matrixProduct(product.left(), wrap(product.right(), Precedence.POWER));
    }

    /** @param left may be a matrix product too, which goes on without parentheses */
    protected final Fragment matrixProduct(Expression left, Text right) {
        boolean continues = left instanceof MatrixProduct && isOpen(left);
        return Fragment.of(Text.join(" @ ", List.of(
                wrap(left, continues ? Precedence.PRODUCT : Precedence.POWER), right)), Precedence.PRODUCT);
    }

    protected final Fragment call(String function, Expression... arguments) {
        return call(function, Arrays.stream(arguments).map(argument -> fragment(argument).text()).toList());
    }

    /** A call that spreads scalars over arrays. */
    protected final Fragment entrywiseCall(String function, List<Expression> arguments) {
        return call(function, arguments.stream().map(argument -> entrywise(argument).text()).toList());
    }

    protected final Fragment call(String function, List<Text> arguments) {
        return Fragment.atom(Text.join(", ", arguments).between(function + "(", ")"));
    }

    private Fragment entry(Entry entry) {
        return Fragment.atom(wrap(entry.operand(), Precedence.ATOM).plus(subscript(entry)));
    }

    /** Nested brackets around the given entries, row-major. */
    @Override
    protected Text array(Shape shape, List<Text> entries) {
        if (shape.isScalar()) {
            return entries.getFirst();
        }
        int inner = entries.size() / shape.dimension(0);
        var rows = new ArrayList<Text>();
        for (int from = 0; from < entries.size(); from += inner) {
            rows.add(array(shape.withoutLeading(1), entries.subList(from, from + inner)));
        }
        return Text.join(", ", rows).between("[", "]");
    }
}
