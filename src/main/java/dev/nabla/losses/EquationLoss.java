package dev.nabla.losses;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.product;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.language.Scope;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A loss written as equations: the sum over its terms of weight · mean over samples of the squared value of an equation
 * (of an array, the sum of its squared entries).
 */
public record EquationLoss(@Size(min = 1, max = EquationLoss.MAX_TERMS) List<LossTerm> terms) implements Objective {

    static final int MAX_TERMS = 100;

    public EquationLoss {
        terms = List.copyOf(terms);
    }

    @Override
    public Set<UUID> datasets() {
        return terms.stream().flatMap(term -> term.dataset().stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public List<Problem> problems(BiFunction<Integer, LossTerm, Optional<Scope>> scopes) {
        var wrong = new TreeMap<Integer, EquationException>();
        for (int i = 0; i < terms.size(); i++) {
            Optional<Scope> scope = scopes.apply(i, terms.get(i));
            if (scope.isPresent()) {
                understood(i, scope.get(), wrong);
            }
        }
        return new InvalidLossException(wrong).problems("");
    }

    @Override
    public List<LossPart> parts(Network network, Samples samples, Scope scope, Map<UUID, Samples> others) {
        Map<Optional<UUID>, List<Integer>> termsOf = new LinkedHashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            termsOf.computeIfAbsent(terms.get(i).dataset(), _ -> new ArrayList<>()).add(i);
        }
        var wrong = new TreeMap<Integer, EquationException>();
        List<LossPart> parts = termsOf.entrySet().stream().map(part -> {
            Optional<Samples> other = part.getKey().map(others::get);
            return part(other.orElse(samples), other.map(found -> LossPart.scope(network, found)).orElse(scope),
                    part.getValue(), wrong);
        }).toList();
        if (!wrong.isEmpty()) {
            throw new InvalidLossException(wrong);
        }
        return parts;
    }

    /** @param wrong where the term is added if it cannot be understood */
    private Optional<Expression> understood(int number, Scope scope, Map<Integer, EquationException> wrong) {
        try {
            return Optional.of(Equation.parse(terms.get(number).equation(), scope));
        } catch (EquationException e) {
            wrong.put(number, e);
            return Optional.empty();
        }
    }

    /** @param wrong where the terms are added that cannot be understood; they are 0 in what is returned */
    private LossPart part(Samples samples, Scope scope, List<Integer> numbers, Map<Integer, EquationException> wrong) {
        Optional<Symbol> targets = samples.targetDimension() == 0 ? Optional.empty()
                : Optional.of(LossPart.targets(samples));
        List<Expression> perSample = new ArrayList<>();
        for (int number : numbers) {
            perSample.add(understood(number, scope, wrong).map(Loss::squaredNorm).orElseGet(() -> constant(0)));
        }
        perSample.add(constant(1));
        return new LossPart(samples, targets, List.copyOf(perSample), sums -> IntStream.range(0, numbers.size())
                .mapToObj(i -> divide(product(constant(terms.get(numbers.get(i)).weight()), sums.get(i)),
                        sums.getLast())).toList(), numbers);
    }
}
