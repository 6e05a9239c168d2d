package dev.nabla.training;

import dev.nabla.network.layers.Parameter;
import dev.nabla.network.layers.Parameter.Setting;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.network.layers.PathPattern;
import dev.nabla.optimizers.Bound;
import dev.nabla.optimizers.Range;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which parameters of a network a training changes, and how: all that are trainable and not frozen, each at a multiple of
 * the learning rate, within bounds where it has some.
 */
public final class TrainedParameters {

    private static final int PATHS_NAMED = 20;

    private final ParameterLayout layout;
    private final double[] factors;

    /** @param factors of the learning rate, one for every parameter; 0 where it is not trained */
    private TrainedParameters(ParameterLayout layout, double[] factors) {
        this.layout = layout;
        this.factors = factors;
    }

    public static TrainedParameters of(ParameterLayout layout, TrainingSettings settings) {
        return new TrainedParameters(layout, layout.parameters().stream().mapToDouble(parameter ->
                !parameter.isTrainable() || isMatched(settings.freeze(), parameter) ? 0
                        : settings.learningRateFactors().entrySet().stream()
                                .filter(factor -> PathPattern.of(factor.getKey()).matches(parameter.path()))
                                .mapToDouble(Map.Entry::getValue).findFirst().orElse(1)).toArray());
    }

    private static boolean isMatched(List<String> patterns, Parameter parameter) {
        return patterns.stream().anyMatch(pattern -> PathPattern.of(pattern).matches(parameter.path()));
    }

    /** The paths that are not trained, in their order. */
    public Set<String> fixed() {
        return IntStream.range(0, factors.length).filter(i -> factors[i] == 0).mapToObj(i -> layout.parameters().get(i).path())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many numbers are trained. */
    int size() {
        return ranges().stream().mapToInt(range -> range.to() - range.from()).sum();
    }

    /** The longest ranges of what is trained with one factor: where nothing is said, one of everything. */
    List<Range> ranges() {
        return ranges(i -> factors[i] != 0);
    }

    /**
     * The longest ranges of what may decay.
     *
     * @param all whether that is not only matrices of weights; coefficients never do
     */
    List<Range> decaying(boolean all) {
        Predicate<Integer> decays = i -> factors[i] != 0 && (layout.isWeights(i)
                || all && layout.parameters().get(i).coefficient().isEmpty());
        return all ? ranges(decays) : IntStream.range(0, factors.length).filter(decays::test)
                .mapToObj(i -> new Range(layout.offset(i), end(i), factors[i])).toList();
    }

    private List<Range> ranges(Predicate<Integer> chosen) {
        var ranges = new ArrayList<Range>();
        for (int i = 0; i < factors.length; i++) {
            if (chosen.test(i)) {
                boolean goesOn = !ranges.isEmpty() && ranges.getLast().to() == layout.offset(i)
                        && ranges.getLast().factor() == factors[i];
                int from = goesOn ? ranges.removeLast().from() : layout.offset(i);
                ranges.add(new Range(from, end(i), factors[i]));
            }
        }
        return List.copyOf(ranges);
    }

    /** Where in the flat vector of parameters those are that are trained, ascending. */
    int[] entries() {
        return ranges().stream().flatMapToInt(range -> IntStream.range(range.from(), range.to())).sorted().toArray();
    }

    /** Whether what stands at an entry of the flat vector is a coefficient. */
    boolean isCoefficient(int entry) {
        return IntStream.range(0, factors.length).anyMatch(i -> layout.offset(i) <= entry && entry < end(i)
                && layout.parameters().get(i).coefficient().isPresent());
    }

    private int end(int parameter) {
        return layout.offset(parameter) + layout.parameters().get(parameter).size();
    }

    /** The bounds of what is trained. */
    List<Bound> bounds() {
        return IntStream.range(0, factors.length).filter(i -> factors[i] != 0).boxed()
                .flatMap(i -> layout.parameters().get(i).coefficient().filter(Setting::isBounded)
                        .map(setting -> new Bound(layout.offset(i), end(i), setting.min(), setting.max())).stream())
                .toList();
    }

    /** What is wrong with patterns for parameters of this layout, with pointers that begin at the request. */
    public static List<Problem> problems(ParameterLayout layout, List<String> freeze, Map<String, Double> factors) {
        var problems = new ArrayList<Problem>();
        List<String> trainable = layout.parameters().stream().filter(Parameter::isTrainable).map(Parameter::path).toList();
        for (int i = 0; i < freeze.size(); i++) {
            requireMatch(layout, freeze.get(i), "/freeze/" + i, problems);
        }
        List<String> moving = trainable.stream().filter(path -> freeze.stream()
                .noneMatch(pattern -> PathPattern.of(pattern).matches(path))).toList();
        if (problems.isEmpty() && moving.isEmpty()) {
            problems.add(Problem.of(freeze.isEmpty() ? "" : "/freeze", freeze.isEmpty()
                    ? "there is nothing to train: no parameter of the network is trainable"
                    : "must leave something to train, freezes " + named(trainable)));
            return problems;
        }
        factors.keySet().forEach(pattern -> addProblemsOfFactor(layout, pattern, moving, factors.keySet(), problems));
        return problems;
    }

    private static void addProblemsOfFactor(ParameterLayout layout, String pattern, List<String> moving, Set<String> patterns,
            List<Problem> problems) {
        String pointer = "/learningRateFactors/" + Problem.token(pattern);
        if (!requireMatch(layout, pattern, pointer, problems)) {
            return;
        }
        List<String> matched = moving.stream().filter(PathPattern.of(pattern)::matches).toList();
        if (matched.isEmpty()) {
            problems.add(Problem.of(pointer, "is of what is not trained"));
        }
        matched.stream().flatMap(path -> patterns.stream().takeWhile(other -> !other.equals(pattern))
                .filter(other -> PathPattern.of(other).matches(path)).map(other -> "must not be of " + path + ", of which '"
                        + other + "' is too")).findFirst()
                .ifPresent(detail -> problems.add(Problem.of(pointer, detail)));
    }

    private static boolean requireMatch(ParameterLayout layout, String pattern, String pointer, List<Problem> problems) {
        List<String> paths = layout.parameters().stream().map(Parameter::path).toList();
        boolean matches = paths.stream().anyMatch(PathPattern.of(pattern)::matches);
        if (!matches) {
            problems.add(Problem.of(pointer, "must be the path of a parameter, or a pattern of some in which * stands for any "
                    + "characters; there are " + named(paths) + ", was '" + pattern + "'"));
        }
        return matches;
    }

    private static String named(List<String> paths) {
        return paths.stream().limit(PATHS_NAMED).collect(Collectors.joining(", "))
                + (paths.size() > PATHS_NAMED ? ", … (" + paths.size() + ")" : "");
    }
}
