package dev.nabla.training.sweeps;

import dev.nabla.documents.Written;
import dev.nabla.problems.Problem;
import dev.nabla.training.sweeps.Combination.Choice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What trials a sweep has.
 *
 * @param values by JSON pointers into the training, in order
 * @param seeds how many seeds every combination is tried with
 */
public record SweepPlan(Map<String, TrialValues> values, int seeds, Search search) {

    /** Where a training has its seed. */
    public static final String SEED = "/seed";

    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");
    private static final int LONGEST_VALUE = 10_000;
    private static final int TRIES = 100;

    public SweepPlan {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same whatever the values are; saturates. */
    public long trials() {
        return product(differentTrials(), seeds);
    }

    private long differentTrials() {
        return switch (search) {
            case Search.Named.GRID -> values.values().stream().mapToLong(SweepPlan::size).reduce(1, SweepPlan::product);
            case Search.Named.LIST -> values.values().stream().mapToLong(SweepPlan::size).findFirst().orElse(1);
            case Search.Random random -> random.random();
        };
    }

    /** Where it is told that there would be more trials than so many: at the seeds if there would not be without them. */
    public String pointerOfMoreThan(long trials) {
        return differentTrials() <= trials ? "/seeds" : search instanceof Search.Random ? "/search/random" : "/values";
    }

    private static long product(long a, long b) {
        return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    private static long size(TrialValues values) {
        return values.list().map(List::size).orElse(1);
    }

    /** What is wrong with it, with pointers from the document of which the values and the seeds are fields. */
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        values.forEach((pointer, of) -> {
            String here = "/values/" + Problem.token(pointer);
            if (!POINTER.matcher(pointer).matches()) {
                problems.add(Problem.of(here, "must be named by a JSON Pointer into the training, as "
                        + "/optimizer/learningRate"));
            }
            values.keySet().stream().filter(other -> pointer.startsWith(other + "/")).forEach(other -> problems.add(
                    Problem.of(here, "must not be inside of " + other + ", which is varied as a whole")));
            if (of.range().isPresent() && !(search instanceof Search.Random)) {
                problems.add(Problem.of(here, "must be a list: from a range only the search {\"random\": …} draws"));
            }
            of.list().ifPresent(list -> {
                addLong(list, here, problems);
                if (search != Search.Named.LIST) {
                    addRepeated(list.stream().map(SweepPlan::meaning).toList(), here, problems);
                }
            });
        });
        if (search == Search.Named.LIST) {
            addUnequal(problems);
            if (problems.isEmpty() && !values.isEmpty()) {
                addRepeated(list().stream().map(SweepPlan::meaning).toList(),
                        "/values/" + Problem.token(values.keySet().iterator().next()), problems);
            }
        }
        if (search instanceof Search.Random && values.isEmpty()) {
            problems.add(Problem.of("/values", "must have something to draw"));
        }
        if (seeds > 1 && values.containsKey(SEED)) {
            problems.add(Problem.of("/seeds", "must be 1 where the values have the seeds, was " + seeds));
        }
        return problems;
    }

    private static void addLong(List<Written<Object>> list, String pointer, List<Problem> problems) {
        for (int i = 0; i < list.size(); i++) {
            int length = list.get(i).json().toString().length();
            if (length > LONGEST_VALUE) {
                problems.add(Problem.of(pointer + "/" + i, "must have at most " + LONGEST_VALUE
                        + " characters of JSON, had " + length
                        + ": store it, and name it by its id"));
            }
        }
    }

    /** @param meanings of values, or of all values that go together, by the places of those at the pointer */
    private static void addRepeated(List<?> meanings, String pointer, List<Problem> problems) {
        Map<Object, Integer> places = new HashMap<>();
        for (int i = 0; i < meanings.size(); i++) {
            Integer first = places.putIfAbsent(meanings.get(i), i);
            if (first != null) {
                problems.add(Problem.of(pointer + "/" + i, "makes the same trials as " + pointer + "/" + first
                        + "; for more trials of the same there are seeds"));
            }
        }
    }

    private static Object meaning(Combination combination) {
        return combination.choices().values().stream().map(choice -> meaning(choice.value())).toList();
    }

    private static Object meaning(Written<Object> value) {
        return meaning(value.json());
    }

    /** The same for the same number, however it is written. */
    private static Object meaning(JsonNode value) {
        return value.isNumber() ? value.decimalValue().stripTrailingZeros() : value;
    }

    private void addUnequal(List<Problem> problems) {
        long first = values.values().stream().mapToLong(SweepPlan::size).findFirst().orElse(0);
        values.forEach((pointer, of) -> {
            if (of.list().isPresent() && size(of) != first) {
                problems.add(Problem.of("/values/" + Problem.token(pointer), "must have " + first
                        + " values, as the first list has, had " + size(of)));
            }
        });
    }

    /**
     * The combinations, each once for all seeds.
     *
     * @param seed from which they are drawn, where they are
     * @param problems to which is added what cannot be drawn
     */
    public List<Combination> combinations(long seed, List<Problem> problems) {
        return switch (search) {
            case Search.Named.GRID -> grid();
            case Search.Named.LIST -> list();
            case Search.Random random -> drawn(random.random(), new Random(seed), problems);
        };
    }

    /** The first pointer's value changes last. */
    private List<Combination> grid() {
        List<Map<String, Choice>> found = List.of(Map.of());
        for (var entry : values.entrySet()) {
            var longer = new ArrayList<Map<String, Choice>>();
            for (Map<String, Choice> begun : found) {
                for (int i = 0; i < size(entry.getValue()); i++) {
                    var next = new LinkedHashMap<>(begun);
                    next.put(entry.getKey(), choice(entry.getValue(), i));
                    longer.add(next);
                }
            }
            found = longer;
        }
        return found.stream().map(Combination::new).toList();
    }

    private static Choice choice(TrialValues values, int place) {
        return new Choice(values.list().orElseThrow().get(place).json(), OptionalInt.of(place));
    }

    private List<Combination> list() {
        var found = new ArrayList<Combination>();
        long count = values.values().stream().mapToLong(SweepPlan::size).findFirst().orElse(1);
        for (int i = 0; i < count; i++) {
            var choices = new LinkedHashMap<String, Choice>();
            for (var entry : values.entrySet()) {
                choices.put(entry.getKey(), choice(entry.getValue(), i));
            }
            found.add(new Combination(choices));
        }
        return found;
    }

    private List<Combination> drawn(int count, Random random, List<Problem> problems) {
        Set<Combination> found = new LinkedHashSet<>();
        for (long tries = 0; found.size() < count && tries < (long) TRIES * count; tries++) {
            var choices = new LinkedHashMap<String, Choice>();
            values.forEach((pointer, of) -> choices.put(pointer, of.range()
                    .map(range -> new Choice(range.draw(random), OptionalInt.empty()))
                    .orElseGet(() -> choice(of, random.nextInt((int) size(of))))));
            found.add(new Combination(choices));
        }
        if (found.size() < count) {
            problems.add(Problem.of("/search/random", "must be no more than there are different combinations, of which "
                    + found.size() + " were found, was " + count));
        }
        return List.copyOf(found);
    }
}
