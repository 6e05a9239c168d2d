package dev.nabla.program;

import static dev.nabla.expression.Arithmetic.power;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Broadcast;
import dev.nabla.expression.Expression.Constant;
import dev.nabla.expression.Expression.Power;
import dev.nabla.expression.Expression.Product;
import dev.nabla.expression.Expression.Sum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Sums, products and integer powers as (constant + Σ terms) · scale · Π factors / Π divisors / divisor · Π multipliers,
 * entrywise, of the expressions that have to be read for it. What only one expression uses, and squares, which cost no more than reading
 * them would, are not read but computed in their user's place, where nothing is multiplied in another order for it.
 */
record EntrywiseForm(List<Term> terms, double constant, double scale, List<Expression> factors,
        List<Expression> divisors, double divisor, List<Expression> multipliers) {

    /** Integer powers up to this size are multiplied out, others computed by {@link Math#pow}. */
    private static final int LARGEST_INTEGER = 16;

    /** Products in products are taken apart to this depth. */
    private static final int MOST_LEVELS = 16;

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
                divisors.stream(), multipliers.stream()).flatMap(operands -> operands).toList();
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
        return new EntrywiseForm(terms, constant, 1, List.of(), List.of(), 1, List.of());
    }

    private static Term term(Expression summand, Uses uses) {
        var parts = new Parts(summand, uses);
        List<Expression> factors = parts.factors;
        boolean isNoWork = factors.size() == 1 || factors.size() == 2 && factors.get(0) == factors.get(1);
        return parts.isUndivided() && (isNoWork || factors.size() == 2 && uses.areOne.test(summand))
                ? new Term(parts.coefficient, List.copyOf(factors)) : new Term(1, List.of(spreading(summand)));
    }

    private static EntrywiseForm ofProduct(Expression product, Uses uses) {
        var parts = new Parts(product, uses);
        double coefficient = parts.coefficient;
        Optional<Sum> inner = parts.factors.subList(0, parts.first).stream()
                .filter(part -> Collections.frequency(parts.factors, part) == 1)
                .filter(part -> isComputedInPlace(part, product, uses))
                .map(Sum.class::cast).findFirst();
        if (inner.isPresent()) {
            parts.factors.remove(inner.get());
            EntrywiseForm sum = ofSum(inner.get(), uses);
            // Only a power of two multiplies a sum term by term without rounding.
            double inSum = Math.abs(coefficient) == Math.scalb(1.0, Math.getExponent(coefficient)) ? coefficient : 1;
            return new EntrywiseForm(sum.terms.stream().map(term -> term.times(inSum)).toList(),
                    inSum * sum.constant, coefficient / inSum, parts.factors, parts.divisors, parts.divisor,
                    parts.multipliers);
        }
        boolean isNumber = parts.factors.isEmpty();
        return new EntrywiseForm(isNumber ? List.of() : List.of(new Term(coefficient, parts.factors)),
                isNumber ? coefficient : 0, 1, List.of(), parts.divisors, parts.divisor, parts.multipliers);
    }

    private static boolean isComputedInPlace(Expression part, Expression user, Uses uses) {
        return part instanceof Sum sum && sum.shape().equals(user.shape()) && sum.isPerSample() == user.isPerSample()
                && (uses.areOne.test(sum) || isSquareAndConstant(ofSum(sum, uses)));
    }

    private static boolean isSquareAndConstant(EntrywiseForm sum) {
        return sum.terms.size() == 1
                && sum.terms.getFirst().factors().stream().allMatch(sum.terms.getFirst().factors().getFirst()::equals);
    }

    /**
     * A product taken apart: xⁿ is n factors, x⁻ⁿ is n divisors. A product in it is taken apart too if that multiplies in the
     * order in which it is written: one, whose factors then stand first; if it is divided, the others multiply the quotient.
     */
    private static final class Parts {
        private final List<Expression> factors = new ArrayList<>();
        private final List<Expression> divisors = new ArrayList<>();
        private final List<Expression> multipliers = new ArrayList<>();
        private double coefficient = 1;
        private double divisor = 1;
        /** How many factors, of the first ones, may be multiplied in any order. */
        private int first;

        private Parts(Expression whole, Uses uses) {
            this(whole, uses, MOST_LEVELS);
        }

        private Parts(Expression whole, Uses uses, int levels) {
            List<Expression> parts = whole instanceof Product p ? p.factors() : List.of(whole);
            parts.forEach(part -> add(part, uses));
            first = factors.size();
            if (levels > 1) {
                parts.stream().filter(part -> part instanceof Product && uses.areOne.test(part)
                        && part.isPerSample() == whole.isPerSample()).findFirst()
                        .ifPresent(inner -> takeApart(inner, new Parts(inner, uses, levels - 1)));
            }
        }

        private void takeApart(Expression inner, Parts ofInner) {
            if (Collections.frequency(factors, inner) > 1 || !ofInner.multipliers.isEmpty()) {
                return;
            }
            List<Expression> others = factors.stream().filter(factor -> factor != inner).toList();
            boolean isOneFactor = ofInner.isUndivided() && ofInner.factors.size() == 1;
            if (ofInner.isUndivided() && (coefficient == 1 || ofInner.coefficient == 1)
                    && Arithmetic.isModerate(coefficient) && Arithmetic.isModerate(isOneFactor ? ofInner.coefficient : 1)
                    && (isOneFactor || others.stream().noneMatch(factor -> isSpread(factor, inner)))) {
                replace(ofInner);
                factors.addAll(others);
            } else if (!ofInner.isUndivided() && isUndivided() && coefficient == 1) {
                replace(ofInner);
                multipliers.addAll(others);
            }
        }

        private void replace(Parts inner) {
            factors.clear();
            factors.addAll(inner.factors);
            divisors.addAll(inner.divisors);
            divisor *= inner.divisor;
            coefficient *= inner.coefficient;
            first = inner.first;
        }

        /** Whether a factor is one number for many entries, which is multiplied by the coefficient first. */
        private static boolean isSpread(Expression factor, Expression whole) {
            return factor.isPerSample() != whole.isPerSample() || !factor.shape().equals(whole.shape());
        }

        private void add(Expression part, Uses uses) {
            if (part instanceof Constant c) {
                coefficient *= c.value();
            } else if (part instanceof Power p && p.base() instanceof Constant c && p.exponent().isConstant(-1)) {
                divisor *= c.value();
            } else if (part instanceof Power p && integerExponent(p) > 0 && integerExponent(p) % 2 == 0
                    && uses.areOfPair.test(power(p.base(), 2))) {
                factors.addAll(Collections.nCopies(integerExponent(p) / 2, power(p.base(), 2)));
            } else if (part instanceof Power p && integerExponent(p) != 0) {
                (integerExponent(p) > 0 ? factors : divisors)
                        .addAll(Collections.nCopies(Math.abs(integerExponent(p)), spreading(p.base())));
            } else if (part instanceof Broadcast b && b.operand() instanceof Power p && integerExponent(p) < 0) {
                divisors.addAll(Collections.nCopies(-integerExponent(p), spreading(p.base())));
            } else {
                factors.add(spreading(part));
            }
        }

        private boolean isUndivided() {
            return divisors.isEmpty() && divisor == 1;
        }
    }

    /** The exponent where it is an integer of at most {@value #LARGEST_INTEGER} in size, else 0. */
    private static int integerExponent(Power power) {
        return power.exponent() instanceof Constant c && c.value() == Math.rint(c.value())
                && Math.abs(c.value()) <= LARGEST_INTEGER ? (int) c.value() : 0;
    }
}
