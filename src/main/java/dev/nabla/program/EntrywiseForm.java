package dev.nabla.program;

import static dev.nabla.expression.Arithmetic.power;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Sums, products and integer powers as (constant + Σ terms) · Π factors / Π divisors, entrywise, of the expressions that
 * have to be read for it. What only one expression uses, and squares, which cost no more than reading them would, are
 * not read but computed in their user's place.
 */
record EntrywiseForm(List<Term> terms, double constant, List<Expression> factors, List<Expression> divisors) {

    /** Integer powers up to this size are multiplied out, others computed by {@link Math#pow}. */
    private static final int LARGEST_INTEGER = 16;

    /** c Π factors. */
    record Term(double coefficient, List<Expression> factors) {

        private Term times(double c) {
            return new Term(c * coefficient, factors);
        }
    }

    /**
     * What a program makes of its expressions.
     *
     * @param areOne whether an expression has one user only
     * @param areOfPair whether an expression is computed together with another, and so read as it is
     */
    record Uses(Predicate<Expression> areOne, Predicate<Expression> areOfPair) {}

    /** The form of a node, or nothing if it is another kind of node. */
    static Optional<EntrywiseForm> of(Expression node, Uses uses) {
        return switch (node) {
            case Sum s -> Optional.of(ofSum(s, uses));
            case Product p -> Optional.of(ofProduct(p, uses));
            case Power p when integerExponent(p) > 1 || integerExponent(p) < 0 -> Optional.of(ofProduct(p, uses));
            default -> Optional.empty();
        };
    }

    /** What is read. */
    List<Expression> operands() {
        return Stream.of(terms.stream().flatMap(term -> term.factors().stream()), factors.stream(),
                divisors.stream()).flatMap(operands -> operands).toList();
    }

    /** What is read in the place of a broadcast, as entrywise operands spread. */
    static Expression spreading(Expression operand) {
        return operand instanceof Broadcast b ? b.operand() : operand;
    }

    private static EntrywiseForm ofSum(Sum sum, Uses uses) {
        var terms = new ArrayList<Term>();
        double constant = 0;
        for (Expression summand : sum.terms()) {
            if (summand instanceof Constant c) {
                constant += c.value();
            } else {
                terms.add(term(summand, uses));
            }
        }
        return new EntrywiseForm(terms, constant, List.of(), List.of());
    }

    private static Term term(Expression summand, Uses uses) {
        var parts = new Parts(summand, uses);
        List<Expression> factors = parts.factors;
        boolean isNoWork = factors.size() == 1 || factors.size() == 2 && factors.get(0) == factors.get(1);
        return parts.divisors.isEmpty() && (isNoWork || factors.size() == 2 && uses.areOne.test(summand))
                ? new Term(parts.coefficient, List.copyOf(factors)) : new Term(1, List.of(spreading(summand)));
    }

    private static EntrywiseForm ofProduct(Expression product, Uses uses) {
        var parts = new Parts(product, uses);
        double coefficient = parts.coefficient;
        Optional<Sum> inner = parts.factors.stream()
                .filter(part -> Collections.frequency(parts.factors, part) == 1)
                .filter(part -> isComputedInPlace(part, product, uses))
                .map(Sum.class::cast).findFirst();
        if (inner.isPresent()) {
            parts.factors.remove(inner.get());
            EntrywiseForm sum = ofSum(inner.get(), uses);
            return new EntrywiseForm(sum.terms.stream().map(term -> term.times(coefficient)).toList(),
                    coefficient * sum.constant, parts.factors, parts.divisors);
        }
        return parts.factors.isEmpty() ? new EntrywiseForm(List.of(), coefficient, List.of(), parts.divisors)
                : new EntrywiseForm(List.of(new Term(coefficient, parts.factors)), 0, List.of(), parts.divisors);
    }

    private static boolean isComputedInPlace(Expression part, Expression user, Uses uses) {
        return part instanceof Sum sum && sum.shape().equals(user.shape()) && sum.isPerSample() == user.isPerSample()
                && (uses.areOne.test(sum) || isSquareAndConstant(ofSum(sum, uses)));
    }

    private static boolean isSquareAndConstant(EntrywiseForm sum) {
        return sum.terms.size() == 1
                && sum.terms.getFirst().factors().stream().allMatch(sum.terms.getFirst().factors().getFirst()::equals);
    }

    /** A product taken apart: xⁿ is n factors, x⁻ⁿ is n divisors. */
    private static final class Parts {
        private final List<Expression> factors = new ArrayList<>();
        private final List<Expression> divisors = new ArrayList<>();
        private double coefficient = 1;

        private Parts(Expression whole, Uses uses) {
            var rest = new ArrayDeque<Expression>(List.of(whole));
            while (!rest.isEmpty()) {
                Expression part = rest.pop();
                switch (part) {
                    case Constant c -> coefficient *= c.value();
                    case Product p when p == whole || uses.areOne.test(p) && p.isPerSample() == whole.isPerSample() ->
                        p.factors().reversed().forEach(rest::push);
                    case Power p when integerExponent(p) > 0 && integerExponent(p) % 2 == 0
                            && uses.areOfPair.test(power(p.base(), 2)) ->
                        factors.addAll(Collections.nCopies(integerExponent(p) / 2, power(p.base(), 2)));
                    case Power p when integerExponent(p) != 0 -> (integerExponent(p) > 0 ? factors : divisors)
                            .addAll(Collections.nCopies(Math.abs(integerExponent(p)), spreading(p.base())));
                    default -> factors.add(spreading(part));
                }
            }
        }
    }

    /** The exponent where it is an integer of at most {@value #LARGEST_INTEGER} in size, else 0. */
    private static int integerExponent(Power power) {
        return power.exponent() instanceof Constant c && c.value() == Math.rint(c.value())
                && Math.abs(c.value()) <= LARGEST_INTEGER ? (int) c.value() : 0;
    }
}
