package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.imports.FileBuilder;
import dev.nabla.onnx.ElementType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Models that somebody takes away and brings back, or brings from elsewhere. */
class ImportsHttpTest extends HttpTest {

    private static final String PREDICTION = "{\"inputs\": [[0.5, -0.25], [0, 1]]}";

    private Answer bring(String path, byte[] file, String... headers) {
        return send(request(path, headers).header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(file)));
    }

    private JsonNode predictions(String model) {
        return post("/v1/models/" + model + "/predictions", PREDICTION).json().get("outputs");
    }

    private String trained() {
        return post("/v1/trainings",
                "{\"network\": {\"inputs\": [\"x\", \"y\"], \"outputs\": [\"z\"], \"layers\": [{\"units\": 3, "
                + "\"activation\": \"gelu\"}, {\"type\": \"resnet\", \"activation\": \"elu\"}, {\"units\": 1}]}, \"dataset\": " + GAUSSIAN
                + ", \"epochs\": 2}", "Prefer", "wait=60").json().get("modelId").asString();
    }

    private String export(String model, String format) {
        return "{\"modelId\": \"" + model + "\", \"equations\": [\"z\"], \"format\": \"" + format
                + "\", \"substituteParameters\": true}";
    }

    @Test
    void aModelThatIsTakenAwayAndBroughtBackPredictsTheSame() throws Exception {
        String model = trained();
        byte[] file = Base64.getDecoder().decode(post("/v1/exports", export(model, "onnx")).json()
                .at("/files/0/base64").asString());
        assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port()
                + "/v1/exports"))
                .header("Content-Type", "application/json").header("Accept", "application/octet-stream")
                .POST(BodyPublishers.ofString(export(model, "onnx"))).build(), BodyHandlers.ofByteArray()).body())
                .isEqualTo(file);
        for (String path : new String[] {"/v1/models/import", "/v1/models/import/onnx"}) {
            Answer answer = bring(path + "?name=mine&tags=brought", file);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
            JsonNode back = answer.json();
            assertThat(answer.header("Location")).isEqualTo("/v1/models/" + back.get("id").asString());
            assertThat(get(answer.header("Location")).json()).isEqualTo(back);
            assertThat(back.get("name").asString()).isEqualTo("mine");
            assertThat(back.get("loss").isNull() && back.get("trainingId").isNull()).isTrue();
            JsonNode network = get("/v1/networks/" + back.get("networkId").asString()).json();
            assertThat(network.get("inputs").toString()).isEqualTo("[\"x\",\"y\"]");
            assertThat(network.get("outputs").toString()).isEqualTo("[\"z\"]");
            assertThat(network.get("layers").get(1).toString())
                    .isEqualTo("{\"type\":\"resnet\",\"activation\":\"elu\"}");
            assertThat(predictions(back.get("id").asString())).isEqualTo(predictions(model));
            assertThat(get("/v1/models/" + back.get("id").asString() + "/parameters").json())
                    .isEqualTo(get("/v1/models/" + model + "/parameters").json());
        }
        JsonNode graph = JSON.readTree(post("/v1/exports", export(model, "json")).json().at("/files/0/text")
                .asString());
        JsonNode back = created(post("/v1/models/import", "{\"graph\": " + graph + "}"));
        assertThat(predictions(back.get("id").asString())).isEqualTo(predictions(model));
    }

    private static JsonNode created(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json();
    }

    @Test
    void whatIsBroughtIsAModelLikeAnother() {
        JsonNode model = created(post("/v1/models/import", """
                {"name": "two layers", "parameters": {"fc1.weight": [[1, 2], [0, -1], [0.5, 0]], "fc1.bias": [0, 1, 0],
                 "fc2.weight": [[1, 1, 1]]}, "activation": "relu", "inputs": ["q", "p"], "outputs": ["h"]}"""));
        String id = model.get("id").asString();
        assertThat(predictions(id).toString()).isEqualTo("[[1.5],[2.0]]");
        assertThat(post("/v1/trainings", "{\"initialModelId\": \"" + id + "\", \"networkId\": \""
                + model.get("networkId").asString()
                + "\", \"dataset\": {\"inputs\": [[1, 2]], \"targets\": [[3]]}, \"epochs\": 1}", "Prefer", "wait=60")
                .json().get("state")
                .asString()).isEqualTo("succeeded");
        assertThat(send(request("/v1/models/" + id + "/plot.svg?equation=h&x=q:-1:1&y=p:-1:1&data=true").GET())
                .status()).isEqualTo(422);
        assertThat(delete("/v1/networks/" + model.get("networkId").asString()).status()).isEqualTo(409);
        assertThat(delete("/v1/models/" + id).status()).isEqualTo(204);
    }

    @Test
    void coefficientsOfEquationsAreTold() {
        byte[] file = new FileBuilder(17, ElementType.DOUBLE, 1).input("x", 2).numbers("scale", java.util.List.of(2), 3,
                4)
                .node("Mul", "x scale", "y").output("y", 2).bytes();
        assertThat(created(bring("/v1/models/import", file)).at("/coefficients/scale/value").toString())
                .isEqualTo("[3.0,4.0]");
    }

    @Test
    void theSameRequestMakesOneModel() {
        byte[] file = new FileBuilder(17, ElementType.FLOAT, 1).input("x", 2).weights("w", 2, 1).node("MatMul", "x w",
                "y").output("y", 1).bytes();
        String key = UUID.randomUUID().toString();
        JsonNode first = created(bring("/v1/models/import", file, "Idempotency-Key", key));
        assertThat(created(bring("/v1/models/import", file, "Idempotency-Key", key))).isEqualTo(first);
        assertThat(bring("/v1/models/import?name=a", file, "Idempotency-Key", key).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{} | | must have exactly one of parameters and graph",
        "{\"parameters\": {}} | /parameters | must have the parameters of a layer",
        "{\"parameters\": {\"0.weight\": [[1, 2]], \"0.bias\": [1, 2]}} | /parameters/0.bias | must be an array of 1 items, had 2",
        "{\"parameters\": {\"0.weight\": [[1, 2]], \"1.weight\": [[1, 2]]}} | /parameters/1.weight/0 | must be an array of 1 items, had 2",
        "{\"parameters\": {\"bn.running_mean\": [1]}} | /parameters/bn.running_mean | must be called as the weight or the bias of a layer: fc1.weight, fc1.bias",
        "{\"parameters\": {\"a\": {\"weight\": [1]}}} | /parameters/a/weight | must be the weight of a dense layer, a row for each of its units",
        "{\"parameters\": {\"a.weight\": [[1]]}, \"inputs\": [\"x\", \"y\"]} | /inputs | must name",
        "{\"graph\": {\"format\": \"nabla-graph-2\"}} | /graph | must have the format nabla-graph-1, had nabla-graph-2"
    })
    void whatDoesNotFitIsToldByItsName(String body, String pointer, String detail) {
        Answer answer = post("/v1/models/import", body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).as(answer.response().body())
                .isEqualTo(pointer == null ? "" : pointer);
        assertThat(answer.json().at("/errors/0/detail").asString()).startsWith(detail);
    }

    @Test
    void aFileThatIsNoModelIsRefused() {
        for (byte[] file : new byte[][] {{}, {1, 2, 3}, "PK".getBytes(java.nio.charset.StandardCharsets.UTF_8)}) {
            assertThat(bring("/v1/models/import", file).status()).isEqualTo(422);
        }
        byte[] file = new FileBuilder(17, ElementType.FLOAT, 1).input("x", 2).node("LSTM", "x", "y").output("y", 1)
                .bytes();
        JsonNode errors = bring("/v1/models/import", file).json().get("errors");
        assertThat(errors.toString()).isEqualTo("[{\"pointer\":\"/graph/node/0\",\"detail\":\"'/y', of operator 'LSTM', is no operator that "
                + "models are made of here\"}]");
    }
}
