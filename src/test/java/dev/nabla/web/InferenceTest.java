package dev.nabla.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** The Open Inference Protocol as its clients speak it, held to the protocol's own document. */
class InferenceTest extends HttpTest {

    private static final String LENGTH_OF_JSON = "Inference-Header-Content-Length";
    private static final double[] POINTS = {0.25, -1, 3, 0.1};

    private static String model;

    private final HttpClient client = HttpClient.newHttpClient();

    /** An answer in bytes. */
    private record Bytes(HttpResponse<byte[]> response) {

        JsonNode json() {
            int length = response.headers().firstValue(LENGTH_OF_JSON).map(Integer::parseInt).orElse(response.body().length);
            return JSON.readTree(Arrays.copyOf(response.body(), length));
        }

        ByteBuffer behind() {
            int length = Integer.parseInt(response.headers().firstValue(LENGTH_OF_JSON).orElseThrow());
            return ByteBuffer.wrap(response.body(), length, response.body().length - length).slice().order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @BeforeEach
    void thereIsAModel() {
        if (model == null) {
            model = post("/v1/trainings", "{\"network\": " + SEED_NETWORK + ", \"dataset\": " + GAUSSIAN + ", \"epochs\": 3}",
                    "Prefer", "wait=60").json().get("modelId").asString();
        }
    }

    private Bytes infer(byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/v2/models/" + model
                + "/infer")).POST(BodyPublishers.ofByteArray(body));
        try {
            return new Bytes(client.send((headers.length == 0 ? request : request.headers(headers)).build(),
                    BodyHandlers.ofByteArray()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Bytes infer(String json) {
        return infer(json.getBytes(UTF_8), "Content-Type", "application/json");
    }

    private JsonNode answered(String json) {
        Bytes answer = infer(json);
        assertThat(answer.response().statusCode()).as(new String(answer.response().body(), UTF_8)).isEqualTo(200);
        requireValid("inference_request", JSON.readTree(json));
        requireValid("inference_response", answer.json());
        return answer.json();
    }

    private double[] predicted() {
        JsonNode outputs = post("/v1/models/" + model + "/predictions", "{\"inputs\": [[0.25, -1], [3, 0.1]]}").json().get("outputs");
        return new double[] {outputs.at("/0/0").asDouble(), outputs.at("/1/0").asDouble()};
    }

    private static String tensor(String name, String shape, String datatype, String data) {
        return "{\"name\": \"%s\", \"shape\": %s, \"datatype\": \"%s\", \"data\": %s}".formatted(name, shape, datatype, data);
    }

    private static void requireValid(String component, JsonNode value) {
        try (InputStream yaml = InferenceTest.class.getResourceAsStream(
                "/open-inference-protocol/open_inference_rest.yaml")) {
            JsonNode document = JSON.valueToTree(new Yaml().<Map<String, Object>>load(yaml));
            var registry = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30(),
                    builder -> builder.schemas(Map.of("urn:protocol", document.toString())));
            assertThat(registry.getSchema(JSON.readTree("{\"$ref\": \"urn:protocol#/components/schemas/" + component + "\"}"))
                    .validate(value).stream().map(Error::toString)).as(value.toString()).isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theServerSaysWhatItIsAndThatItLives() {
        for (String path : List.of("/v2", "/v2/")) {
            JsonNode server = get(path).json();
            requireValid("metadata_server_response", server);
            assertThat(server.get("extensions").toString()).isEqualTo("[\"binary_tensor_data\"]");
        }
        assertThat(get("/v2/health/live").json().get("live").asBoolean()).isTrue();
        assertThat(get("/v2/health/ready").json().get("ready").asBoolean()).isTrue();
        assertThat(get("/v2/models/" + model + "/ready").json().get("ready").asBoolean()).isTrue();
        JsonNode metadata = get("/v2/models/" + model).json();
        requireValid("metadata_model_response", metadata);
        assertThat(metadata.get("inputs").toString())
                .isEqualTo("[{\"name\":\"inputs\",\"datatype\":\"FP64\",\"shape\":[-1,2]}]");
        assertThat(metadata.get("outputs").toString())
                .isEqualTo("[{\"name\":\"outputs\",\"datatype\":\"FP64\",\"shape\":[-1,1]}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.25, -1, 3, 0.1]", "[[0.25, -1], [3, 0.1]]"})
    void flatAndNestedDataAreAnsweredAsPredictionsAre(String data) {
        JsonNode answer = answered("{\"id\": \"42\", \"parameters\": {\"priority\": 1, \"sequence_start\": true, \"who\": \"a\"}, "
                + "\"inputs\": [" + tensor("inputs", "[2, 2]", "FP64", data) + "]}");
        double[] predicted = predicted();
        assertThat(answer.toString()).isEqualTo("{\"model_name\":\"" + model + "\",\"id\":\"42\",\"parameters\":{\"priority\":1.0,"
                + "\"sequence_start\":true,\"who\":\"a\"},\"outputs\":[{\"name\":\"outputs\",\"shape\":[2,1],\"datatype\":\"FP64\","
                + "\"data\":[" + predicted[0] + "," + predicted[1] + "]}]}");
    }

    @Test
    void aTensorForEveryInputIsTheSameInAnyOrderAndEquationsAreOutputs() {
        JsonNode answer = answered("{\"inputs\": [" + tensor("y", "[2, 1]", "FP64", "[[-1], [0.1]]") + ", "
                + tensor("x", "[2]", "FP64", "[0.25, 3]") + "], \"outputs\": [{\"name\": \"z\"}, {\"name\": \"D(z, inputs)\"}, "
                + "{\"name\": \"L1.W\"}, {\"name\": \"outputs\"}]}");
        double[] predicted = predicted();
        assertThat(answer.at("/outputs/0/data").toString()).isEqualTo("[" + predicted[0] + "," + predicted[1] + "]");
        assertThat(answer.at("/outputs/0/shape").toString()).isEqualTo("[2]");
        assertThat(answer.at("/outputs/1/shape").toString()).isEqualTo("[2,2]");
        assertThat(answer.at("/outputs/2/shape").toString()).isEqualTo("[2,3,2]");
        assertThat(answer.at("/outputs/3/data")).isEqualTo(answer.at("/outputs/0/data"));
        JsonNode evaluated = post("/v1/evaluations", "{\"modelId\": \"" + model + "\", \"equations\": [\"z\", \"D(z, inputs)\", "
                + "\"L1.W\", \"outputs\"], \"inputs\": [[0.25, -1], [3, 0.1]]}").json().at("/results/1/values");
        assertThat(answer.at("/outputs/1/data").toString())
                .isEqualTo(evaluated.toString().replace("[[", "[").replace("]]", "]").replace("],[", ","));
    }

    @Test
    void singlePrecisionIsReadAndAnsweredAsSuch() {
        JsonNode answer = answered("{\"inputs\": [" + tensor("inputs", "[2, 2]", "FP32", "[0.25, -1, 3, 0.1]") + "]}");
        assertThat(answer.at("/outputs/0/datatype").asString()).isEqualTo("FP32");
        double exact = post("/v1/models/" + model + "/predictions", "{\"inputs\": [[3, " + (double) 0.1f + "]]}").json()
                .at("/outputs/0/0").asDouble();
        assertThat(answer.at("/outputs/0/data/1").toString()).isEqualTo(String.valueOf((float) exact));
        assertThat(error("{\"inputs\": [" + tensor("inputs", "[1, 2]", "FP32", "[0, 1e39]") + "]}"))
                .isEqualTo("the request has an error: /inputs/0/data/1 must be a finite number of the datatype");
        assertThat(error("{\"inputs\": [" + tensor("inputs", "[1, 2]", "FP32", "[0, 1]") + "], \"outputs\": [{\"name\": \"1e39 * y\"}]}"))
                .isEqualTo("the request has an error: /outputs/0 '1e39 * y' is larger than any FP32 for sample 0: send the "
                        + "inputs as FP64");
    }

    private String error(String json) {
        Bytes answer = infer(json);
        assertThat(answer.response().statusCode()).as(answer.json().toString()).isEqualTo(400);
        requireValid("inference_error_response", answer.json());
        return answer.json().get("error").asString();
    }

    /** The bytes that the HTTP client of Triton (tritonclient.http, 2.x) sends for {@code set_data_from_numpy(…)}. */
    private static byte[] ofTriton(String json, byte[]... tensors) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(json.getBytes(UTF_8));
        Arrays.stream(tensors).forEach(body::writeBytes);
        return body.toByteArray();
    }

    private static byte[] doubles(double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        DoubleStream.of(numbers).forEach(bytes::putDouble);
        return bytes.array();
    }

    private static byte[] floats(double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        DoubleStream.of(numbers).forEach(number -> bytes.putFloat((float) number));
        return bytes.array();
    }

    @Test
    void aClientOfTritonIsAnsweredInBytesWithoutAskingForOutputs() {
        String json = "{\"id\":\"7\",\"inputs\":[{\"name\":\"inputs\",\"shape\":[2,2],\"datatype\":\"FP64\",\"parameters\":"
                + "{\"binary_data_size\":32}}],\"parameters\":{\"binary_data_output\":true}}";
        Bytes answer = infer(ofTriton(json, doubles(POINTS)), LENGTH_OF_JSON, String.valueOf(json.length()));
        assertThat(answer.response().statusCode()).as(new String(answer.response().body(), UTF_8)).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.json().toString()).isEqualTo("{\"model_name\":\"" + model + "\",\"id\":\"7\",\"outputs\":[{\"name\":"
                + "\"outputs\",\"shape\":[2,1],\"datatype\":\"FP64\",\"parameters\":{\"binary_data_size\":16}}]}");
        assertThat(answer.behind()).isEqualTo(ByteBuffer.wrap(doubles(predicted())));
    }

    @Test
    void aClientOfTritonChoosesWhatComesInBytes() {
        String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,1],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":8}},"
                + "{\"name\":\"y\",\"shape\":[2,1],\"datatype\":\"FP32\",\"data\":[-1,0.5]}],\"outputs\":[{\"name\":\"z\","
                + "\"parameters\":{\"binary_data\":true}},{\"name\":\"x\",\"parameters\":{\"binary_data\":false}},"
                + "{\"name\":\"D(z, inputs)\",\"parameters\":{\"binary_data\":true}}]}";
        Bytes answer = infer(ofTriton(json, floats(0.25, 3)), LENGTH_OF_JSON, String.valueOf(json.length()), "Content-Type",
                "application/octet-stream");
        assertThat(answer.response().statusCode()).as(new String(answer.response().body(), UTF_8)).isEqualTo(200);
        assertThat(answer.json().at("/outputs/1/data").toString()).isEqualTo("[0.25,3.0]");
        assertThat(answer.behind().remaining()).isEqualTo(4 * (2 + 4));
        assertThat(answer.behind().getFloat()).isCloseTo((float) predicted()[0], within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/hal+json", "application/vnd.x+json", "application/problem+json", "text/plain"})
    void anotherMediaTypeIsRefused(String mediaType) {
        Bytes answer = infer("{\"inputs\": []}".getBytes(UTF_8), "Content-Type", mediaType);
        assertThat(answer.response().statusCode()).as(new String(answer.response().body(), UTF_8)).isEqualTo(415);
        assertThat(new String(answer.response().body(), UTF_8)).contains("application/json").doesNotContain("*+json");
        assertThat(answer.json().get("error").asString()).contains("application/json");
    }

    @Test
    void aClientOfTritonThatSendsJsonOnlyNamesNoMediaType() {
        Bytes answer = infer(("{\"inputs\": [" + tensor("inputs", "[1, 2]", "FP64", "[0.25, -1]") + "], \"parameters\": "
                + "{\"binary_data_output\": true}}").getBytes(UTF_8));
        assertThat(answer.response().statusCode()).as(new String(answer.response().body(), UTF_8)).isEqualTo(200);
        assertThat(answer.behind().getDouble()).isEqualTo(predicted()[0]);
        Bytes bytes = infer(("{\"inputs\": [" + tensor("inputs", "[1, 2]", "FP64", "[0.25, -1]") + "]}").getBytes(UTF_8), "Accept",
                "application/octet-stream");
        assertThat(bytes.behind().getDouble()).isEqualTo(predicted()[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "32 | 32 | 0 | inputs/0 needs 32 bytes behind the JSON, of which 0 are left",
        "32 | 24 | 32 | inputs/0/parameters/binary_data_size must be 32, was 24.0",
        "40 | 32 | 40 | inputs leave 8 of the 40 bytes behind the JSON",
        "32 | \"a\" | 32 | inputs/0/parameters/binary_data_size must be 32, was a"})
    void bytesThatDoNotFitAreRefused(int used, String size, int sent, String error) {
        String json = "{\"inputs\":[{\"name\":\"inputs\",\"shape\":[2,2],\"datatype\":\"FP64\",\"parameters\":{\"binary_data_size\":"
                + size + "}}]}";
        Bytes answer = infer(ofTriton(json, new byte[sent]), LENGTH_OF_JSON, String.valueOf(json.length()));
        assertThat(answer.response().statusCode()).as("%s", used).isEqualTo(400);
        assertThat(answer.json().get("error").asString()).isEqualTo("the request has an error: /" + error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1000000", "99999999999999999999", "3"})
    void aLengthThatIsNoneIsRefused(String length) {
        Bytes answer = infer(("{\"inputs\": [" + tensor("inputs", "[1, 2]", "FP64", "[0, 0]") + "]}").getBytes(UTF_8),
                LENGTH_OF_JSON, length);
        assertThat(answer.response().statusCode()).isEqualTo(400);
        requireValid("inference_error_response", answer.json());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{} | /inputs is missing",
        "{\"inputs\": []} | /inputs must have at least 1 item, had 0",
        "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [1, 2], \"datatype\": \"INT64\", \"data\": [1, 2]}]} | "
                + "/inputs/0/datatype must be one of FP64, FP32, was 'INT64'",
        "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [1, 3], \"datatype\": \"FP64\", \"data\": [1, 2, 3]}]} | "
                + "/inputs/0/shape must be [samples, 2], was [1, 3]",
        "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [2, 2], \"datatype\": \"FP64\", \"data\": [1, 2, 3]}]} | "
                + "/inputs/0/data must have 4 numbers, or rows of them, as the shape says, had 3 items",
        "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [2, 2], \"datatype\": \"FP64\", \"data\": [[1, 2], [3]]}]} | "
                + "/inputs/0/data/1 must be an array of 2 numbers",
        "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [1, 2], \"datatype\": \"FP64\", \"data\": [1, \"a\"]}]} | "
                + "/inputs/0/data/1 must be a finite number of the datatype",
        "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [1, 2], \"datatype\": \"FP64\"}]} | "
                + "/inputs/0/data is missing, and parameters have no binary_data_size",
        "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1]}]} | "
                + "/inputs must have a tensor for every input of the network; missing are y",
        "{\"inputs\": [{\"name\": \"q\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1]}]} | /inputs/0/name must be "
                + "inputs alone, or the name of an input of the network, which are x, y; was 'q'",
        "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1]}, {\"name\": \"y\", \"shape\": "
                + "[2], \"datatype\": \"FP64\", \"data\": [1, 2]}]} | /inputs/1/shape must have as many samples as the first tensor, "
                + "which has 1, had 2",
        "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [1, 2], \"datatype\": \"FP64\", \"data\": [1, 2]}], \"outputs\": "
                + "[{\"name\": \"z +\"}]} | /outputs/0/name expected a number, a name, '(' or '[', found the end",
        "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [1, 2], \"datatype\": \"FP64\", \"data\": [0, 2]}], \"outputs\": "
                + "[{\"name\": \"z\"}, {\"name\": \"log(x)\"}]} | /outputs/1 'log(x)' is no finite number for sample 0: log of 0",
        "{\"inputs\": [{\"name\": \"inputs\", \"shape\": [1, 2], \"datatype\": \"FP64\", \"data\": [0, 2]}], \"outputs\": "
                + "[{\"name\": \"z\", \"parameters\": {\"classification\": 3}}]} | /outputs/0/parameters/classification is not supported"
    })
    void whatIsWrongIsToldAsTheProtocolDoes(String request, String error) {
        assertThat(error(request)).isEqualTo("the request has an error: " + error);
    }

    @Test
    void everyErrorBelowIsOneOfTheProtocol() {
        String unknown = "/v2/models/" + UUID.randomUUID();
        for (Answer answer : List.of(get(unknown), get(unknown + "/ready"), post(unknown + "/infer", "{\"inputs\": ["
                + tensor("inputs", "[1, 2]", "FP64", "[0, 0]") + "]}"), get("/v2/nothing"), delete("/v2"),
                post("/v2/models/" + model + "/infer", "{"), post("/v2/models/" + model + "/infer", ""),
                get("/v2/models/" + model + "?x=1"), get("/v2", "Accept", "text/html"), get("/v2/models/a%2Fb"),
                get("/v2/models/a%5Cb"), get("/v2/models/a;b=c"), get("/v2/models/a%00b"), get("/v2/models/a%25b"))) {
            assertThat(answer.status()).isIn(400, 404, 405, 406);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            requireValid("inference_error_response", answer.json());
            assertThat(answer.json().get("error").asString()).isNotEmpty();
        }
        assertThat(get(unknown).json().get("error").asString()).startsWith("there is no model '");
        assertThat(get("/v1/models/a%2Fb").header("Content-Type")).startsWith("application/problem+json");
    }

    /** A request in bytes with bytes of it changed, left out or said twice is answered, and never by a fault of the service. */
    @Test
    void noBytesAreAFaultOfTheService() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        String json = "{\"inputs\":[{\"name\":\"inputs\",\"shape\":[2,2],\"datatype\":\"FP64\",\"parameters\":{\"binary_data_size\":32}}],"
                + "\"outputs\":[{\"name\":\"z\",\"parameters\":{\"binary_data\":true}}]}";
        int right = 0;
        for (int i = 0; i < 400; i++) {
            var random = new SplittableRandom(seed + i);
            byte[] body = ofTriton(json, doubles(POINTS));
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(body.length);
                body = switch (random.nextInt(4)) {
                    case 0 -> Arrays.copyOf(body, at);
                    case 1 -> Arrays.copyOf(body, body.length + at);
                    default -> changed(body, at, random);
                };
                body = body.length == 0 ? new byte[1] : body;
            }
            String length = random.nextInt(5) > 0 ? String.valueOf(json.length())
                    : String.valueOf(random.nextLong(-2, 2L * json.length()));
            Bytes answer = infer(body, LENGTH_OF_JSON, length);
            assertThat(answer.response().statusCode()).as("seed %s, request %s", seed, i).isIn(200, 400);
            right += answer.response().statusCode() == 200 ? 1 : 0;
            if (answer.response().statusCode() == 400) {
                assertThat(answer.json().get("error").asString()).isNotEmpty();
            }
        }
        assertThat(right).isBetween(50, 350);
    }

    private static byte[] changed(byte[] body, int at, SplittableRandom random) {
        byte[] copy = body.clone();
        copy[at] = (byte) random.nextInt(256);
        return copy;
    }
}
