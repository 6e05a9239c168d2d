package dev.nabla.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.datasets.files.NpyArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Predictions and evaluations take and give CSV and arrays of NumPy, with the numbers that JSON has. */
class TablesTest extends HttpTest {

    private static final String CSV = "text/csv";
    private static final String NPY = "application/x-npy";
    private static final String JSON_TYPE = "application/json";
    private static final String POINTS = "{\"inputs\": [[0.25, -1], [3, 0.1]]}";

    private static String model;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void thereIsAModel() {
        if (model == null) {
            model = post("/v1/trainings", "{\"network\": {\"inputs\": [\"x\", \"y\"], \"outputs\": [\"u\", \"v\"], \"layers\": "
                    + "[{\"units\": 2}]}, \"dataset\": {\"inputs\": [[1, 2]], \"targets\": [[0, 1]]}, \"epochs\": 2}",
                    "Prefer", "wait=60").json().get("modelId").asString();
        }
    }

    private HttpResponse<byte[]> ask(String path, String type, byte[] body, String accept) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).header("Content-Type", type)
                    .header("Accept", accept).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), ISO_8859_1);
    }

    private static byte[] npy(List<Integer> shape, double... numbers) {
        var bytes = new ByteArrayOutputStream();
        try {
            NpyArray.writeHeader(shape, bytes);
            NpyArray.write(numbers, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] points(String type) {
        return switch (type) {
            case CSV -> "y,x\r\n-1,0.25\r\n0.1,3\r\n".getBytes(ISO_8859_1);
            case NPY -> npy(List.of(2, 2), 0.25, -1, 3, 0.1);
            default -> POINTS.getBytes(ISO_8859_1);
        };
    }

    private JsonNode predicted() {
        return post("/v1/models/" + model + "/predictions", POINTS).json().get("outputs");
    }

    @ParameterizedTest
    @CsvSource({JSON_TYPE, CSV, NPY})
    void predictionsAreTheSameInWhateverFormTheyComeAndGo(String type) throws IOException {
        String path = "/v1/models/" + model + "/predictions";
        JsonNode outputs = predicted();
        HttpResponse<byte[]> json = ask(path, type, points(type), JSON_TYPE);
        assertThat(json.statusCode()).as(text(json)).isEqualTo(200);
        assertThat(JSON.readTree(json.body()).get("outputs")).isEqualTo(outputs);
        HttpResponse<byte[]> csv = ask(path, type, points(type), CSV);
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith(CSV);
        assertThat(text(csv)).isEqualTo("u,v\r\n" + outputs.at("/0/0") + "," + outputs.at("/0/1") + "\r\n" + outputs.at("/1/0") + ","
                + outputs.at("/1/1") + "\r\n");
        HttpResponse<byte[]> npy = ask(path, type, points(type), NPY);
        assertThat(npy.headers().firstValue("Content-Type").orElseThrow()).isEqualTo(NPY);
        NpyArray array = NpyArray.read(new ByteArrayInputStream(npy.body()));
        assertThat(array.shape()).containsExactly(2, 2);
        assertThat(array.numbers()).containsExactly(outputs.at("/0/0").asDouble(), outputs.at("/0/1").asDouble(),
                outputs.at("/1/0").asDouble(), outputs.at("/1/1").asDouble());
        assertThat(ask(path, type, points(type), "*/*").headers().firstValue("Content-Type")).hasValue(JSON_TYPE);
    }

    @Test
    void evaluationsHaveAColumnForEveryEntryAndAnArrayForOneEquation() throws IOException {
        String request = "{\"modelId\": \"" + model + "\", \"equations\": [%s], \"inputs\": [[0.25, -1], [3, 0.1]]}";
        byte[] two = request.formatted("\"u\", \"D(outputs, inputs)\"").getBytes(ISO_8859_1);
        JsonNode results = JSON.readTree(ask("/v1/evaluations", JSON_TYPE, two, JSON_TYPE).body()).get("results");
        HttpResponse<byte[]> csv = ask("/v1/evaluations", JSON_TYPE, two, CSV);
        assertThat(text(csv).lines().toList()).hasSize(3).first().isEqualTo("u,\"D(outputs, inputs)[1,1]\",\"D(outputs, inputs)[1,2]\","
                + "\"D(outputs, inputs)[2,1]\",\"D(outputs, inputs)[2,2]\"");
        assertThat(text(csv).lines().toList().get(1)).startsWith(results.at("/0/values/0") + "," + results.at("/1/values/0/0/0") + ",")
                .endsWith("," + results.at("/1/values/0/1/1"));
        HttpResponse<byte[]> refused = ask("/v1/evaluations", JSON_TYPE, two, NPY);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(refused.body()).at("/errors/0/pointer").asString()).isEqualTo("/equations");
        NpyArray array = NpyArray.read(new ByteArrayInputStream(ask("/v1/evaluations", JSON_TYPE,
                request.formatted("\"D(outputs, inputs)\"").getBytes(ISO_8859_1), NPY).body()));
        assertThat(array.shape()).containsExactly(2, 2, 2);
    }

    @ParameterizedTest
    @CsvSource({CSV, NPY})
    void ofPointsInATableTheRestIsInTheQuery(String type) {
        String path = "/v1/evaluations?modelId=" + model + "&equation=D(u,%20inputs)";
        String body = "{\"modelId\": \"" + model + "\", \"equations\": [\"D(u, inputs)\"], \"inputs\": [[0.25, -1], [3, 0.1]]}";
        assertThat(text(ask(path, type, points(type), JSON_TYPE))).isEqualTo(post("/v1/evaluations", body).response().body());
        assertThat(text(ask(path, type, points(type), CSV)))
                .isEqualTo(text(ask("/v1/evaluations", JSON_TYPE, body.getBytes(ISO_8859_1), CSV)));
        assertThat(text(ask("/v1/evaluations?x=1", type, points(type), JSON_TYPE)))
                .contains("/modelId", "/equation\"", "/x", "is missing");
    }

    @Test
    void whatIsUndefinedIsEmptyInCsvAndNanInAnArray() {
        String body = "{\"modelId\": \"" + model + "\", \"equations\": [\"log(x)\"], \"inputs\": [[0, 1], [1, 1]]}";
        assertThat(text(ask("/v1/evaluations", JSON_TYPE, body.getBytes(ISO_8859_1), CSV))).isEqualTo("log(x)\r\n\"\"\r\n0.0\r\n");
        byte[] npy = ask("/v1/evaluations", JSON_TYPE, body.getBytes(ISO_8859_1), NPY).body();
        byte[] expected = npy(List.of(2), Double.NaN, 0);
        assertThat(npy).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"x,y,z\\n1,2,3\\n | /inputNames", "x\\n1\\n | /inputNames", "x,y\\n1,a\\n | ''", "x,y\\n | ''"})
    void aTableThatDoesNotFitIsRefused(String csv, String pointer) {
        HttpResponse<byte[]> answer = ask("/v1/models/" + model + "/predictions", CSV,
                csv.replace("\\n", "\n").getBytes(ISO_8859_1), JSON_TYPE);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(422);
        assertThat(JSON.readTree(answer.body()).at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void anArrayThatDoesNotFitIsRefused() {
        for (byte[] array : List.of(npy(List.of(4), 1, 2, 3, 4), npy(List.of(1, 3), 1, 2, 3), npy(List.of(0, 2)), new byte[] {1, 2},
                npy(List.of(1, 2), 1, Double.NaN))) {
            HttpResponse<byte[]> answer = ask("/v1/models/" + model + "/predictions", NPY, array, CSV);
            assertThat(answer.statusCode()).as(text(answer)).isEqualTo(422);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }
}
