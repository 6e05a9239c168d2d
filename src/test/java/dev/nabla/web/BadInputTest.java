package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every wrong request gets an answer that says what is wrong and where, and leaves nothing behind. */
class BadInputTest extends HttpTest {

    private static final String NETWORKS = "/v1/networks";
    private static final String LAYER = "\"layers\": [{\"units\": 1}]";

    private String before;

    @BeforeEach
    void remember() {
        before = stored();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(stored()).isEqualTo(before);
    }

    private String stored() {
        return Stream.of(NETWORKS, "/v1/datasets", "/v1/trainings", "/v1/models").map(path -> {
            Answer list = get(path);
            assertThat(list.status()).as(path).isEqualTo(200);
            return list.response().body();
        }).collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{\"inputs\": [\"x\" | line 1, column 16: ends before the JSON does",
        "{\"inputs\": NaN} | line 1, column 15: is no JSON any more",
        "{\"inputs\": Infinity} | line 1, column 20: is no JSON any more",
        "{\"inputs\": 01} | line 1, column 13: is no JSON any more",
        "{\"inputs\": 1,} | line 1, column 14: is no JSON any more",
        "{\"inputs\": \"3\"} {} | line 1, column 17: there is more behind the end of the JSON",
        "'' | line 1, column 1: is no JSON any more"
    })
    void malformedJsonIsNamedByLineAndColumn(String json, String detail) {
        Answer answer = post(NETWORKS, json);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("detail").asString()).startsWith(detail);
        assertThat(answer.response().body()).doesNotContain("tools.jackson", "dev.nabla", "JsonReadFeature");
    }

    @Test
    void tooDeepJsonIsMalformed() {
        Answer answer = post(NETWORKS, "[".repeat(100_000));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString())
                .endsWith("is nested too deeply, or has a name or a number that is too long");
    }

    @Test
    void aProblemHasAllMembers() {
        JsonNode problem = post(NETWORKS, "{}").json();
        assertThat(problem.toString()).isEqualTo("{\"detail\":\"the request has 2 errors\",\"instance\":\"/v1/networks\","
                + "\"status\":422,\"title\":\"Invalid request\",\"type\":\"/problems/invalid-request\","
                + "\"errors\":[{\"pointer\":\"/inputs\",\"detail\":\"is missing\"},"
                + "{\"pointer\":\"/layers\",\"detail\":\"is missing\"}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"inputs\": 1, \"layers\": [{\"units\": \"3\"}, {\"unit\": 1}] | "
                + "/layers/0/units must be a whole number from 1 to 4096~"
                + "/layers/1/unit is no field (did you mean units?) of type 'dense', which has type, units, activation, bias~/layers/1/units is missing",
        "\"inputs\": 1, \"layers\": [{\"units\": 1.5}] | /layers/0/units must be a whole number from 1 to 4096, was 1.5",
        "\"inputs\": 1, \"layers\": [{\"units\": 0}, {\"units\": -1}, {\"units\": 1000000000}] | "
                + "/layers/0/units must be between 1 and 4096, was 0~"
                + "/layers/1/units must be between 1 and 4096, was -1~"
                + "/layers/2/units must be between 1 and 4096, was 1000000000",
        "\"inputs\": 1000000000, \"layers\": [{\"units\": 1}] | /inputs must be between 1 and 4096, was 1000000000",
        "\"inputs\": [\"x\", \"x\"], \"layers\": [{\"units\": 1}] | /inputs/1 must not be 'x', as item 0 of inputs is",
        "\"inputs\": [\"a b\"], \"layers\": [{\"units\": 1}] | "
                + "/inputs/0 must be a letter followed by at most 63 letters, digits or underscores",
        "\"inputs\": [\"../x\"], \"layers\": [{\"units\": 1}] | "
                + "/inputs/0 must be a letter followed by at most 63 letters, digits or underscores",
        "\"inputs\": [\"\\\\frac\"], \"layers\": [{\"units\": 1}] | "
                + "/inputs/0 must be a letter followed by at most 63 letters, digits or underscores",
        "\"inputs\": [\"tanh\"], \"layers\": [{\"units\": 1}] | /inputs/0 must not be 'tanh', which equations use",
        "\"inputs\": [3], \"layers\": [{\"units\": 1}] | /inputs/0 must be a string",
        "\"inputs\": 1, \"layers\": [{\"units\": 1, \"type\": \"conv\"}] | /layers/0/type "
                + "must be one of dense, linear, affine, resnet, was 'conv'",
        "\"inputs\": 1, \"layers\": [{\"units\": 1}], \"outputs\": [\"a\", \"b\"] | "
                + "/outputs must name the 1 units of the last layer, named 2",
        "\"inputs\": 1, \"layers\": [null] | /layers/0 must not be null",
        "\"inputs\": \"x\", \"inputs\": 2, \"layers\": {}, \"name\": \"\\u0000\", \"outputs\": [1, null, \"\\ud800\"], "
                + "\"a/b\": [[]], \"architecture\": {\"width\": 10000000000, \"blocks\": 1e-3, \"stepSize\": \"1\"} | "
                + "/inputs must be an array or a whole number from 1 to 4096~/inputs is given twice~"
                + "/layers must be an array~/name must have neither U+0000 nor one half of a surrogate pair~"
                + "/outputs/0 must be a string~/outputs/1 must not be null~"
                + "/outputs/2 must have neither U+0000 nor one half of a surrogate pair~"
                + "/a~1b is not a field here; known are name, tags, inputs, outputs, layers, architecture, normalization~"
                + "/architecture/width must be a whole number from 1 to 4096, was 10000000000~"
                + "/architecture/blocks must be a whole number from 1 to 1000, was 1e-3~/architecture/stepSize must be a number~"
                + "/architecture/type is missing, must be one of hamiltonian, lagrangian, resnet, sympnet-la, sympnet-g, "
                + "volume-preserving, generalized-hamiltonian, equations",
        "\"inputs\": 4096, \"layers\": [{\"units\": 4096}, {\"units\": 4096}] | "
                + "/layers must have at most 20000000 parameters, had 33562624"
    })
    void everythingWrongWithANetworkIsNamed(String fields, String errors) {
        assertErrors(post(NETWORKS, "{" + fields + "}"), errors);
    }

    @Test
    void tooManyLayersAreRefused() {
        assertErrors(post(NETWORKS, "{\"inputs\": 1, \"layers\": [" + "{\"units\":1},".repeat(999_999) + "{\"units\":1}]}"),
                "/layers must have between 1 and 1000 items, had 1000000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "zz | /equations/0 @0 unknown name 'zz'; known are x, y1, L1.W, L1.b, inputs, outputs, inputs.x, outputs.y1, parameters",
        "x + | /equations/0 @3 expected a number, a name, '(' or '[', found the end",
        "L1.W + L1.b + [1, 2] | /equations/0 @5 shapes [1, 1] and [1] do not fit +",
        "outputs[2] | /equations/0 @7 index 2 is outside 1 to 1",
        "D(y1, 2) | /equations/0 @6 expected a variable: an input, a parameter, an entry of one, or a vector of them",
        "1e400 | /equations/0 @0 1e400 is larger than any double",
        "x + 1e-400 | /equations/0 @4 1e-400 is smaller than any double but 0; write 0 if that is meant"
    })
    void aBadEquationIsNamedByItsPosition(String equation, String errors) {
        assertErrors(post("/v1/expressions", "{\"network\": {\"inputs\": [\"x\"], " + LAYER + "}, \"equations\": [\""
                + equation + "\"]}"), errors);
    }

    @ParameterizedTest
    @CsvSource({"0, 422", "1, 200", "100, 200", "101, 422"})
    void aRequestHasUpTo100Equations(int equations, int status) {
        String list = String.join(", ", Collections.nCopies(equations, "\"x\""));
        Answer answer = post("/v1/expressions", "{\"network\": {\"inputs\": [\"x\"], " + LAYER + "}, \"equations\": [" + list + "]}");
        assertThat(answer.status()).isEqualTo(status);
        if (status == 422) {
            assertErrors(answer, "/equations must have between 1 and 100 items, had " + equations);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "/v1/trainings | {\"epochs\": \"x\", \"network\": {\"inputs\": [\"x\", \"x\"], \"layers\": [{\"units\": 1}]}, \"dataset\": "
                + "{\"inputs\": [[1, 2], [3]], \"targets\": [[1], [2]]}, \"loss\": {\"terms\": [{}]}} | "
                + "/epochs must be a whole number from 1 to 10000000~/network/inputs/1 must not be 'x', as item 0 of inputs is~"
                + "/loss/terms/0/equation is missing~/dataset/inputs/1 must have 2 numbers, as the first row has, had 1",
        "/v1/trainings | {\"batchSize\": 1.5, \"network\": {\"inputs\": 2, \"layers\": [{\"units\": 1}]}, \"dataset\": "
                + "{\"inputs\": [[1]], \"targets\": [[1]]}, \"loss\": {\"terms\": [{\"equation\": \"x\", \"weight\": 0}]}} | "
                + "/batchSize must be a whole number from 1 to 2147483647, was 1.5~/loss/terms/0/weight must be above 0, was 0.0~"
                + "/dataset the network has the inputs [x1, x2], the data has [x1]: they must be as many",
        "/v1/trainings | {\"batchSize\": 1.5, \"network\": {\"inputs\": 2, \"layers\": [{\"units\": 1}]}, \"dataset\": "
                + "{\"inputs\": [[1]], \"targets\": [[1]]}} | /batchSize must be a whole number from 1 to 2147483647, was 1.5~"
                + "/dataset the network has the inputs [x1, x2], the data has [x1]: they must be as many",
        "/v1/datasets | {\"inputs\": [[1, 2], [3]], \"targets\": [[\"1\"]], \"targetNames\": [\"z\"]} | "
                + "/targets/0/0 must be a number~/inputs/1 must have 2 numbers, as the first row has, had 1",
        "/v1/evaluations | {\"network\": {\"inputs\": [\"x\"], \"layers\": [{\"units\": 1}]}, \"equations\": [\"q\", \"x\"], "
                + "\"parameters\": {\"L1\": {\"W\": [[1]]}}, \"inputs\": [[1, 2]], \"undefined\": \"zero\"} | "
                + "/undefined must be one of null, refuse, was 'zero'~/equations/0 @0 unknown name 'q'; known are x, y1, L1.W, L1.b, "
                + "inputs, outputs, inputs.x, outputs.y1, parameters~/parameters/L1/b is missing, must have shape [1]~"
                + "/inputs/0 must be an array of 1 numbers, had 2",
        "/v1/expressions | {\"network\": {\"inputs\": [\"x\"], \"layers\": [{\"units\": 1}]}, \"equations\": [\"q\"], "
                + "\"shareSubexpressions\": 1, \"format\": \"word\", \"substituteParameters\": true} | "
                + "/shareSubexpressions must be true or false~/format must be one of latex, text, python, was 'word'~"
                + "/substituteParameters takes the parameters of a model, so modelId is needed~/equations/0 @0 unknown name 'q'; "
                + "known are x, y1, L1.W, L1.b, inputs, outputs, inputs.x, outputs.y1, parameters"
    })
    void whatDoesNotFitAndWhatIsWrongInContentAreNamedInOneAnswer(String path, String request, String errors) {
        assertErrors(post(path, request), errors);
    }

    @Test
    void tenThousandParenthesesAreRefused() {
        assertErrors(post("/v1/expressions", "{\"network\": {\"inputs\": [\"x\"], " + LAYER + "}, \"equations\": [\""
                + "(".repeat(10_000) + "x" + ")".repeat(10_000) + "\"]}"),
                "/equations/0 @256 is nested more than 256 levels deep");
    }

    @Test
    void aPrintThatWouldBeTooLargeIsRefusedWithItsSize() {
        Answer answer = post("/v1/expressions", "{\"network\": {\"inputs\": 2, \"layers\": [" + "{\"units\": 16},".repeat(8)
                + "{\"units\": 1}]}, \"equations\": [\"D(y1, L1.W)\"]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").get(0).get("pointer").asString()).isEqualTo("/equations/0");
        assertThat(answer.json().get("errors").get(0).get("detail").asString())
                .matches(".*\\d{6,}.*5000000.*shareSubexpressions.*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"inputs\": [[1, 2], [3]], \"targets\": [[1], [2]] | /inputs/1 must have 2 numbers, as the first row has, had 1",
        "\"inputs\": [], \"targets\": [] | /inputs must have at least 1 item, had 0~/targets must have at least 1 item, had 0",
        "\"inputs\": [[1]], \"targets\": [[1e400]] | /targets/0/0 must be a finite number: 1e400 is larger than any double",
        "\"inputs\": [[1e-400]], \"targets\": [[-1e-400]] | "
                + "/inputs/0/0 must be a finite number: 1e-400 is smaller than any double but 0; write 0 if that is meant~"
                + "/targets/0/0 must be a finite number: -1e-400 is smaller than any double but 0; write 0 if that is meant",
        "\"inputs\": [[1]], \"targets\": [[\"1\"]] | /targets/0/0 must be a number",
        "\"inputs\": [[1], [2]], \"targets\": [[1]] | "
                + "/targets must have as many rows as inputs, which has 2, had 1",
        "\"targets\": [[1]] | must have exactly one of inputs and grid",
        "\"grid\": {\"x\": {\"from\": 1, \"to\": 0, \"step\": 0.1}}, \"targets\": {\"z\": \"x\"} | "
                + "/grid/x/from must not be above to, which is 0.0, was 1.0",
        "\"grid\": {\"x\": {\"from\": 0, \"to\": 1, \"step\": 0}}, \"targets\": {\"z\": \"x\"} | "
                + "/grid/x/step must be above 0, was 0.0",
        "\"grid\": {\"x\": {\"from\": 0, \"to\": 1, \"step\": 1e-12}}, \"targets\": {\"z\": \"x\"} | "
                + "/grid must give at most 20000000 numbers, gives 1000000000001",
        "\"grid\": {\"x\": {\"from\": 0, \"to\": 1, \"step\": 1e400}}, \"targets\": {\"z\": \"x\"} | "
                + "/grid/x/step must be a finite number: 1e400 is larger than any double",
        "\"grid\": {\"x\": {\"from\": 0, \"to\": 1, \"step\": 1}}, \"targets\": {\"z\": \"x\"}, \"inputNames\": [\"x\"] | "
                + "/inputNames must be left out, as a grid has names",
        "\"grid\": {\"x\": {\"from\": 0, \"to\": 1, \"step\": 1}}, \"targets\": {\"z\": \"x\"}, \"targetNames\": [\"z\"] | "
                + "/targetNames must be left out, as a grid has names",
        "\"grid\": {\"x\": {\"from\": 0, \"to\": 1}}, \"targets\": {\"z\": \"x\"} | /grid/x/step is missing",
        "\"grid\": {\"x\": {\"from\": 0, \"to\": 1, \"step\": 1}}, \"targets\": {\"z\": \"x + q\"} | "
                + "/targets/z @4 unknown name 'q'; known are x, inputs.x",
        "\"grid\": {\"x\": {\"from\": 0, \"to\": 1, \"step\": 1}}, \"targets\": {\"z\": \"1 / x\"} | "
                + "/targets/z is not a finite number at x = 0.0"
    })
    void everythingWrongWithADatasetIsNamed(String fields, String errors) {
        assertErrors(post("/v1/datasets", "{" + fields + "}"), errors);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "x,y,z\\n1,2\\n | line 2 has 2 fields, the header has 3",
        "x,y,z\\n1,2,abc\\n | column 'z', line 2: 'abc' is not a finite number; name in na what means that there is no value, or words in oneHot=z, or leave the column out",
        "x,y,z\\n1,2,NaN\\n | column 'z', line 2: 'NaN' is not a finite number; name in na what means that there is no value, or words in oneHot=z, or leave the column out",
        "x,y,z\\n1,2,1e400\\n | column 'z', line 2: 1e400 is larger than any double",
        "x,y,z\\n1,2,-1e-400\\n | column 'z', line 2: -1e-400 is smaller than any double but 0; write 0 if that is meant",
        "x,y\\n1,2\\n | /targets/0 there is no column 'z'; columns are x, y",
        "x,y,z\\n | the file must have at least one row"
    })
    void everythingWrongWithCsvIsNamed(String csv, String detail) {
        assertErrors(send(request("/v1/datasets?inputs=x,y&targets=z", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv.replace("\\n", "\n")))), detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"inputs\": 1 | 1 | \"epochs\": 0 | /dataset the network has the inputs [x1], the data has [x1, x2]: "
                + "they must be as many~"
                + "/epochs must be between 1 and 10000000, was 0",
        "\"inputs\": 2 | 2 | \"batchSize\": 0 | /batchSize must be at least 1, was 0~"
                + "/dataset the network has the outputs [y1, y2], the data has [y1]: they must be as many",
        "\"inputs\": 2 | 1 | \"loss\": \"hinge\", \"engine\": \"gpu\" | "
                + "/loss must be one of mse, relative-l2, hamiltonian, mae, huber, cross-entropy, binary-cross-entropy, or an "
                + "object, was 'hinge'~/engine must be one of auto, kernels, nd4j, was 'gpu'",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"type\": \"rmsprop\", \"beta1\": 1, \"learningRate\": -1} | "
                + "/optimizer/type must be one of gradient-descent, momentum, adam, adamw, lbfgs, ssbroyden, newton, gauss-newton, was 'rmsprop'~/optimizer/learningRate must be above 0, was -1.0~"
                + "/optimizer/beta1 must be at least 0 and below 1, was 1.0",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"type\": \"momentum\", \"momentum\": 1, \"beta1\": 0.5, \"weightDecay\": 0} | "
                + "/optimizer/momentum must be at least 0 and below 1, was 1.0~"
                + "/optimizer/beta1 is no field of type 'momentum', which has type, learningRate, momentum, schedule~"
                + "/optimizer/weightDecay is no field of type 'momentum', which has type, learningRate, momentum, schedule",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"type\": \"adamw\", \"weightDecay\": -1, \"epsilon\": 0, \"beta2\": 1e400} | "
                + "/optimizer/beta2 must be a finite number: 1e400 is larger than any double~"
                + "/optimizer/weightDecay must be at least 0, was -1.0~/optimizer/epsilon must be above 0, was 0.0",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"type\": \"adamw\", \"weightDecay\": -1, \"epsilon\": 0} | "
                + "/optimizer/weightDecay must be at least 0, was -1.0~/optimizer/epsilon must be above 0, was 0.0",
        "\"inputs\": 2 | 1 | \"batchSize\": 1, \"gradientClipping\": 1, \"optimizer\": {\"type\": \"lbfgs\","
                + " \"learningRate\": 1, \"history\": 0, \"gradientTolerance\": -1} | "
                + "/batchSize must be all 2 samples with this optimizer, or be left out, was 1~"
                + "/gradientClipping is for optimizers that step along the gradient of a batch; this one limits its steps itself~"
                + "/optimizer/learningRate is no field of type 'lbfgs', which has type, history, gradientTolerance~"
                + "/optimizer/history must be between 1 and 1000, was 0~"
                + "/optimizer/gradientTolerance must be at least 0, was -1.0",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"schedule\": {\"type\": \"linear\"}} | /optimizer/schedule/type must be one of "
                + "constant, exponential, geometric, cosine, cosine-restarts, warm-up, step, was 'linear'",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"schedule\": {\"decay\": 0.5}} | /optimizer/schedule/type is missing, "
                + "must be one of constant, exponential, geometric, cosine, cosine-restarts, warm-up, step",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"schedule\": {\"type\": \"exponential\", \"factor\": 0.5}} | "
                + "/optimizer/schedule/factor is no field of type 'exponential', which has type, decay~"
                + "/optimizer/schedule/decay is missing",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"schedule\": {\"type\": \"constant\", \"every\": 1}} | "
                + "/optimizer/schedule/every is no field of type 'constant', which has type",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"schedule\": {\"type\": \"step\", \"every\": 0, \"factor\": 2}} | "
                + "/optimizer/schedule/every must be at least 1, was 0~"
                + "/optimizer/schedule/factor must be above 0 and at most 1, was 2.0",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"schedule\": {\"type\": \"geometric\", \"finalLearningRate\": 0}} | "
                + "/optimizer/schedule/finalLearningRate must be above 0, was 0.0",
        "\"inputs\": 2 | 1 | \"optimizer\": {\"schedule\": {\"type\": \"cosine\", \"finalLearningRate\": -1}} | "
                + "/optimizer/schedule/finalLearningRate must be at least 0, was -1.0",
        "\"inputs\": 2 | 1 | \"gradientClipping\": 0, \"validationFraction\": 1, \"earlyStopping\": {\"minDelta\": -1} | "
                + "/gradientClipping must be above 0, was 0.0~"
                + "/validationFraction must be above 0 and below 1, was 1.0~"
                + "/earlyStopping/patience is missing~/earlyStopping/minDelta must be at least 0, was -1.0",
        "\"inputs\": 2 | 1 | \"validationFraction\": 0.1, \"earlyStopping\": {\"patience\": 0} | "
                + "/validationFraction must leave rows on both sides, gives 0 of 2 to validation~"
                + "/earlyStopping/patience must be at least 1, was 0",
        "\"inputs\": 2 | 1 | \"initialModelId\": \"x\", \"initialParameters\": {\"L2\": {}} | "
                + "/initialModelId must be an id, which is a UUID~must have at most one of initialParameters and initialModelId~"
                + "/initialParameters/L2 is no parameter of the network",
        "\"inputs\": 2 | 1 | \"loss\": \"relative-l2\", \"batchSize\": 1 | /loss relative-l2 is undefined for a batch "
                + "whose targets are all 0: epoch 1 has one of rows 1",
        "\"inputs\": 2 | 1 | \"initialParameters\": {\"L1\": {\"W\": [[1]], \"c\": []}} | "
                + "/initialParameters/L1/W/0 must be an array of 2 items, had 1~"
                + "/initialParameters/L1/c is no parameter of the network",
        "\"inputs\": 2 | 1 | \"freeze\": [\"L1.W\", \"L2.*\"], \"learningRateFactors\": {\"b\": 2, \"L1.b\": 0} | "
                + "/freeze/1 must be the path of a parameter, or a pattern of some in which * stands for any characters; there "
                + "are L1.W, L1.b, was 'L2.*'~/learningRateFactors/L1.b must be above 0, was 0.0",
        "\"inputs\": 2 | 1 | \"freeze\": [\"*\"] | /freeze must leave something to train, freezes L1.W, L1.b",
        "\"inputs\": 2 | 1 | \"learningRateFactors\": {\"L1.W\": 2, \"L1.*\": 3} | "
                + "/learningRateFactors/L1.* must not be of L1.W, of which 'L1.W' is too",
        "\"inputs\": 2 | 1 | \"precision\": \"single\", \"engine\": \"nd4j\", \"optimizer\": {\"type\": \"lbfgs\"} | "
                + "/precision must be double with this optimizer, which needs more digits than single has"
                + "~/precision must be double on the engine nd4j, kernels compute in single too",
        "\"inputs\": 2 | 1 | \"precision\": \"half\" | /precision must be one of double, single, was 'half'",
        "\"inputs\": 2 | 1 | \"learningRateFactors\": {\"L1.W\": 2}, \"optimizer\": {\"type\": \"lbfgs\"} | "
                + "/learningRateFactors are for optimizers with a learning rate, which this one does not have; to keep parameters "
                + "as they are, use freeze",
        "\"inputs\": 2 | 1 | \"loss\": \"mae\", \"optimizer\": {\"type\": \"gauss-newton\", \"momentum\": 1} | "
                + "/optimizer/momentum must be at least 0 and below 1, was 1.0~/loss must be a sum of squares with this "
                + "optimizer: mse, relative-l2, hamiltonian, or terms whose loss is square",
        "\"inputs\": 2 | 1 | \"loss\": {\"terms\": [{\"equation\": \"outputs.y1\"}, {\"equation\": \"outputs.y1\", \"loss\": \"absolute\"}]}, "
                + "\"optimizer\": {\"type\": \"gauss-newton\"}, \"gradientClipping\": 1 | /loss/terms/1/loss must be square with this "
                + "optimizer, which is for sums of squares~/gradientClipping is for optimizers that step along the gradient of a "
                + "batch; this one limits its steps itself",
        "\"inputs\": 2 | 1 | \"loss\": {\"terms\": [{\"equation\": \"outputs.y1\", \"sampleWeight\": \"-1\"}]} | "
                + "/loss/terms/0/sampleWeight must be a finite number that is not negative, is -1.0 for the sample x1 = 1.0, x2 = 2.0",
        "\"inputs\": 2 | 2000 | \"optimizer\": {\"type\": "
                + "\"gauss-newton\", \"space\": \"parameters\"}, \"loss\": {\"terms\": [{\"equation\": \"outputs.y1\"}]} | /optimizer must "
                + "have at most 5000 residuals or as many parameters, for each of which an equation is solved, has 2 residuals and "
                + "6000 parameters: the space auto takes the fewer"
    })
    void everythingWrongWithATrainingIsNamed(String inputs, String units, String fields, String errors) {
        assertErrors(post("/v1/trainings", "{\"network\": {" + inputs + ", \"layers\": [{\"units\": " + units + "}]},"
                + "\"dataset\": {\"inputs\": [[1, 2], [3, 4]], \"targets\": [[1], [0]]}, \"shuffle\": false, " + fields
                + "}"), errors);
    }

    @Test
    void tooMuchWorkIsRefusedWithTheNumbers() {
        String rows = "[1],".repeat(1999) + "[1]";
        assertErrors(post("/v1/trainings", "{\"network\": {\"inputs\": 1, " + LAYER + "}, \"dataset\": {\"inputs\": ["
                + rows + "], \"targets\": [" + rows + "]}, \"epochs\": 10000000}"),
                "/epochs 10000000 epochs of 2000 samples are 20000000000 visits, more than 10000000000");
    }

    @Test
    void unknownIdsAndPathsAreNotFound() {
        assertThat(get("/v1/models/4711").json().get("detail").asString()).isEqualTo("there is no model '4711'");
        assertThat(get("/v1/nothing").json().get("detail").asString()).isEqualTo("there is nothing at /v1/nothing");
        assertThat(send(request(NETWORKS).PUT(BodyPublishers.noBody())).status()).isEqualTo(405);
        assertThat(send(request(NETWORKS, "Content-Type", "text/plain").POST(BodyPublishers.ofString("x"))).status())
                .isEqualTo(415);
        assertErrors(get(NETWORKS + "?pageSize=0"), "/pageSize must be between 1 and 1000, was 0");
        assertErrors(get(NETWORKS + "?pageToken=%C3%A9"),
                "/pageToken must be a nextPageToken of the same list with the same filter");
    }

    @Test
    void bodiesOf100MegabytesAreRefusedAnnouncedOrNot() {
        assertThat(send(request(NETWORKS, "Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[100_000_000]))).status()).isEqualTo(413);
        Answer chunked = send(request(NETWORKS, "Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new Spaces(100_000_000))));
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.json().get("detail").asString()).isEqualTo("the body must have at most 67108864 bytes");
    }

    /** So many spaces. */
    private static final class Spaces extends InputStream {
        private long left;

        private Spaces(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? ' ' : -1;
        }
    }

    private static void assertErrors(Answer answer, String errors) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                .map(error -> error.get("pointer").asString()
                        + (error.has("position") ? " @" + error.get("position") : "") + " "
                        + error.get("detail").asString()).map(String::strip))
                .containsExactlyInAnyOrder(errors.split("~(?!1b)"));
    }
}
