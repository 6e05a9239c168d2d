package dev.nabla.program;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.negate;
import static dev.nabla.expression.Arithmetic.power;
import static dev.nabla.expression.ScalarFunction.SECH;
import static dev.nabla.expression.ScalarFunction.SIGMOID;
import static dev.nabla.expression.ScalarFunction.TANH;
import static dev.nabla.program.EntrywiseForm.spreading;
import static java.util.Objects.requireNonNull;

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
import dev.nabla.expression.Graph;
import dev.nabla.expression.Shape;
import dev.nabla.program.Instruction.Term;
import dev.nabla.program.kernels.FunctionPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the instructions of a program. An expression gets a slot where some instruction reads it; what its user takes
 * in (a transpose that is a flag, a broadcast that spreads, a sum or product that is computed in its place) gets none.
 */
final class Compiler {

    private final Map<Symbol, Slot> symbols = new LinkedHashMap<>();
    private final Map<Expression, Slot> slots = new HashMap<>();
    private final Map<Expression, Slot> factors = new HashMap<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Expression, EntrywiseForm> forms = new HashMap<>();
    private final EntrywiseForm.Uses uses = new EntrywiseForm.Uses(this::isUsedOnce, node -> pair(node) != null);
    private final Map<Expression, Integer> useCounts = new HashMap<>();
    private final Map<Expression, Integer> places = new HashMap<>();
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
        useCounts.putAll(Graph.useCounts(outputs));
        order.forEach(node -> places.put(node, places.size()));
        Set<Expression> read = readExpressions(order, outputs);
        for (Expression node : order) {
            if (node instanceof Symbol symbol && !symbols.containsKey(symbol)) {
                throw new IllegalArgumentException("no value for " + symbol.name());
            }
            if (read.contains(node) && !slots.containsKey(node)) {
                instructions.add(instruction(node, slots.computeIfAbsent(node, this::newSlot)));
            }
        }
        joinSampleSums();
        List<Slot> outputSlots = outputSlots(outputs);
        return new Program(Schedule.of(instructions, Set.copyOf(outputSlots)), symbols, outputSlots);
    }

    /** A program with further outputs: for each output a scalar that is NaN where a part of it is no finite number. */
    Program compileWatched(List<Expression> outputs) {
        Program program = compile(outputs);
        var watcher = new Watcher(this::newSlot, instructions.stream().anyMatch(Instruction.Select.class::isInstance));
        List<Instruction> watched = watcher.watch(instructions);
        List<Slot> all = new ArrayList<>(program.outputs());
        for (Slot output : program.outputs()) {
            Slot taint = newSlot(Shape.SCALAR, output.perSample());
            watched.add(new Instruction.Watch(taint, Stream.concat(Stream.of(output), watcher.taint(output).stream()).toList()));
            all.add(taint);
        }
        return new Program(Schedule.of(watched, Set.copyOf(all)), symbols, all);
    }

    /** Has Σ u computed by an earlier instruction for some Σ u vᵀ: the gradient of a bias by that of its weights. */
    private void joinSampleSums() {
        Map<Slot, Integer> outerSums = new HashMap<>();
        List<Instruction> joined = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.SampleSum s && outerSums.remove(s.operand()) instanceof Integer at) {
                var o = (Instruction.OuterSampleSum) joined.get(at);
                joined.set(at, new Instruction.OuterSampleSum(o.target(), Optional.of(s.target()), o.left(), o.right()));
                continue;
            }
            if (instruction instanceof Instruction.OuterSampleSum o) {
                outerSums.put(o.left(), joined.size());
            }
            joined.add(instruction);
        }
        instructions.clear();
        instructions.addAll(joined);
    }

    /** An output has a slot of its own: a copy where it is a symbol or was an output before. */
    private List<Slot> outputSlots(List<Expression> outputs) {
        var taken = new HashSet<Slot>(symbols.values());
        var outputSlots = new ArrayList<Slot>();
        for (Expression output : outputs) {
            Slot slot = slot(output);
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
        return newSlot(expression.shape(), expression.isPerSample());
    }

    private Slot newSlot(Shape shape, boolean perSample) {
        return new Slot(slotCount++, shape, perSample);
    }

    private Set<Expression> readExpressions(List<Expression> order, List<Expression> outputs) {
        var read = new HashSet<Expression>(outputs);
        for (Expression node : order.reversed()) {
            if (read.contains(node)) {
                read.addAll(operandsRead(node));
            }
        }
        return read;
    }

    /** The expressions whose slots the instruction for {@code node} reads. */
    private List<Expression> operandsRead(Expression node) {
        return switch (node) {
            case Expression e when pair(e) instanceof Pair p -> List.of(spreading(p.x()));
            case Constant _, Symbol _ -> List.of();
            case Sum s when biased(s) instanceof Biased b ->
                List.of(transposed(b.product().left()), transposed(b.product().right()), b.bias());
            case Power p when form(p) == null -> List.of(spreading(p.base()), spreading(p.exponent()));
            case Sum _, Product _, Power _ -> requireNonNull(form(node)).operands();
            case ApplyBinary a -> List.of(spreading(a.x()), spreading(a.y()));
            case Select s -> s.operands().stream().map(EntrywiseForm::spreading).toList();
            case Apply a -> List.of(spreading(a.operand()));
            case MatrixProduct m -> List.of(transposed(m.left()), transposed(m.right()));
            case SampleSum s when factorsOfSum(s) instanceof Factors f -> List.of(f.left(), f.right());
            case Solve s -> List.of(transposed(s.matrix()), s.right());
            case Broadcast b -> List.of(spreading(b.operand()));
            case Transpose _, OuterProduct _, EntrySum _, Norm _, SampleSum _, Entry _, Stack _ -> node.operands();
        };
    }

    private Instruction instruction(Expression node, Slot target) {
        return switch (node) {
            case Expression e when pair(e) instanceof Pair p -> new Instruction.ApplyPair(
                    slots.computeIfAbsent(p.first(), this::newSlot), slots.computeIfAbsent(p.second(), this::newSlot),
                    p.functions(), slot(spreading(p.x())));
            case Symbol s -> throw new IllegalStateException(s.name());
            case Constant c -> new Instruction.Fill(target, c.value());
            case Sum s when biased(s) instanceof Biased b ->
                matrixProduct(target, b.product(), Optional.of(slot(b.bias())));
            case Power p when form(p) == null ->
                new Instruction.Power(target, slot(spreading(p.base())), slot(spreading(p.exponent())));
            case Sum _, Product _, Power _ -> combination(requireNonNull(form(node)), target);
            case ApplyBinary a -> new Instruction.ApplyBinary(target, a.function(), slot(spreading(a.x())),
                    slot(spreading(a.y())));
            case Select s -> new Instruction.Select(target, slot(spreading(s.condition())), slot(spreading(s.x())),
                    slot(spreading(s.y())));
            case Apply a -> new Instruction.Apply(target, a.function(), slot(spreading(a.operand())));
            case MatrixProduct m -> matrixProduct(target, m, Optional.empty());
            case Transpose t -> new Instruction.Transpose(target, slot(t.operand()));
            case OuterProduct o -> new Instruction.Outer(target, slot(o.left()), slot(o.right()));
            case Solve s -> new Instruction.Solve(target, factors(transposed(s.matrix())),
                    s.matrix() instanceof Transpose, slot(s.right()));
            case EntrySum s -> new Instruction.EntrySum(target, slot(s.operand()));
            case Norm n -> new Instruction.Norm(target, slot(n.operand()));
            case SampleSum s when factorsOfSum(s) instanceof Factors f -> f.areEntrywise()
                    ? new Instruction.DotSampleSum(target, slot(f.left()), slot(f.right()))
                    : new Instruction.OuterSampleSum(target, Optional.empty(), slot(f.left()), slot(f.right()));
            case SampleSum s -> new Instruction.SampleSum(target, slot(s.operand()));
            case Broadcast b -> new Instruction.Spread(target, slot(spreading(b.operand())));
            case Entry e -> new Instruction.Extract(target, slot(e.operand()), firstEntry(e));
            case Stack s -> new Instruction.Stack(target, s.parts().stream().map(this::slot).toList());
        };
    }

    private Instruction matrixProduct(Slot target, MatrixProduct m, Optional<Slot> bias) {
        return new Instruction.MatrixProduct(target, slot(transposed(m.left())), m.left() instanceof Transpose,
                slot(transposed(m.right())), m.right() instanceof Transpose, bias);
    }

    /** Two functions of x that are computed together. */
    private record Pair(FunctionPair functions, Expression x, Expression first, Expression second) {}

    /** The pair that a node belongs to, where the expressions have both. */
    private @Nullable Pair pair(Expression node) {
        Pair pair = switch (node) {
            case Apply a when a.function() == TANH -> tanhAndSlope(a.operand());
            case Power p when p.exponent().isConstant(2) && p.base() instanceof Apply a && a.function() == SECH ->
                tanhAndSlope(a.operand());
            case Apply a when a.function() == SIGMOID -> sigmoids(a.operand());
            default -> null;
        };
        return pair != null && useCounts.containsKey(pair.first()) && useCounts.containsKey(pair.second()) ? pair : null;
    }

    private static Pair tanhAndSlope(Expression x) {
        return new Pair(FunctionPair.TANH_AND_SLOPE, x, apply(TANH, x), power(apply(SECH, x), 2));
    }

    /** Of the one of x and −x that is computed first. */
    private @Nullable Pair sigmoids(Expression x) {
        Expression opposite = negate(x);
        if (!places.containsKey(opposite)) {
            return null;
        }
        Expression first = requireNonNull(places.get(x)) < requireNonNull(places.get(opposite)) ? x : opposite;
        return new Pair(FunctionPair.SIGMOIDS, first, apply(SIGMOID, first), apply(SIGMOID, negate(first)));
    }

    /** The factors of a matrix, which are computed once for all that is solved by it or its transpose. */
    private Slot factors(Expression matrix) {
        return factors.computeIfAbsent(matrix, _ -> {
            Slot target = newSlot(Instruction.Factorisation.shape(matrix.shape()), matrix.isPerSample());
            instructions.add(new Instruction.Factorisation(target, slot(matrix)));
            return target;
        });
    }

    private Instruction combination(EntrywiseForm form, Slot target) {
        return new Instruction.Combination(target,
                form.terms().stream().map(term -> new Term(term.coefficient(), slots(term.factors()))).toList(),
                form.constant(), form.scale(), slots(form.factors()), slots(form.divisors()), form.divisor(),
                slots(form.multipliers()));
    }

    private @Nullable EntrywiseForm form(Expression node) {
        return forms.computeIfAbsent(node, key -> EntrywiseForm.of(key, uses).orElse(null));
    }

    private boolean isUsedOnce(Expression node) {
        return requireNonNull(useCounts.get(node)) == 1;
    }

    /** A x + b. */
    private record Biased(MatrixProduct product, Expression bias) {}

    /** The sum of a product by a vector per sample, which nothing else uses, and a shared vector. */
    private @Nullable Biased biased(Sum sum) {
        return sum.terms().size() == 2
                && sum.terms().stream().filter(this::isProductOfOneUse).findFirst().orElse(null) instanceof MatrixProduct m
                && sum.terms().stream().filter(term -> !term.isPerSample() && !(term instanceof Constant)
                        && term.shape().isVector()).findFirst().orElse(null) instanceof Expression bias
                && !(bias instanceof Broadcast) ? new Biased(m, bias) : null;
    }

    private boolean isProductOfOneUse(Expression term) {
        return term instanceof MatrixProduct m && !m.left().isPerSample() && m.right().isPerSample() && isUsedOnce(m);
    }

    /** Σ x y, or Σ u vᵀ, over the samples. */
    private record Factors(Expression left, Expression right, boolean areEntrywise) {}

    private static @Nullable Factors factorsOfSum(SampleSum sum) {
        Expression summand = sum.operand() instanceof EntrySum s ? s.operand() : sum.operand();
        Factors factors = switch (summand) {
            case OuterProduct o when summand == sum.operand() -> new Factors(o.left(), o.right(), false);
            case Power p when p.exponent().isConstant(2) && sum.shape().isScalar() ->
                new Factors(p.base(), p.base(), true);
            case Product p when p.factors().size() == 2 && sum.shape().isScalar() ->
                new Factors(p.factors().get(0), p.factors().get(1), true);
            default -> null;
        };
        return factors != null && factors.left().isPerSample() && factors.right().isPerSample()
                && !(factors.left() instanceof Broadcast) && !(factors.right() instanceof Broadcast) ? factors : null;
    }

    private List<Slot> slots(List<Expression> expressions) {
        return expressions.stream().map(this::slot).toList();
    }

    private Slot slot(Expression expression) {
        return requireNonNull(slots.get(expression));
    }

    /** What is read in the place of a transpose, which becomes a flag. */
    private static Expression transposed(Expression matrix) {
        return matrix instanceof Transpose t ? t.operand() : matrix;
    }

    private static int firstEntry(Entry entry) {
        int rank = entry.shape().rank();
        return entry.operand().shape().withoutTrailing(rank).offset(entry.index()) * entry.shape().size();
    }
}
