package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.InstalledTools;
import dev.nabla.datasets.files.NpyArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Weights and biases in files that NumPy has written, with {@code savez} and with {@code savez_compressed}. */
class NumpyImportTest extends HttpTest {

    private static final int FILES = 40;

    private Answer bring(String path, String type, byte[] file, String... headers) {
        return send(request(path, headers).header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(file)));
    }

    @Test
    void dictionariesOfNumpyAreModelsWithTheSameBits(@TempDir Path directory) throws Exception {
        InstalledTools.require("python3 with NumPy is", "python3", "-c", "import numpy");
        int seed = new Random().nextInt(Integer.MAX_VALUE);
        System.out.println("seed " + seed);
        Process python = new ProcessBuilder("python3", "src/test/python/state_dictionaries.py", String.valueOf(seed),
                String.valueOf(FILES), directory.toString()).redirectErrorStream(true).start();
        String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(printed).isZero();
        String[] ways = {"/v1/models/import application/x-npz", "/v1/models/import application/zip", "/v1/models/import/npz "
                + "application/x-npz", "/v1/models/import/npz application/octet-stream"};
        for (int i = 0; i < FILES; i++) {
            String[] way = ways[i % ways.length].split(" ");
            Answer answer = bring(way[0], way[1], Files.readAllBytes(directory.resolve(i + ".npz")));
            assertThat(answer.status()).as("%s of seed %s: %s", i, seed, answer.response().body()).isEqualTo(201);
            JsonNode expected = JSON.readTree(Files.readString(directory.resolve(i + ".json")));
            String model = "/v1/models/" + answer.json().get("id").asString();
            assertThat(get(model + "/parameters").json()).as("%s of seed %s", i, seed).isEqualTo(expected.get("parameters"));
            JsonNode values = post(model + "/predictions", "{\"inputs\": " + expected.get("points") + "}").json().get("outputs");
            for (int s = 0; s < values.size(); s++) {
                for (int k = 0; k < values.get(s).size(); k++) {
                    assertThat(values.get(s).get(k).asDouble()).as("%s of seed %s", i, seed)
                            .isCloseTo(expected.get("values").get(s).get(k).asDouble(), within(1e-13));
                }
            }
        }
    }

    /** {@code numpy.save} of a matrix of doubles, without the numbers. */
    private static byte[] matrix(int rows, int columns, double... numbers) throws IOException {
        var bytes = new ByteArrayOutputStream();
        NpyArray.writeHeader(List.of(rows, columns), bytes);
        NpyArray.write(numbers, bytes);
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, byte[] entry) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(entry);
        }
        return bytes.toByteArray();
    }

    @Test
    void theQuerySaysWhatTheFileDoesNot() throws IOException {
        byte[] file = zip("only.weight.npy", matrix(1, 2, 3, -1));
        String query = "?name=mine&tags=brought&inputs=x,y&outputs=z&activation=relu&lastActivation=x%5E2";
        String key = UUID.randomUUID().toString();
        JsonNode model = bring("/v1/models/import" + query, "application/zip", file, "Idempotency-Key", key).json();
        assertThat(bring("/v1/models/import" + query, "application/zip", file, "Idempotency-Key", key).json()).isEqualTo(model);
        assertThat(model.get("name").asString()).isEqualTo("mine");
        JsonNode network = get("/v1/networks/" + model.get("networkId").asString()).json();
        assertThat(network.get("inputs").toString() + network.get("outputs")).isEqualTo("[\"x\",\"y\"][\"z\"]");
        assertThat(post("/v1/models/" + model.get("id").asString() + "/predictions", "{\"inputs\": [[2, 1]]}").json()
                .get("outputs").toString()).isEqualTo("[[25.0]]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | a.weight.npy | 1 | 2 | | ",
        "?inputs=x | a.weight.npy | 1 | 2 | /inputs | must name the 2 inputs of the layers, named 1",
        "?activation=rel | a.weight.npy | 1 | 2 | /activation | was 'rel', did you mean relu? It must be one of",
        "?lastActivation=x%2B | a.weight.npy | 1 | 2 | /lastActivation | must be an equation in x",
        "'' | arr_0.npy | 1 | 2 | /arr_0 | must be called as the weight or the bias of a layer: fc1.weight, fc1.bias",
        "'' | a.weight | 1 | 2 | /a.weight | must be an array, and be called a.weight.npy",
        "'' | a.bias.npy | 1 | 2 | /a.bias | must be the weight of a dense layer, a row for each of its units, which is missing",
        "'' | a.weight.npy | 0 | 2 | /a.weight | as an NPY file it must be a vector or a matrix of numbers, has the shape [0, 2]",
        "'' | a.weight.npy | 1 | 5000 | / | must",
        "'' | a/b.weight.npy | 2000000000 | 0 | /a~1b.weight | as an NPY file it must be a vector or a matrix of numbers",
        "'' | a.weight.npy | 100000 | 100000 | /a.weight | as an NPY file it must have at most 16777216 numbers"
    })
    void whatDoesNotFitIsToldByItsName(String query, String name, int rows, int columns, String pointer, String detail) throws IOException {
        long count = (long) rows * columns;
        Answer answer = bring("/v1/models/import" + query, "application/x-npz",
                zip(name, matrix(rows, columns, new double[count > 10_000 ? 0 : (int) count])));
        if (pointer == null) {
            assertThat(answer.status()).isEqualTo(201);
            return;
        }
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).as(answer.response().body()).startsWith(pointer);
        assertThat(answer.json().at("/errors/0/detail").asString()).startsWith(detail);
    }
}
