package dev.nabla.losses;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.product;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.documents.Checked;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Expression;
import dev.nabla.language.Growth;
import dev.nabla.language.Scope;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.program.Engine;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A loss written as equations: the sum over its terms of weight · mean over samples of what {@link TermLoss} makes of the
 * value of an equation.
 */
public record EquationLoss(@Size(min = 1, max = EquationLoss.MAX_TERMS) List<LossTerm> terms,
        @JsonProperty(defaultValue = "fixed") TermWeights weights) implements Objective, Checked {

    static final int MAX_TERMS = 100;

    public EquationLoss {
        terms = List.copyOf(terms);
    }

    /** With fixed weights. */
    public EquationLoss(List<LossTerm> terms) {
        this(terms, TermWeights.FIXED);
    }

    @Override
    public List<Problem> problems(Set<String> wrong) {
        return Stream.concat(problemOfDraws().stream(), problemsOfLearned().stream()).toList();
    }

    /** The points of all terms are in memory at once. */
    private Optional<Problem> problemOfDraws() {
        long numbers = samples().values().stream().mapToLong(sample -> (long) sample.points() * sample.ranges().size()).sum();
        return numbers <= Samples.MAX_CELLS || samples().size() == 1 ? Optional.empty() : Optional.of(Problem.of("/terms",
                "must draw at most " + Samples.MAX_CELLS + " numbers (points times coordinates) together, draw " + numbers));
    }

    private List<Problem> problemsOfLearned() {
        return weights != TermWeights.LEARNED ? List.of() : IntStream.range(0, terms.size())
                .filter(i -> terms.get(i).loss() == TermLoss.Named.NONE).boxed().findFirst()
                .map(i -> List.of(Problem.of("/weights", "must not be learned where a term may be negative, as term " + i
                        + " with the loss none: its weight would grow for ever"))).orElse(List.of());
    }

    /** The same with other terms. */
    public EquationLoss with(List<LossTerm> others) {
        return new EquationLoss(others, weights);
    }

    @Override
    public Optional<Problem> differenceFromSquares() {
        return IntStream.range(0, terms.size()).filter(i -> terms.get(i).loss() != TermLoss.Named.SQUARE).boxed().findFirst()
                .map(i -> Problem.of("/terms/" + i + "/loss", "must be square with this optimizer, which is for sums of squares"));
    }

    @Override
    public Set<UUID> datasets() {
        return terms.stream().flatMap(term -> term.datasetId().stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public List<Problem> problems(BiFunction<Integer, LossTerm, Optional<Scope>> scopes) {
        return Growth.together(() -> problemsTogether(scopes));
    }

    private List<Problem> problemsTogether(BiFunction<Integer, LossTerm, Optional<Scope>> scopes) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < terms.size(); i++) {
            Optional<Scope> scope = scopes.apply(i, terms.get(i));
            if (scope.isPresent()) {
                terms.get(i).perSample(scope.get(), "/terms/" + i, problems);
            } else {
                terms.get(i).requireSyntax("/terms/" + i, problems);
            }
        }
        return problems;
    }

    /** Where the samples of a term are from: a dataset, that of the training if it has no id, or what the term draws itself. */
    private record Source(Optional<UUID> dataset, OptionalInt drawing) {}

    @Override
    public SequencedMap<Integer, PointSample> samples() {
        SequencedMap<Integer, PointSample> samples = new LinkedHashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            int number = i;
            terms.get(i).sample().ifPresent(sample -> samples.put(number, sample));
        }
        return samples;
    }

    /** Whether a term draws from the training's own dataset. */
    public boolean usesOwnDataset() {
        return terms.stream().anyMatch(LossTerm::usesOwnDataset);
    }

    @Override
    public List<LossPart> parts(Network network, MatchedSamples samples, Optional<Scope> scope) {
        return Growth.together(() -> partsTogether(network, samples, scope));
    }

    private List<LossPart> partsTogether(Network network, MatchedSamples samples, Optional<Scope> scope) {
        Map<Source, List<Integer>> termsOf = new LinkedHashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            var source = new Source(terms.get(i).datasetId(),
                    terms.get(i).sample().isPresent() ? OptionalInt.of(i) : OptionalInt.empty());
            termsOf.computeIfAbsent(source, _ -> new ArrayList<>()).add(i);
        }
        var wrong = new TreeMap<Integer, List<Problem>>();
        List<LossPart> parts = termsOf.entrySet().stream().map(part -> {
            Source source = part.getKey();
            Optional<Samples> other = source.drawing().isPresent()
                    ? Optional.of(requireNonNull(samples.drawn().get(source.drawing().getAsInt())))
                    : source.dataset().map(samples.others()::get);
            return part(other.or(samples::own).orElseThrow(),
                    other.map(found -> LossPart.scope(network, found)).or(() -> scope).orElseThrow(), part.getValue(), wrong);
        }).toList();
        if (!wrong.isEmpty()) {
            throw new InvalidLossException(wrong.values().stream().flatMap(List::stream).toList());
        }
        return parts;
    }

    @Override
    public List<Problem> problemsOfWeights(Network network, MatchedSamples samples, Engine engine) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i).sample().isPresent()) {
                continue;
            }
            Samples ofTerm = terms.get(i).datasetId().map(samples.others()::get).or(samples::own).orElseThrow();
            String pointer = "/terms/" + i;
            terms.get(i).sampleWeight(LossPart.scope(network, ofTerm), pointer, new ArrayList<>())
                    .flatMap(weight -> SampleWeights.problem(network, weight, ofTerm, pointer + "/sampleWeight", engine))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<LossPart.Drawing> drawing(int number, Scope scope) {
        return terms.get(number).sample().map(sample -> new LossPart.Drawing(sample, number,
                terms.get(number).residual(scope).orElse(constant(0))));
    }

    /** @param wrong where what is wrong with a term is added, by its number; it is 0 in what is returned */
    private LossPart part(Samples samples, Scope scope, List<Integer> numbers, Map<Integer, List<Problem>> wrong) {
        Optional<Symbol> targets = samples.targetDimension() == 0 ? Optional.empty()
                : Optional.of(LossPart.targets(samples));
        List<Expression> perSample = new ArrayList<>();
        List<LossPart.Residual> residuals = new ArrayList<>();
        for (int number : numbers) {
            var problems = new ArrayList<Problem>();
            LossTerm term = terms.get(number);
            LossTerm.PerSample ofTerm = term.perSample(scope, "/terms/" + number, problems);
            perSample.add(ofTerm.loss());
            double count = term.sample().map(PointSample::points).orElse(samples.size());
            ofTerm.root().ifPresent(root -> residuals.add(new LossPart.Residual(root, () -> Math.sqrt(term.weight() / count))));
            if (!problems.isEmpty()) {
                wrong.put(number, problems);
            }
        }
        perSample.add(constant(1));
        return new LossPart(samples, targets, List.copyOf(perSample), sums -> IntStream.range(0, numbers.size())
                .mapToObj(i -> divide(product(constant(terms.get(numbers.get(i)).weight()), sums.get(i)),
                        sums.getLast())).toList(), numbers, weights == TermWeights.FIXED ? Optional.empty()
                                : Optional.of(LossPart.multipliers(numbers.size())),
                                wrong.containsKey(numbers.getFirst()) ? Optional.empty() : drawing(numbers.getFirst(), scope),
                residuals.size() == numbers.size() ? List.copyOf(residuals) : List.of());
    }
}
