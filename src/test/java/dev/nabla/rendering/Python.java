package dev.nabla.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.InstalledTools;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
                arguments = [case["inputs"], case["parameters"]] if case["parameters"] else [case["inputs"]]
                try:
                    value = np.asarray(module["evaluate"](*arguments), dtype=float)
                    results.append({"shape": list(value.shape), "values": [repr(float(v)) for v in value.ravel()]})
                except ValueError as error:
                    results.append({"shape": [], "values": [], "error": str(error)})
            json.dump(results, open(sys.argv[2], "w"))
            """;

    private final JsonMapper json = JsonMapper.builder().build();
    private final List<Map<String, Object>> cases = new ArrayList<>();

    /** @param error the message of the ValueError that was raised, if one was */
    record Result(List<Integer> shape, List<Double> values, Optional<String> error) {}

    private record Printed(List<Integer> shape, List<String> values, @Nullable String error) {}

    /** Of one sample. */
    void add(String code, List<Symbol> symbols, Map<String, double[]> values) {
        add(code, symbols, List.of(values), false);
    }

    /** Of a batch. */
    void addBatch(String code, List<Symbol> symbols, List<Map<String, double[]>> samples) {
        add(code, symbols, samples, true);
    }

    private void add(String code, List<Symbol> symbols, List<Map<String, double[]>> samples, boolean isBatch) {
        var parameters = new LinkedHashMap<String, Object>();
        Object inputs = isBatch ? samples.stream().map(_ -> List.of()).toList() : List.of();
        for (Symbol symbol : symbols) {
            List<Object> ofSamples = samples.stream()
                    .map(values -> nested(symbol.shape(), values.get(symbol.name()), 0)).toList();
            Object value = isBatch && symbol.isPerSample() ? ofSamples : ofSamples.getFirst();
            String[] path = symbol.name().split("\\.");
            if (symbol.name().equals("inputs")) {
                inputs = value;
            } else if (path.length == 1) {
                parameters.put(path[0], value);
            } else {
                layer(parameters, path[0]).put(path[1], value);
            }
        }
        call(code, inputs, parameters);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> layer(Map<String, Object> parameters, String name) {
        return (Map<String, Object>) parameters.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
    }

    /** With arguments as they are; without parameters {@code evaluate} is called with inputs only. */
    void call(String code, Object inputs, Map<String, Object> parameters) {
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
            String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(messages).isZero();
            List<Printed> printed = json.readValue(output.toFile(), new TypeReference<>() {});
            Files.delete(input);
            Files.delete(output);
            Files.delete(directory);
            return printed.stream()
                    .map(p -> new Result(p.shape, p.values.stream().map(Python::number).toList(),
                            Optional.ofNullable(p.error))).toList();
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
