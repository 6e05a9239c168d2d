package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is no proper request is answered by a problem, whoever refuses it: the server, the dispatcher or a handler. */
class MalformedRequestTest extends HttpTest {

    private static final String NETWORK = "{\"inputs\": [\"x\"], \"layers\": [{\"units\": 1}]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "GET /%zz HTTP/1.1\\r\\nHost: x | 400",
        "GET /v1/networks/%ED%A0%80 HTTP/1.1\\r\\nHost: x | 400",
        "GET /v1/networks?pageToken=%ED%A0%80 HTTP/1.1\\r\\nHost: x | 400",
        "GET /v1/networks?%ED%A0%80 HTTP/1.1\\r\\nHost: x | 400",
        "GET /v1/networks?pageSize=%zz HTTP/1.1\\r\\nHost: x | 400",
        "GET /v1/networks HTTP/1.1 | 400",
        "GET /v1/networks HTTP/9.9\\r\\nHost: x | 505",
        "NONSENSE | 400",
        "TRACE /v1/networks HTTP/1.1\\r\\nHost: x | 405",
        "TRACK /v1/networks HTTP/1.1\\r\\nHost: x | 405",
        "CONNECT /v1/networks HTTP/1.1\\r\\nHost: x | 501",
        "TRACE /v1/networks?x=1 HTTP/1.1\\r\\nHost: x | 405",
        "GET /error?x=1 HTTP/1.1\\r\\nHost: x | 404",
        "GET /error HTTP/1.1\\r\\nHost: x | 404",
        "TRACE /error HTTP/1.1\\r\\nHost: x | 405",
        "GET /v1/networks HTTP/1.1\\r\\nHost: x\\r\\nAccept: */*;charset=utf-16 | 406",
        "GET /v1/networks HTTP/1.1\\r\\nHost: x\\r\\nAccept: application/yaml | 406",
        "GET /v1/networks HTTP/1.1\\r\\nHost: x\\r\\nAccept: nonsense | 406",
        "GET /v1/networks HTTP/1.1\\r\\nHost: x\\r\\nAccept: application/json;q=0 | 406",
        "GET /v1/networks HTTP/1.1\\r\\nHost: x\\r\\nAccept: */*, application/json;q=0 | 406",
        "GET /v1/networks HTTP/1.1\\r\\nHost: x\\r\\nAccept: application/json, application/json;q=0 | 406",
        "GET /v1/networks/x HTTP/1.1\\r\\nHost: x\\r\\nAccept: text/html;charset=nonsense | 406",
        "GET /v1/networks/x HTTP/1.1\\r\\nHost: x\\r\\nAccept: text/html | 404",
        "POST /v1/networks HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1\\r\\nContent-Length: 2 | 400",
        "POST /v1/datasets HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\nContent-Type: multipart/form-data | 400",
        "POST /v1/networks HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\nContent-Type: application/* | 415",
        "POST /v1/trainings HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\nContent-Type: */* | 415",
        "POST /v1/evaluations HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\nContent-Type: application/vnd.api+json | 415",
        "POST /v1/expressions HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\nContent-Type: nonsense | 415",
        "POST /v1/networks HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\nContent-Type: application/json;charset=utf-16 | 415",
        "POST /v1/datasets HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\nContent-Type: text/csv;charset=utf-16 | 415"
    })
    void isAnsweredByAProblem(String request, int status) throws IOException {
        String[] answer = raw(request.replace("\\r\\n", "\r\n") + "\r\nConnection: close\r\n\r\n").split("\r\n\r\n", 2);
        assertThat(answer[0]).startsWith("HTTP/1.1 " + status).contains("Content-Type: application/problem+json");
        JsonNode problem = JSON.readTree(answer[1].substring(answer[1].indexOf('{'), answer[1].lastIndexOf('}') + 1));
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asString()).matches(status == 505 ? "about:blank" : "/problems/[a-z-]+");
        assertThat(problem.get("detail").asString()).isNotEmpty().doesNotContain("Exception", "Tomcat", "unexpected");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "*/*, application/json;q=0 | text/csv", "text/*, application/*;q=0 | text/csv", "*/*;q=0, application/json | application/json",
        "*/*;q=0.1, text/csv;q=0, text/*;q=0.5 | application/json"
    })
    void whatHasTheWeight0IsNotChosen(String accept, String type) {
        String dataset = created("/v1/datasets", "{\"inputs\": [[1]]}").get("id").asString();
        Answer answer = get("/v1/datasets/" + dataset + "/data", "Accept", accept);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(type);
    }

    @ParameterizedTest
    @CsvSource({"text/html", "application/problem+json", "application/foo+json", "text/csv", "'application/json;q=0, */*;q=0'"})
    void nothingIsDoneWhereTheAnswerWouldNotBeAccepted(String accept) {
        JsonNode network = created("/v1/networks", NETWORK.replace("{\"inputs\"", "{\"name\": \"kept\", \"inputs\""));
        String dataset = "{\"inputs\": [[1]], \"targets\": [[1]]}";
        String of = network.get("id").asString();
        List<Integer> before = counts();
        assertThat(post("/v1/networks", NETWORK, "Accept", accept).status()).isEqualTo(406);
        assertThat(post("/v1/datasets", dataset, "Accept", accept).status()).isEqualTo(406);
        assertThat(post("/v1/trainings", "{\"networkId\": \"" + of + "\", \"dataset\": " + dataset + "}", "Accept", accept)
                .status()).isEqualTo(406);
        assertThat(send(request("/v1/datasets/csv?inputs=x", "Content-Type", "text/csv", "Accept", accept)
                .POST(BodyPublishers.ofString("x\n1\n"))).status()).isEqualTo(406);
        assertThat(send(request("/v1/networks/" + of, "Content-Type", "application/json", "Accept", accept)
                .method("PATCH", BodyPublishers.ofString("{\"name\": \"other\"}"))).status()).isEqualTo(406);
        assertThat(get("/v1/networks/" + of).json().get("name").asString()).isEqualTo("kept");
        assertThat(counts()).isEqualTo(before);
    }

    private List<Integer> counts() {
        return Stream.of("networks", "datasets", "trainings")
                .map(kind -> get("/v1/" + kind + "?pageSize=1000").json().get("items").size()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/problem+json", "application/foo+json"})
    void anAnswerIsNoOtherJson(String accept) {
        assertThat(get("/v1/networks", "Accept", accept).status()).isEqualTo(406);
        assertThat(get("/v1/networks", "Accept", accept + ", application/*;q=0.1").header("Content-Type"))
                .startsWith("application/json");
        assertThat(get("/v1/networks/x", "Accept", accept).header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity, br", "nonsense"})
    void anEncodedBodyIsNotRead(String encoding) {
        Answer answer = post("/v1/networks", NETWORK, "Content-Encoding", encoding);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("the body must be sent as it is, without a Content-Encoding, which was '" + encoding + "'");
        assertThat(post("/v1/networks", NETWORK, "Content-Encoding", "Identity").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/networks | GET, HEAD, OPTIONS, POST", "/v1/networks/x | DELETE, GET, HEAD, OPTIONS, PATCH",
        "/v1/trainings/x/cancel | OPTIONS, POST", "/v1/networks/x/expressions?x=1 | GET, HEAD, OPTIONS",
        "/actuator/health | GET, HEAD, OPTIONS"
    })
    void traceIsToldWhatTheResourceAllows(String path, String allowed) throws IOException {
        assertThat(raw("TRACE " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405").contains("\r\nAllow: " + allowed + "\r\n").containsOnlyOnce("Allow: ");
    }

    @Test
    void aRangeInUtf8IsAcceptedBesideOthers() {
        assertThat(get("/v1/networks", "Accept", "*/*;charset=utf-16, application/json;charset=utf-8").status())
                .isEqualTo(200);
    }

    @Test
    void oneOfSeveralFilesIsNotChosen() {
        String part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nx,y\r\n1,2\r\n";
        Answer answer = send(request("/v1/datasets?inputs=x&targets=y", "Content-Type",
                "multipart/form-data; boundary=b").POST(BodyPublishers.ofString(part + part + "--b--\r\n")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").toString()).isEqualTo(
                "[{\"pointer\":\"/file\",\"detail\":\"must be the only file\"}]");
    }

    @Test
    void aTruncatedMultipartBodyIsMalformed() {
        Answer answer = send(request("/v1/datasets?inputs=x&targets=y", "Content-Type",
                "multipart/form-data; boundary=b").POST(BodyPublishers.ofString(
                        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nx,y\r\n1,2")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).startsWith("the multipart body cannot be read");
    }

    @Test
    void aFormIsNoJson() {
        assertThat(send(request("/v1/networks", "Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a=%ED%A0%80"))).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/networks?a%01=1", "/v1/networks/x?%0a"})
    void aControlCharacterInAParameterIsMalformed(String path) {
        assertThat(get(path).status()).isEqualTo(400);
    }

    @Test
    void aFormWithControlCharactersIsMalformed() {
        Answer answer = send(request("/v1/trainings/x/cancel", "Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a\r\nb=1")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).startsWith("a parameter or a header has a character that none may");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void anEmptyBodyIsMissing(String body) {
        Answer answer = post("/v1/networks", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).isEqualTo("the body is missing");
    }

    @Test
    void noRowsAreRefused() {
        assertThat(post("/v1/evaluations", "{\"network\": " + NETWORK + ", \"equations\": [\"x\"], \"inputs\": [], "
                + "\"parameters\": {\"L1\": {\"W\": [[1]], \"b\": [0]}}}").json().get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/inputs\",\"detail\":\"must have at least 1 item, had 0\"}]");
        String model = post("/v1/trainings", "{\"network\": " + NETWORK + ", \"epochs\": 1, "
                + "\"dataset\": {\"inputs\": [[1]], \"targets\": [[1]]}}", "Prefer", "wait=60").json().get("modelId").asString();
        assertThat(post("/v1/models/" + model + "/predictions", "{\"inputs\": []}").json().get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/inputs\",\"detail\":\"must have at least 1 item, had 0\"}]");
    }

    @Test
    void moreThanTenMillionValuesAreNeitherEvaluatedNorPredicted() {
        assertThat(post("/v1/evaluations", "{\"network\": " + NETWORK + ", \"equations\": [\"x*zeros(1000,1000)\"], "
                + "\"inputs\": [" + "[1],".repeat(10) + "[1]], \"parameters\": {\"L1\": {\"W\": [[1]], \"b\": [0]}}}")
                .json().at("/errors/0/detail").asString()).isEqualTo("would give 11000000 values, more than 10000000");
        String wide = post("/v1/trainings", "{\"network\": {\"inputs\": 1, \"layers\": [{\"type\": \"linear\", \"units\": "
                + "4096}]}, \"epochs\": 1, \"dataset\": {\"inputs\": [[1]], \"targets\": [[" + "0,".repeat(4095) + "0]]}}",
                "Prefer", "wait=60").json().get("modelId").asString();
        assertThat(post("/v1/models/" + wide + "/predictions", "{\"inputs\": [" + "[1],".repeat(2441) + "[1]]}")
                .json().at("/errors/0/detail").asString()).isEqualTo("would give 10002432 values, more than 10000000");
    }

    @Test
    void theRowsOfADatasetWithoutTargetsCanBePostedBack() {
        JsonNode dataset = created("/v1/datasets", "{\"inputs\": [[1, 2], [3, 4]]}");
        JsonNode rows = get("/v1/datasets/" + dataset.get("id").asString() + "/data").json();
        assertThat(rows.toString()).isEqualTo("{\"inputNames\":[\"x1\",\"x2\"],\"targetNames\":[],"
                + "\"inputs\":[[1.0,2.0],[3.0,4.0]],\"targets\":null}");
        JsonNode again = created("/v1/datasets", rows.toString());
        assertThat(get("/v1/datasets/" + again.get("id").asString() + "/data").json()).isEqualTo(rows);
    }

    @Test
    void zeroHasNoSignWhereverItIsReadOrWritten() {
        JsonNode dataset = created("/v1/datasets", "{\"inputs\": [[-0.0], [-0]], \"targets\": [[-0e5], [1]]}");
        String data = "/v1/datasets/" + dataset.get("id").asString() + "/data";
        assertThat(get(data).json().toString()).contains("\"inputs\":[[0.0],[0.0]],\"targets\":[[0.0],[1.0]]");
        assertThat(get(data, "Accept", "text/csv").response().body()).isEqualTo("x1,y1\r\n0.0,0.0\r\n0.0,1.0\r\n");
        Answer csv = send(request("/v1/datasets?inputs=x&targets=y", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x,y\n-0,-0.0\n")));
        assertThat(get(csv.header("Location") + "/data").json().toString()).contains("\"inputs\":[[0.0]],\"targets\":[[0.0]]");
        assertThat(post("/v1/evaluations", "{\"network\": " + NETWORK + ", \"equations\": [\"-x\", \"-0.0\", \"L1.b\"], "
                + "\"inputs\": [[0]], \"parameters\": {\"L1\": {\"W\": [[1]], \"b\": [-0.0]}}}").response().body())
                .contains("\"values\":[0.0]").contains("\"values\":[[0.0]]").doesNotContain("-0.0]");
    }

    @Test
    void errorsOfAQueryPointAtItsParameters() {
        String network = "/v1/networks/" + created("/v1/networks", NETWORK).get("id").asString() + "/expressions";
        assertThat(get(network + "?equation=x%2Bq").json().get("errors").toString()).isEqualTo("[{\"pointer\":\"/equation\","
                + "\"detail\":\"unknown name 'q'; known are x, y1, L1.W, L1.b, inputs, outputs, inputs.x, outputs.y1, parameters\",\"position\":2}]");
        assertThat(get(network + "?equation=x&form=y&format=z").json().get("errors").toString())
                .contains("\"pointer\":\"/form\"", "\"pointer\":\"/format\"");
        assertThat(get(network).json().get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/equation\",\"detail\":\"is missing\"}]");
        assertThat(get("/v1/networks?pageSize=x").json().get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/pageSize\",\"detail\":\"must be a whole number from 1 to 1000\"}]");
    }

    @Test
    void anIntegerOutOfRangeIsAnErrorLikeAnyOther() {
        Answer answer = post("/v1/trainings", "{\"epochs\": 10000000000, \"batchSize\": -99999999999999999999, \"seed\": 1e400}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").toString()).isEqualTo("[{\"pointer\":\"/epochs\",\"detail\":"
                + "\"must be a whole number from 1 to 10000000, was 10000000000\"},{\"pointer\":\"/batchSize\",\"detail\":"
                + "\"must be a whole number from 1 to 2147483647, was -99999999999999999999\"},{\"pointer\":\"/seed\",\"detail\":"
                + "\"must be a whole number from -9223372036854775808 to 9223372036854775807, was 1e400\"},{\"pointer\":\"\",\"detail\":"
                + "\"must have exactly one of network and networkId\"},{\"pointer\":\"\",\"detail\":"
                + "\"must have exactly one of dataset and datasetId\"}]");
    }

    @ParameterizedTest
    @CsvSource({"C0AF, 10, C0", "E080AF, 10, E0", "F08080AF, 10, F0", "F4908080, 10, F4", "EDA080, 10, ED", "FF, 10, FF", "41E282, 11, E2"})
    void whatIsNotUtf8IsToldByItsPlaceAndMakesNothing(String name, int place, String value) {
        byte[] bytes = HexFormat.of().parseHex(name);
        var networks = "{\"name\": \"" + new String(bytes, StandardCharsets.ISO_8859_1) + "\", " + NETWORK.substring(1);
        assertNotUtf8(networks.getBytes(StandardCharsets.ISO_8859_1), place, value);
        assertNotUtf8(bytes, place - 10, value);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16, 2, 00", "UTF-16BE, 0, 00", "UTF-16LE, 1, 00", "UTF-32, 0, 00", "UTF-32LE, 1, 00"})
    void otherEncodingsAreNotGuessed(String charset, int place, String value) {
        assertNotUtf8(NETWORK.getBytes(Charset.forName(charset)), place, value);
    }

    private void assertNotUtf8(byte[] body, int place, String value) {
        Answer answer = send(request("/v1/networks", "Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).isEqualTo("the body is not UTF-8: no character begins at byte " + place
                + ", counted from 0, which is 0x" + value);
    }

    @Test
    void ofManyErrorsTheFirst50AreNamedAndTheOthersCounted() {
        JsonNode errors = post("/v1/networks", "{\"inputs\": [" + "1,".repeat(59) + "1]}").json().get("errors");
        assertThat(errors).hasSize(51);
        assertThat(errors.get(49).get("pointer").asString()).isEqualTo("/inputs/49");
        assertThat(errors.get(50).get("detail").asString()).isEqualTo("and 11 more");
    }

    @Test
    void aNameOfAHundredThousandPartsIsAnErrorOfItsEquation() {
        Answer answer = post("/v1/expressions", "{\"network\": " + NETWORK + ", \"equations\": [\"x" + ".x".repeat(100_000)
                + "\"]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/position").asInt()).isZero();
    }

    @Test
    void anUnknownNameOfAMillionCharactersIsNotSentBack() {
        Answer answer = post("/v1/expressions", "{\"network\": " + NETWORK + ", \"equations\": [\"" + "a".repeat(1_000_000) + "\"]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.response().body()).contains("unknown name 'aaa", "aaa'; known are ").hasSizeLessThan(3000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stoermer-verlet", "stormer-verlet"})
    void bothSpellingsOfStoermerAreReadAndOneIsWritten(String integrator) {
        assertThat(created("/v1/networks", """
                {"inputs": 2, "architecture": {"type": "generalized-hamiltonian", "width": 1, "hiddenLayers": 1, "steps": 1,
                 "stepSize": 0.1, "integrator": "%s"}}""".formatted(integrator)).at("/architecture/integrator").asString())
                .isEqualTo("stoermer-verlet");
    }
}
