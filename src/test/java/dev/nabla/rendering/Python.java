package dev.nabla.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.InstalledTools;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs printed modules, all in one Python process. Where python3 or NumPy is missing the test is aborted; in continuous
 * integration (CI=true) it fails.
 */
final class Python {

    private static final String DRIVER = """
            import json, sys
            import numpy as np
            np.seterr(all="ignore")
            results = []
            for case in json.load(open(sys.argv[1])):
                module = {}
                exec(case["code"], module)
                value = np.asarray(module["evaluate"](case["inputs"], case["parameters"]), dtype=float)
                results.append({"shape": list(value.shape), "values": [repr(float(v)) for v in value.ravel()]})
            json.dump(results, open(sys.argv[2], "w"))
            """;

    private final JsonMapper json = JsonMapper.builder().build();
    private final List<Map<String, Object>> cases = new ArrayList<>();

    record Result(List<Integer> shape, List<Double> values) {}

    private record Printed(List<Integer> shape, List<String> values) {}

    void add(String code, List<Symbol> symbols, Map<String, double[]> values) {
        var parameters = new LinkedHashMap<String, Map<String, Object>>();
        Object inputs = List.of();
        for (Symbol symbol : symbols) {
            Object value = nested(symbol.shape(), values.get(symbol.name()), 0);
            if (symbol.name().equals("inputs")) {
                inputs = value;
            } else {
                String[] path = symbol.name().split("\\.");
                parameters.computeIfAbsent(path[0], _ -> new LinkedHashMap<>()).put(path[1], value);
            }
        }
        cases.add(Map.of("code", code, "inputs", inputs, "parameters", parameters));
    }

    private static Object nested(Shape shape, double[] values, int from) {
        if (shape.isScalar()) {
            return values[from];
        }
        Shape part = shape.withoutLeading(1);
        var parts = new ArrayList<Object>();
        for (int i = 0; i < shape.dimension(0); i++) {
            parts.add(nested(part, values, from + i * part.size()));
        }
        return parts;
    }

    List<Result> run() {
        try {
            InstalledTools.require("python3 with NumPy is", "python3", "-c", "import numpy");
            Path directory = Files.createTempDirectory("nabla-python");
            Path input = directory.resolve("cases.json");
            Path output = directory.resolve("results.json");
            json.writeValue(input.toFile(), cases);
            Process process = start("-c", DRIVER, input.toString(), output.toString());
            String messages = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(messages).isZero();
            List<Printed> printed = json.readValue(output.toFile(), new TypeReference<>() {});
            Files.delete(input);
            Files.delete(output);
            Files.delete(directory);
            return printed.stream()
                    .map(p -> new Result(p.shape, p.values.stream().map(Python::number).toList())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double number(String written) {
        return switch (written) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(written);
        };
    }

    private static Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
