package dev.nabla.benchmark;

import dev.nabla.benchmark.ManyTrainingsBenchmark.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints the JSON that JMH leaves as Markdown: a table for each benchmark, with the ratios of kernels to others, and of many
 * trainings the seconds side by side to those one after the other; of what grows, the exponents.
 */
final class ResultTable {

    /** Operations per second of each framework at one case of a benchmark. */
    private static final class Scores extends LinkedHashMap<String, Double> {
        private static final long serialVersionUID = 1;
    }

    private static final String KERNELS = Framework.NABLA_KERNELS.name();

    private ResultTable() {}

    /** @param arguments the path of the JSON */
    public static void main(String[] arguments) {
        var benchmarks = new LinkedHashMap<String, Map<List<String>, Scores>>();
        var seconds = new EnumMap<Running, Double>(Running.class);
        var growth = new GrowthReport();
        for (JsonNode result : JsonMapper.shared().readTree(Path.of(arguments[0]))) {
            if (result.get("params").has("growing")) {
                growth.add(result);
                continue;
            }
            if (result.get("params").has("running")) {
                seconds.put(Running.valueOf(result.get("params").get("running").asString()),
                        result.get("primaryMetric").get("score").asDouble());
                continue;
            }
            String[] name = result.get("benchmark").asString().split("\\.");
            var parameters = new ArrayList<String>();
            result.get("params").properties().forEach(parameter -> {
                if (!parameter.getKey().equals("framework")) {
                    parameters.add(parameter.getKey() + " " + parameter.getValue().asString());
                }
            });
            benchmarks.computeIfAbsent(name[name.length - 2], _ -> new LinkedHashMap<>())
                    .computeIfAbsent(List.copyOf(parameters.reversed()), _ -> new Scores())
                    .put(result.get("params").get("framework").asString(),
                            result.get("primaryMetric").get("score").asDouble());
        }
        System.out.println(machine());
        benchmarks.forEach(ResultTable::print);
        growth.print(Path.of(arguments[0]).resolveSibling("growth.svg"));
        Double one = seconds.get(Running.ONE);
        Double all = seconds.get(Running.AS_SHIPPED);
        if (one != null && all != null) {
            System.out.printf(Locale.ROOT, "%nMany trainings: %.1f s one after the other, %.1f s as shipped, ratio %.2f%n", one, all,
                    all / one);
        }
    }

    private static String machine() {
        return "%d cores, %s, preferred vectors of %d bits, Java %s (%s). Operations per second; in brackets NABLA_KERNELS / other."
                .formatted(Runtime.getRuntime().availableProcessors(), System.getProperty("os.arch"),
                        DoubleVector.SPECIES_PREFERRED.vectorBitSize(), Runtime.version(),
                        System.getProperty("java.vm.name"));
    }

    private static void print(String benchmark, Map<List<String>, Scores> cases) {
        List<String> frameworks = cases.values().stream().flatMap(scores -> scores.keySet().stream()).distinct().toList();
        System.out.println("\n### " + benchmark + "\n");
        System.out.println(row("", frameworks));
        System.out.println(row("---", frameworks.stream().map(_ -> "---:").toList()));
        cases.forEach((parameters, scores) -> System.out.println(row(String.join(", ", parameters),
                frameworks.stream().map(framework -> cell(scores, framework)).toList())));
    }

    private static String row(String first, List<String> others) {
        return "| " + first + " | " + String.join(" | ", others) + " |";
    }

    private static String cell(Scores scores, String framework) {
        Double score = scores.get(framework);
        Double kernels = scores.get(KERNELS);
        if (score == null) {
            return "";
        }
        String number = String.format(Locale.ROOT, "%,.0f", score);
        return kernels == null || framework.equals(KERNELS) ? number
                : number + String.format(Locale.ROOT, kernels < score ? " (%.2f×)" : kernels < 10 * score ? " (%.1f×)" : " (%.0f×)",
                        kernels / score);
    }
}
