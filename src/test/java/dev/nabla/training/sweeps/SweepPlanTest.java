package dev.nabla.training.sweeps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.documents.DocumentReader;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SweepPlanTest {

    private static SweepPlan plan(String values, String search) {
        return DocumentReader.trusted("{\"values\": " + values + ", \"seeds\": 2, \"search\": " + search + "}", SweepPlan.class);
    }

    private static List<String> combinations(SweepPlan plan) {
        var problems = new ArrayList<Problem>();
        List<String> texts = plan.combinations(7, problems).stream().map(combination -> combination.choices().entrySet().stream()
                .map(choice -> choice.getKey() + choice.getValue().value()).toList().toString()).toList();
        assertThat(problems).isEmpty();
        return texts;
    }

    @Test
    void theLastPointerOfAGridChangesFirst() {
        SweepPlan plan = plan("{\"/a\": [1, 2], \"/b\": [3, [4], null]}", "\"grid\"");
        assertThat(combinations(plan)).containsExactly("[/a1, /b3]", "[/a1, /b[4]]", "[/a1, /bnull]", "[/a2, /b3]", "[/a2, /b[4]]",
                "[/a2, /bnull]");
        assertThat(plan.trials()).isEqualTo(12);
        assertThat(combinations(plan("{}", "\"grid\""))).containsExactly("[]");
    }

    @Test
    void aListGoesThroughAllAtOnce() {
        SweepPlan plan = plan("{\"/a\": [1, 2], \"/b\": [3, 4]}", "\"list\"");
        assertThat(combinations(plan)).containsExactly("[/a1, /b3]", "[/a2, /b4]");
        assertThat(plan.trials()).isEqualTo(4);
    }

    @Test
    void manyListsHaveVeryManyTrials() {
        String list = "[" + String.join(",", IntStream.range(0, 10_000).mapToObj(String::valueOf).toList()) + "]";
        SweepPlan plan = plan("{\"/a\": %1$s, \"/b\": %1$s, \"/c\": %1$s, \"/d\": %1$s, \"/e\": %1$s}".formatted(list), "\"grid\"");
        assertThat(plan.trials()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aPlanIsStoredAsItWasPosted() {
        var json = JsonMapper.builder().build();
        for (String search : new String[] {"\"grid\"", "\"list\"", "{\"random\":5}"}) {
            SweepPlan plan = plan("{\"/a\": [1, 2.50, 1e-30, 12345678901234567890], \"/b\": {\"from\": 1, \"to\": 2, \"scale\": \"log\"}}", search);
            SweepPlan again = DocumentReader.trusted(json.writeValueAsString(plan), SweepPlan.class);
            assertThat(json.writeValueAsString(again)).isEqualTo(json.writeValueAsString(plan)).contains("12345678901234567890", search);
        }
    }

    @Test
    void numbersOfARangeAreWithinItAndOnScales() {
        var random = new Random(3);
        var linear = new SweepRange(-2, 2, SweepRange.Scale.LINEAR, false);
        var log = new SweepRange(1e-4, 1, SweepRange.Scale.LOG, false);
        var integer = new SweepRange(-1, 2, SweepRange.Scale.LINEAR, true);
        var integers = new SweepRange(1, 64, SweepRange.Scale.LOG, true);
        int n = 20_000;
        double[] ofLinear = IntStream.range(0, n).mapToDouble(i -> linear.draw(random).asDouble()).toArray();
        double[] ofLog = IntStream.range(0, n).mapToDouble(i -> log.draw(random).asDouble()).toArray();
        assertThat(Arrays.stream(ofLinear)).allMatch(x -> x >= -2 && x <= 2);
        assertThat(Arrays.stream(ofLog)).allMatch(x -> x >= 1e-4 && x <= 1);
        assertThat(part(ofLinear, 0)).isBetween(0.48, 0.52);
        assertThat(part(ofLog, 1e-2)).as("half of four decades").isBetween(0.48, 0.52);
        int[] counts = new int[4];
        IntStream.range(0, n).forEach(i -> counts[integer.draw(random).asInt() + 1]++);
        assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - n / 4) < n / 40);
        List<Integer> drawn = IntStream.range(0, n).mapToObj(i -> integers.draw(random).asInt()).distinct().sorted().toList();
        assertThat(drawn).startsWith(1, 2, 3).endsWith(63, 64);
    }

    private static double part(double[] values, double below) {
        return Arrays.stream(values).filter(value -> value < below).count() / (double) values.length;
    }
}
