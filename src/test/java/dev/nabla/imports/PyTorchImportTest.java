package dev.nabla.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.InstalledTools;
import dev.nabla.expression.Conditioning;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Interpreter;
import dev.nabla.imports.onnx.OnnxReader;
import dev.nabla.network.Network;
import dev.nabla.problems.InvalidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files as PyTorch's exporter writes them, of random networks, with the outputs and the Jacobians that PyTorch computes of
 * those. Debian's python3-torch is needed, which belongs to /usr/bin/python3.
 */
class PyTorchImportTest {

    private static final String PYTHON = "/usr/bin/python3";

    /** One of every activation at least. */
    private static final int NETWORKS = 48;

    /** Exponentials of exponentials may be infinite, which Python writes as what JSON has no word for. */
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    @Test
    void whatPyTorchExportsHasItsOutputsAndItsJacobians(@TempDir Path directory) throws Exception {
        InstalledTools.require("PyTorch for " + PYTHON + " (Debian's python3-torch) is", PYTHON, "-c", "import torch");
        int seed = new Random().nextInt(1_000_000);
        System.out.println("seed " + seed);
        Process python = new ProcessBuilder(PYTHON, "src/test/python/export_networks.py", String.valueOf(seed),
                String.valueOf(NETWORKS), directory.toString()).redirectErrorStream(true).start();
        String printed = new String(python.getInputStream().readAllBytes(), UTF_8);
        assertThat(python.waitFor()).as(printed).isZero();
        int compared = 0;
        for (int i = 0; i < NETWORKS; i++) {
            compared += requireSame(Files.readAllBytes(directory.resolve(i + ".onnx")), JSON.readTree(Files.readString(directory.resolve(i + ".json"))),
                    "network " + i + " of seed " + seed) ? 1 : 0;
        }
        assertThat(compared).as("seed %d", seed).isGreaterThan(NETWORKS * 3 / 4);
    }

    /**
     * Whether it was compared at any point: some random ones are too long where they are written as equations, and are refused as
     * that, and some are infinite.
     */
    private static boolean requireSame(byte[] file, JsonNode expected, String which) throws IOException {
        String what = which + ": " + expected.get("what").asString();
        ImportedModel model;
        try {
            model = Recognition.of(OnnxReader.read(file, List.of(), List.of(), List.of()), Optional.empty());
        } catch (InvalidException e) {
            assertThat(e).as(what).hasMessageContaining("as equations has more than 1000000 characters");
            return false;
        }
        Network network = Network.of(model.definition());
        // Numbers that a graph in single precision has within itself, as the root of 2 in GELU, are as precise as that.
        double tolerance = expected.get("isDouble").asBoolean() ? 1e-12 : 1e-6;
        // PyTorch has a sixth in single precision in the slopes of these, whatever the network is in.
        double ofSlopes = what.contains("Hardsigmoid()") || what.contains("Hardswish()") ? 1e-6 : tolerance;
        Map<String, double[]> values = new HashMap<>();
        network.parameters().split(model.parameters()).forEach((symbol, numbers) -> values.put(symbol.name(), numbers));
        Expression jacobian = Derivative.of(network.outputs(), network.inputs());
        boolean isCompared = false;
        for (int s = 0; s < expected.get("points").size(); s++) {
            values.put(Network.INPUTS, numbers(expected.get("points").get(s)));
            boolean areNumbers = isClose(network.outputs(), values, expected.get("outputs").get(s), tolerance, what);
            isCompared |= isClose(jacobian, values, expected.get("jacobians").get(s), ofSlopes, what) && areNumbers;
        }
        return isCompared;
    }

    /** Requires it where PyTorch has numbers. */
    private static boolean isClose(Expression expression, Map<String, double[]> values, JsonNode expected, double tolerance,
            String what) {
        double[] numbers = numbers(expected);
        double[] found = Interpreter.evaluate(expression, values);
        assertThat(found).as(what).hasSameSizeAs(numbers);
        if (!DoubleStream.of(numbers).allMatch(Double::isFinite)) {
            return false;
        }
        double size = Math.max(1, Conditioning.size(expression, values, numbers));
        IntStream.range(0, numbers.length).forEach(i -> assertThat(found[i]).as(what)
                .isCloseTo(numbers[i], within(tolerance * size)));
        return true;
    }

    /** All numbers of lists in lists, row by row. */
    private static double[] numbers(JsonNode node) {
        return flat(node).toArray();
    }

    private static DoubleStream flat(JsonNode node) {
        return node.isArray() ? Stream.iterate(0, i -> i < node.size(), i -> i + 1).flatMapToDouble(i -> flat(node.get(i)))
                : DoubleStream.of(node.asDouble());
    }
}
