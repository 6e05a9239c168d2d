package dev.nabla.program;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Apply;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Entry;
import dev.nabla.expression.Expression.EntrySum;
import dev.nabla.expression.Expression.MatrixProduct;
import dev.nabla.expression.Expression.OuterProduct;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.SampleSum;
import dev.nabla.expression.Expression.Stack;
import dev.nabla.expression.Expression.Sum;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Expression.Transpose;
import dev.nabla.expression.Graph;
import dev.nabla.program.Instruction.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the instructions of a program. An expression gets a slot where some instruction reads it; what its user takes
 * in (a transpose that is a flag, a broadcast that spreads, a coefficient, a divisor) gets none.
 */
final class Compiler {

    /** Integer powers up to this size are multiplied out, others computed by {@link Math#pow}. */
    private static final int LARGEST_INTEGER = 16;

    private final Map<Symbol, Slot> symbols = new LinkedHashMap<>();
    private final Map<Expression, Slot> slots = new HashMap<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private int slotCount;

    Compiler(List<Symbol> symbols) {
        for (Symbol symbol : symbols) {
            Slot slot = newSlot(symbol);
            this.symbols.put(symbol, slot);
            slots.put(symbol, slot);
        }
    }

    Program compile(List<Expression> outputs) {
        List<Expression> order = Graph.topologicalOrder(outputs);
        Set<Expression> read = readExpressions(order, outputs);
        for (Expression node : order) {
            if (node instanceof Symbol symbol && !symbols.containsKey(symbol)) {
                throw new IllegalArgumentException("no value for " + symbol.name());
            }
            if (read.contains(node) && !(node instanceof Symbol)) {
                Slot target = newSlot(node);
                slots.put(node, target);
                instructions.add(instruction(node, target));
            }
        }
        return new Program(instructions, symbols, outputSlots(outputs));
    }

    /** An output has a slot of its own: a copy where it is a symbol or was an output before. */
    private List<Slot> outputSlots(List<Expression> outputs) {
        var taken = new HashSet<Slot>(symbols.values());
        var outputSlots = new ArrayList<Slot>();
        for (Expression output : outputs) {
            Slot slot = slots.get(output);
            if (!taken.add(slot)) {
                Slot copy = newSlot(output);
                instructions.add(new Instruction.Spread(copy, slot));
                slot = copy;
            }
            outputSlots.add(slot);
        }
        return outputSlots;
    }

    private Slot newSlot(Expression expression) {
        return new Slot(slotCount++, expression.shape(), expression.isPerSample());
    }

    private static Set<Expression> readExpressions(List<Expression> order, List<Expression> outputs) {
        var read = new HashSet<Expression>(outputs);
        for (Expression node : order.reversed()) {
            if (read.contains(node)) {
                read.addAll(operandsRead(node));
            }
        }
        return read;
    }

    /** The expressions whose slots the instruction for {@code node} reads. */
    private static List<Expression> operandsRead(Expression node) {
        return switch (node) {
            case Constant _, Symbol _ -> List.of();
            case Apply a -> List.of(spreading(a.operand()));
            case Sum s -> s.terms().stream().filter(term -> !(term instanceof Constant))
                    .map(term -> spreading(withoutCoefficient(term))).toList();
            case Product p -> p.factors().stream().filter(factor -> !(factor instanceof Constant))
                    .map(factor -> spreading(isDivisor(factor) ? divisor(factor) : factor)).toList();
            case Power p when isDivisor(p) -> List.of(spreading(divisor(p)));
            case Power p when integerExponent(p) >= 2 -> List.of(spreading(p.base()));
            case Power p -> List.of(spreading(p.base()), spreading(p.exponent()));
            case MatrixProduct m -> List.of(transposed(m.left()), transposed(m.right()));
            case SampleSum s when fusedOuter(s) instanceof OuterProduct o -> o.operands();
            case Broadcast b -> List.of(spreading(b.operand()));
            case Transpose _, OuterProduct _, EntrySum _, SampleSum _, Entry _, Stack _ -> node.operands();
        };
    }

    private Instruction instruction(Expression node, Slot target) {
        return switch (node) {
            case Symbol s -> throw new IllegalStateException(s.name());
            case Constant c -> new Instruction.Fill(target, c.value());
            case Apply a -> new Instruction.Apply(target, a.function(), slot(spreading(a.operand())));
            case Sum s -> linearCombination(s, target);
            case Product p -> quotient(p.factors(), target);
            case Power p when isDivisor(p) -> quotient(List.of(p), target);
            case Power p when integerExponent(p) >= 2 ->
                new Instruction.IntegerPower(target, slot(spreading(p.base())), integerExponent(p));
            case Power p -> new Instruction.Power(target, slot(spreading(p.base())), slot(spreading(p.exponent())));
            case MatrixProduct m -> new Instruction.MatrixProduct(target, slot(transposed(m.left())),
                    m.left() instanceof Transpose, slot(transposed(m.right())), m.right() instanceof Transpose);
            case Transpose t -> new Instruction.Transpose(target, slot(t.operand()));
            case OuterProduct o -> new Instruction.Outer(target, slot(o.left()), slot(o.right()));
            case EntrySum s -> new Instruction.EntrySum(target, slot(s.operand()));
            case SampleSum s when fusedOuter(s) instanceof OuterProduct o ->
                new Instruction.OuterSampleSum(target, slot(o.left()), slot(o.right()));
            case SampleSum s -> new Instruction.SampleSum(target, slot(s.operand()));
            case Broadcast b -> new Instruction.Spread(target, slot(spreading(b.operand())));
            case Entry e -> new Instruction.Extract(target, slot(e.operand()), firstEntry(e));
            case Stack s -> new Instruction.Stack(target, s.parts().stream().map(this::slot).toList());
        };
    }

    private Instruction linearCombination(Sum sum, Slot target) {
        var terms = new ArrayList<Term>();
        double constant = 0;
        for (Expression term : sum.terms()) {
            if (term instanceof Constant c) {
                constant += c.value();
            } else {
                Expression core = withoutCoefficient(term);
                double coefficient = core == term ? 1 : ((Constant) ((Product) term).factors().getFirst()).value();
                terms.add(new Term(coefficient, slot(spreading(core))));
            }
        }
        return new Instruction.LinearCombination(target, List.copyOf(terms), constant);
    }

    private Instruction quotient(List<Expression> parts, Slot target) {
        var factors = new ArrayList<Slot>();
        var divisors = new ArrayList<Slot>();
        double coefficient = 1;
        for (Expression part : parts) {
            if (part instanceof Constant c) {
                coefficient *= c.value();
            } else if (isDivisor(part)) {
                for (int i = 0; i < -integerExponent((Power) part); i++) {
                    divisors.add(slot(spreading(divisor(part))));
                }
            } else {
                factors.add(slot(spreading(part)));
            }
        }
        return new Instruction.Quotient(target, coefficient, List.copyOf(factors), List.copyOf(divisors));
    }

    private Slot slot(Expression expression) {
        return slots.get(expression);
    }

    /** What is read in the place of a broadcast, as entrywise operands spread. */
    private static Expression spreading(Expression operand) {
        return operand instanceof Broadcast b ? b.operand() : operand;
    }

    /** What is read in the place of a transpose, which becomes a flag. */
    private static Expression transposed(Expression matrix) {
        return matrix instanceof Transpose t ? t.operand() : matrix;
    }

    /** x for a term c·x. */
    private static Expression withoutCoefficient(Expression term) {
        return term instanceof Product p && p.factors().size() == 2 && p.factors().getFirst() instanceof Constant
                && !isDivisor(p.factors().get(1)) ? p.factors().get(1) : term;
    }

    /** x⁻ⁿ, which is n divisions by x. */
    private static boolean isDivisor(Expression factor) {
        return factor instanceof Power p && integerExponent(p) < 0;
    }

    private static Expression divisor(Expression factor) {
        return ((Power) factor).base();
    }

    /** The exponent where it is an integer of at most {@value #LARGEST_INTEGER} in size, else 0. */
    private static int integerExponent(Power power) {
        return power.exponent() instanceof Constant c && c.value() == Math.rint(c.value())
                && Math.abs(c.value()) <= LARGEST_INTEGER ? (int) c.value() : 0;
    }

    /** The outer product of two per-sample vectors under a sample sum, or the operand as it is. */
    private static Expression fusedOuter(SampleSum sum) {
        return sum.operand() instanceof OuterProduct o && !(o.left().isPerSample() && o.right().isPerSample())
                ? sum : sum.operand();
    }

    private static int firstEntry(Entry entry) {
        int rank = entry.shape().rank();
        return entry.operand().shape().withoutTrailing(rank).offset(entry.index()) * entry.shape().size();
    }
}
