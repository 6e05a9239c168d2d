package dev.nabla.rendering.latex;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.BinaryFunction;
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
import dev.nabla.rendering.printing.Fragment;
import dev.nabla.rendering.printing.Fragment.Precedence;
import dev.nabla.rendering.printing.Numbers;
import dev.nabla.rendering.printing.Printer;
import dev.nabla.rendering.printing.Quotient;
import dev.nabla.rendering.printing.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints LaTeX as a textbook would write it. Products are written side by side, entrywise ones of arrays with ⊙. */
final class LatexPrinter extends Printer {

    private final LatexSpelling spelling = new LatexSpelling();

    LatexPrinter(Names names, int digits) {
        super(names, digits);
    }

    @Override
    protected Fragment print(Expression node) {
        return switch (node) {
            case Constant c when c.isScalar() -> constant(c.value());
            case Constant c -> constantArray(c);
            case Symbol s -> throw new IllegalArgumentException("the symbol " + s.name() + " has no name here");
            // A convention about what is divided by 0, not a function of mathematics.
            case Apply a when a.function() == ScalarFunction.NONZERO -> entrywise(a.operand());
            case Apply a -> application(a, "");
            case Sum s -> sum(s);
            case Product p -> product(p);
            case Power p -> mayDivideBy(p) ? quotient(List.of(p)) : power(p.base(), p.exponent());
            case ApplyBinary a -> switch (a.function()) {
                case XLOGY -> sideBySide(List.of(wrap(a.x(), Precedence.POWER),
                        called(command(ScalarFunction.LOG), "", a.y()).text()));
                case LOGADDEXP -> Fragment.of(Text.of(command(ScalarFunction.LOG)).plus(parenthesised(exponentials(a))),
                        Precedence.POWER);
                case ATAN2 -> ofSeveral("\\operatorname{atan2}", a.operands());
                case MIN -> ofSeveral("\\min", a.operands());
                case MAX -> ofSeveral("\\max", a.operands());
                case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL ->
                    Fragment.atom(comparison(a).between("\\left[", "\\right]"));
            };
            case Select s -> cases(s);
            case MatrixProduct m -> sideBySide(List.of(wrap(m.left(), matrixFactor(m.left())),
                    wrap(m.right(), matrixFactor(m.right()))));
            case Transpose t -> transposed(fragment(t.operand()));
            case OuterProduct o -> sideBySide(List.of(wrap(o.left(), matrixFactor(o.left())),
                    transposed(fragment(o.right())).text()));
            case Solve s -> sideBySide(List.of(inverse(s.matrix()).text(), wrap(s.right(), matrixFactor(s.right()))));
            case EntrySum s -> called("\\operatorname{sum}", "", s.operand());
            case Norm n -> norm(n);
            case SampleSum s -> Fragment.of(Text.of("\\sum_{s} ").plus(wrap(s.operand(), Precedence.PRODUCT)),
                    Precedence.NEGATION);
            case Broadcast b -> broadcast(b);
            case Entry e -> entry(e);
            case Stack s -> stack(s);
        };
    }

    @Override
    protected Fragment name(Label label) {
        return superscripted(names().spell(label), label);
    }

    /** A name with a superscript needs parentheses under another one. */
    private static Fragment superscripted(String spelled, Label label) {
        boolean isPlain = spelled.indexOf('^') < 0 && label.marks() == 0;
        return Fragment.of(Text.of(spelled), isPlain ? Precedence.ATOM : Precedence.POWER);
    }

    @Override
    protected Fragment number(double number) {
        Optional<MultipleOfPi> ofPi = names().isTaken("\\pi") ? Optional.empty() : MultipleOfPi.of(number);
        return ofPi.map(multiple -> Fragment.of(Text.of(multiple.latex()), multiple.isPi() ? Precedence.ATOM : Precedence.PRODUCT))
                .orElseGet(() -> decimal(number));
    }

    private Fragment decimal(double number) {
        Numbers.Scientific parts = Numbers.scientific(rounded(number));
        if (parts.isPlain()) {
            return Fragment.atom(parts.plain());
        }
        String power = "10^{" + parts.exponent() + "}";
        return parts.mantissa().equals("1") ? Fragment.of(Text.of(power), Precedence.POWER)
                : Fragment.of(Text.of(parts.mantissa() + " \\cdot " + power), Precedence.PRODUCT);
    }

    @Override
    protected Text parenthesised(Text text) {
        return text.between("\\left(", "\\right)");
    }

    @Override
    protected Precedence leadingTerm() {
        return Precedence.SUM;
    }

    /** Sums are associative, so that a sum in a sum needs no parentheses. */
    @Override
    protected Precedence followingTerm(Fragment term) {
        return term.text().first() == '-' ? Precedence.NEGATION : Precedence.SUM;
    }

    /** Of scalars as a root. */
    private Fragment norm(Norm norm) {
        if (norm.operand() instanceof Stack stack && stack.shape().isVector() && isOpen(stack)) {
            List<Text> squares = stack.parts().stream().map(part -> power(part, Arithmetic.constant(2)).text()).toList();
            return Fragment.atom(Text.join(" + ", squares).between("\\sqrt{", "}"));
        }
        return Fragment.atom(fragment(norm.operand()).text().between("\\left\\lVert ", " \\right\\rVert"));
    }

    private Fragment application(Apply apply, String power) {
        Text operand = fragment(apply.operand()).text();
        return switch (apply.function()) {
            case SQRT -> Fragment.atom(operand.between("\\sqrt{", "}"));
            case ABS -> Fragment.atom(operand.between("\\left|", "\\right|"));
            default -> called(command(apply.function()), power, apply.operand());
        };
    }

    /** The command of a function, unless a symbol of this print is written with it. */
    private String command(ScalarFunction function) {
        return names().isTaken(function.latex()) ? "\\operatorname{" + function.text() + "}" : function.latex();
    }

    private Fragment ofSeveral(String command, List<Expression> arguments) {
        return Fragment.of(Text.of(command).plus(parenthesised(Text.join(", ",
                arguments.stream().map(argument -> entrywise(argument).text()).toList()))), Precedence.POWER);
    }

    /** Of all that is added up: what is itself such a logarithm is none here. */
    private Text exponentials(ApplyBinary sum) {
        return Text.join(" + ", sum.operands().stream().map(this::spread).map(term ->
                term instanceof ApplyBinary a && a.function() == BinaryFunction.LOGADDEXP && isOpen(a) ? exponentials(a)
                        : called(command(ScalarFunction.EXP), "", term).text()).toList());
    }

    /** Without the brackets that make a number of it (Iverson). */
    private Text comparison(ApplyBinary comparison) {
        String sign = switch (comparison.function()) {
            case LESS_EQUAL -> "\\leq";
            case GREATER_EQUAL -> "\\geq";
            case EQUAL -> "=";
            case NOT_EQUAL -> "\\neq";
            default -> comparison.function().text();
        };
        return Text.join(" " + sign + " ", comparison.operands().stream().map(operand -> entrywise(operand).text()).toList());
    }

    private Fragment cases(Select select) {
        Expression condition = spread(select.condition());
        Text holds = condition instanceof ApplyBinary a && a.function().isComparison() && isOpen(a) ? comparison(a)
                : fragment(condition).text().plus(" \\neq 0");
        return Fragment.of(Text.concatenation(List.of(Text.of("\\begin{cases} "), entrywise(select.x()).text(),
                Text.of(" & \\text{if } "), holds, Text.of(" \\\\ "), entrywise(select.y()).text(),
                Text.of(" & \\text{otherwise} \\end{cases}"))), Precedence.SUM);
    }

    private Fragment called(String command, String power, Expression argument) {
        return Fragment.of(Text.of(command + power).plus(parenthesised(fragment(argument).text())), Precedence.POWER);
    }

    /**
     * The power of a function is written behind its name, tanh²(x), where it cannot be taken for an inverse; with a ring
     * what could be taken for the power of a matrix.
     */
    private Fragment power(Expression base, Expression exponent) {
        boolean isWhole = exponent instanceof Constant c && c.value() == Math.rint(c.value()) && c.value() > 1;
        Fragment printed = entrywise(exponent);
        if (isWhole && base instanceof Apply a && isOpen(a) && hasName(a.function())) {
            return application(a, "^{" + printed.text().write() + "}");
        }
        boolean hasMatrix = Stream.of(base, exponent).anyMatch(operand -> spread(operand).shape().isMatrix());
        return raised(entrywise(base), hasMatrix
                ? Text.concatenation(List.of(Text.of("\\circ "), wrap(printed, Precedence.PRODUCT))) : printed.text());
    }

    private static boolean hasName(ScalarFunction function) {
        return function != ScalarFunction.SQRT && function != ScalarFunction.ABS;
    }

    private Fragment raised(Fragment base, Text exponent) {
        return Fragment.of(wrap(base, Precedence.ATOM).plus(exponent.between("^{", "}")), Precedence.POWER);
    }

    private Fragment transposed(Fragment matrix) {
        return raised(matrix, Text.of("\\top"));
    }

    private Fragment inverse(Expression matrix) {
        return matrix instanceof Transpose t && isOpen(t) ? raised(fragment(t.operand()), Text.of("-\\top"))
                : raised(fragment(matrix), Text.of("-1"));
    }

    /** With a vector that is repeated along the columns of a matrix M: diag(v) M, each row of M times an entry. */
    @Override
    protected Fragment magnitude(Quotient quotient) {
        Optional<Expression> rows = quotient.numerator().stream().filter(f -> f instanceof Broadcast && isOpen(f))
                .findFirst();
        List<Expression> factors = quotient.numerator().stream().filter(f -> f != rows.orElse(null)).toList();
        boolean isAlone = factors.size() == 1 && !quotient.hasCoefficient();
        Fragment ratio = isAlone ? fragment(factors.getFirst()) : numerator(quotient, factors);
        if (!quotient.divisors().isEmpty()) {
            ratio = fraction(ratio, quotient.divisors());
        }
        if (rows.isEmpty()) {
            return ratio;
        }
        boolean isScalar = quotient.divisors().isEmpty() && factors.stream().allMatch(Expression::isScalar);
        if (isScalar) {
            return sideBySide(List.of(wrap(ratio, Precedence.PRODUCT), fragment(rows.get()).text()));
        }
        Precedence minimum = isAlone ? matrixFactor(factors.getFirst()) : Precedence.POWER;
        return sideBySide(List.of(called("\\operatorname{diag}", "", rows.get().operands().getFirst()).text(),
                quotient.divisors().isEmpty() ? wrap(ratio, minimum) : ratio.text()));
    }

    private Fragment numerator(Quotient quotient, List<Expression> factors) {
        var parts = new ArrayList<Text>();
        if (quotient.hasCoefficient() || factors.isEmpty()) {
            parts.add(wrap(number(quotient.coefficient()), Precedence.PRODUCT));
        }
        factors.stream().filter(Expression::isScalar).forEach(factor -> parts.add(wrap(factor, Precedence.PRODUCT)));
        List<Expression> arrays = factors.stream().filter(factor -> !factor.isScalar()).toList();
        if (!arrays.isEmpty()) {
            parts.add(arrays.size() > 1 ? entrywiseProduct(arrays)
                    : wrap(arrays.getFirst(), matrixFactor(arrays.getFirst())));
        }
        return sideBySide(parts);
    }

    /** What is propagated first, as in (Wᵀ δ) ⊙ f′(z). */
    private Text entrywiseProduct(List<Expression> arrays) {
        return Text.join(" \\odot ", arrays.stream()
                .sorted(Comparator.comparing(array -> !(array instanceof MatrixProduct)))
                .map(array -> wrap(array, Precedence.POWER)).toList());
    }

    private Fragment fraction(Fragment numerator, List<Quotient.Divisor> divisors) {
        List<Fragment> bases = divisors.stream().map(d -> d.exponent() == 1 ? entrywise(d.base())
                : power(d.base(), Arithmetic.constant(d.exponent()))).toList();
        boolean areScalars = divisors.stream().allMatch(d -> spread(d.base()).isScalar());
        Text denominator = bases.size() == 1 ? bases.getFirst().text()
                : areScalars ? sideBySide(bases.stream().map(b -> wrap(b, Precedence.PRODUCT)).toList()).text()
                : Text.join(" \\odot ", bases.stream().map(b -> wrap(b, Precedence.POWER)).toList());
        return Fragment.of(Text.concatenation(List.of(numerator.text().between("\\frac{", "}"),
                denominator.between("{", "}"))), Precedence.PRODUCT);
    }

    /** A product by juxtaposition, with a dot where two numbers would run together. */
    private static Fragment sideBySide(List<Text> factors) {
        var parts = new ArrayList<Text>();
        for (Text factor : factors) {
            if (!parts.isEmpty()) {
                parts.add(Text.of(Character.isDigit(factor.first()) ? " \\cdot " : " "));
            }
            parts.add(factor);
        }
        return Fragment.of(Text.concatenation(parts), Precedence.PRODUCT);
    }

    /** Matrix products may stand side by side without parentheses: they are associative. */
    private Precedence matrixFactor(Expression factor) {
        boolean isMatrixProduct = factor instanceof MatrixProduct || factor instanceof OuterProduct
                || factor instanceof Solve;
        return isMatrixProduct && isOpen(factor) ? Precedence.PRODUCT : Precedence.POWER;
    }

    private Fragment constantArray(Constant constant) {
        if (constant.isConstant(0)) {
            return Fragment.atom("\\mathbf{0}_{" + dimensions(constant.shape()) + "}");
        }
        Fragment ones = ones(constant.shape());
        double size = Math.abs(constant.value());
        Fragment magnitude = size == 1 ? ones : sideBySide(List.of(number(size).text(), ones.text()));
        return constant.value() < 0 ? negative(magnitude) : magnitude;
    }

    private static Fragment ones(Shape shape) {
        return Fragment.atom("\\mathbf{1}_{" + dimensions(shape) + "}");
    }

    private static String dimensions(Shape shape) {
        return shape.dimensions().stream().map(String::valueOf).collect(Collectors.joining(" \\times "));
    }

    private Fragment broadcast(Broadcast broadcast) {
        Fragment operand = fragment(broadcast.operand());
        if (broadcast.operand().isScalar()) {
            return sideBySide(List.of(wrap(operand, Precedence.PRODUCT), ones(broadcast.shape()).text()));
        }
        return sideBySide(List.of(wrap(broadcast.operand(), matrixFactor(broadcast.operand())),
                transposed(ones(broadcast.shape().withoutLeading(1))).text()));
    }

    private Fragment entry(Entry entry) {
        var index = new ArrayList<String>();
        entry.index().forEach(i -> index.add(String.valueOf(i + 1)));
        index.addAll(Collections.nCopies(entry.shape().rank(), ":"));
        if (names().isNamed(entry.operand())) {
            Label label = names().of(entry.operand());
            return superscripted(spelling.spell(label, index), label);
        }
        return Fragment.atom(wrap(entry.operand(), Precedence.ATOM).plus("_{" + String.join(",", index) + "}"));
    }

    private Fragment stack(Stack stack) {
        boolean isWrittenOut = stack.shape().isMatrix() && stack.parts().stream()
                .allMatch(part -> part instanceof Constant || part instanceof Stack && isOpen(part));
        if (isWrittenOut) {
            return Fragment.atom(array(stack.shape(), stack.parts().stream()
                    .flatMap(part -> part instanceof Stack row ? row.parts().stream()
                            : Collections.nCopies(part.shape().size(), spread(part)).stream())
                    .map(scalar -> fragment(scalar).text()).toList()));
        }
        boolean areRows = stack.shape().isMatrix();
        return Fragment.atom(matrix(stack.parts().stream().map(this::fragment)
                .map(part -> areRows ? transposed(part).text() : part.text()).toList()));
    }

    /** A column vector or a matrix; beyond that a column of such arrays. */
    @Override
    protected Text array(Shape shape, List<Text> entries) {
        if (shape.isScalar()) {
            return entries.getFirst();
        }
        int inner = entries.size() / shape.dimension(0);
        var rows = new ArrayList<Text>();
        for (int from = 0; from < entries.size(); from += inner) {
            List<Text> row = entries.subList(from, from + inner);
            rows.add(shape.isMatrix() ? Text.join(" & ", row) : array(shape.withoutLeading(1), row));
        }
        return matrix(rows);
    }

    private static Text matrix(List<Text> rows) {
        return Text.join(" \\\\ ", rows).between("\\begin{pmatrix} ", " \\end{pmatrix}");
    }
}
