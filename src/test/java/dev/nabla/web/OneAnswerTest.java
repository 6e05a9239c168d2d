package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Everything that is wrong with a request is in one answer, whatever its kind, unless it follows from what is told. */
class OneAnswerTest extends HttpTest {

    private static final String NETWORK = "\"network\": {\"inputs\": [\"x\"], \"layers\": [{\"units\": 1}]}";
    private static final String DATASET = "\"dataset\": {\"inputs\": [[1]], \"inputNames\": [\"x\"], \"targets\": [[1]], "
            + "\"targetNames\": [\"f\"]}";
    private static final String NOTHING = "00000000-0000-0000-0000-000000000000";
    private static final String OTHER = "00000000-0000-0000-0000-000000000001";

    @Test
    void idsThatNameNothingAreNamedTogetherAndNotFoundWhereNothingElseIsWrong() {
        Answer answer = post("/v1/trainings", "{\"networkId\": \"%s\", \"datasetId\": \"%s\", \"initialModelId\": \"%s\", "
                .formatted(NOTHING, OTHER, OTHER) + "\"loss\": {\"terms\": [{\"equation\": \"u\", \"dataset\": \"%s\"}]}}"
                        .formatted(NOTHING));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/not-found");
        assertThat(answer.json().get("detail").asString()).isEqualTo("the request has 4 ids with which there is nothing");
        assertThat(errors(answer)).containsExactlyInAnyOrder("/networkId there is no network '" + NOTHING + "'",
                "/datasetId there is no dataset '" + OTHER + "'", "/initialModelId there is no model '" + OTHER + "'",
                "/loss/terms/0/dataset there is no dataset '" + NOTHING + "'");
        assertThat(answer.response().body()).doesNotContain("namesNothing");
    }

    @ParameterizedTest
    @CsvSource({"/v1/expressions", "/v1/evaluations"})
    void idsOfWhichOnlyOneMayBeGivenAreBothLookedUp(String path) {
        assertThat(errors(post(path, "{\"networkId\": \"%s\", \"modelId\": \"%s\", \"equations\": [\"y1\"]%s}".formatted(NOTHING,
                OTHER, path.equals("/v1/evaluations") ? ", \"inputs\": [[1]]" : "")))).containsExactlyInAnyOrder(
                "must have exactly one of network, networkId" + (path.equals("/v1/evaluations") ? ", modelId and ensembleId"
                        : " and modelId"), "/networkId there is no network '" + NOTHING + "'",
                "/modelId there is no model '" + OTHER + "'");
    }

    @ParameterizedTest
    @CsvSource({"/v1/expressions, networkId, network", "/v1/expressions, modelId, model", "/v1/evaluations, networkId, network"})
    void oneIdThatNamesNothingIsTheDetail(String path, String field, String kind) {
        Answer answer = post(path, "{\"%s\": \"%s\", \"equations\": [\"y1\"], \"inputs\": [[1]]}".replace(
                path.endsWith("expressions") ? ", \"inputs\": [[1]]" : "\0", "").formatted(field, NOTHING));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("detail").asString()).isEqualTo("there is no " + kind + " '" + NOTHING + "'");
        assertThat(errors(answer)).containsExactly("/" + field + " there is no " + kind + " '" + NOTHING + "'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        // ids
        "/v1/trainings | {\"networkId\": \"" + NOTHING + "\", \"epochs\": 0, " + DATASET + "} | /networkId there is no network '"
                + NOTHING + "'~/epochs must be between 1 and 10000000, was 0",
        "/v1/expressions | {\"networkId\": \"x\", \"equations\": [\"y1\"], \"loss\": \"mse\", \"datasetId\": \"y\"} | "
                + "/networkId must be an id, which is a UUID~/datasetId must be an id, which is a UUID",
        "/v1/evaluations | {\"modelId\": \"" + NOTHING + "\", \"equations\": [], \"inputs\": [[null]]} | "
                + "/modelId there is no model '" + NOTHING + "'~/equations must have between 1 and 100 items, had 0~"
                + "/inputs/0/0 must be a number",
        "/v1/expressions | {" + NETWORK + ", \"equations\": [\"x +\", \"targets.q\"], \"loss\": \"mse\", \"datasetId\": \""
                + NOTHING + "\", \"form\": \"tree\"} | /datasetId there is no dataset '" + NOTHING + "'~"
                + "/equations/0 @3 expected a number, a name, '(' or '[', found the end~/form must be one of scalar, array, was 'tree'",
        // outputs beside what does not decide about them
        "/v1/networks | {\"inputs\": 3, \"outputs\": [\"H\", \"K\"], \"architecture\": {\"type\": \"hamiltonian\", \"width\": 4, "
                + "\"hiddenLayers\": 1}} | /inputs must be an even number, positions and then as many momenta, was 3~/outputs must "
                + "name the 1 outputs of the architecture, named 2",
        "/v1/networks | {\"inputs\": [\"x\"], \"outputs\": [\"z\"], \"layers\": [{\"units\": 0}, {\"units\": 2}]} | "
                + "/layers/0/units must be between 1 and 4096, was 0~/outputs must name the 2 units of the last layer, named 1",
        "/v1/networks | {\"inputs\": [\"x\"], \"outputs\": [\"z\"], \"layers\": [{\"units\": 2}, {\"units\": 0}]} | "
                + "/layers/1/units must be between 1 and 4096, was 0",
        "/v1/networks | {\"inputs\": 3, \"architecture\": {\"type\": \"hamiltonian\", \"width\": 4, \"hiddenLayers\": 1}} | "
                + "/inputs must be an even number, positions and then as many momenta, was 3",
        // names of fields
        "/v1/datasets | {\"grid\": {\"exp\": {\"from\": 0, \"to\": \"a\", \"step\": 1}}, \"targets\": {\"a b\": 1}} | /grid/exp must "
                + "not be 'exp', which equations use~/grid/exp/to must be a number~/targets/a b must be a letter followed by at "
                + "most 63 letters, digits or underscores~/targets/a b must be a string",
        "/v1/networks | {\"inputs\": [\"x\"], \"architecture\": {\"type\": \"equations\", \"parts\": {\"exp\": {\"inputs\": 0, "
                + "\"layers\": [{\"units\": 1}]}}, \"coefficients\": {\"D\": {\"initial\": \"a\"}, \"c\": {\"initial\": [[], [1]]}}, "
                + "\"outputs\": [\"x\"]}} | /architecture/parts/exp must not be 'exp', which equations use~/architecture/parts/exp/inputs "
                + "must be between 1 and 4096, was 0~/architecture/coefficients/D must not be 'D', which equations use~"
                + "/architecture/coefficients/D/initial must be a number or an array of numbers~/architecture/coefficients/c/initial/0 "
                + "must have at least one item~/architecture/coefficients/c/initial/1 must have the shape of the items before",
        // equations about a network that is wrong
        "/v1/expressions | {\"modelId\": \"" + NOTHING + "\", \"equations\": [\"D(\", \"q + f(r, s[2])\", \"q +\", \"W q\", "
                + "\"A @ x + [1, 2]\"]} | /modelId there is no model '" + NOTHING + "'~/equations/0 @2 expected a number, a name, '(' "
                + "or '[', found the end~/equations/2 @3 expected a number, a name, '(' or '[', found the end~/equations/3 @2 "
                + "expected an operator or the end, found 'q'",
        "/v1/trainings | {\"networkId\": \"" + NOTHING + "\", " + DATASET + ", \"loss\": {\"terms\": [{\"equation\": \"q +\", "
                + "\"sampleWeight\": \"(q\"}, {\"equation\": \"u\"}]}} | /networkId there is no network '" + NOTHING
                + "'~/loss/terms/0/equation @3 expected a number, a name, '(' or '[', found the end~/loss/terms/0/sampleWeight @2 "
                + "expected ')' or an operator, found the end",
        "/v1/trainings | {" + NETWORK + ", \"loss\": {\"terms\": [{\"equation\": \"q +\", \"dataset\": \"" + NOTHING + "\"}]}} | "
                + "/loss/terms/0/dataset there is no dataset '" + NOTHING + "'~/loss/terms/0/equation @3 expected a number, a "
                + "name, '(' or '[', found the end",
        "/v1/expressions | {\"modelId\": \"" + NOTHING + "\", \"equations\": [\"loss\"], \"loss\": {\"terms\": [{\"equation\": "
                + "\"q +\"}]}} | /modelId there is no model '" + NOTHING + "'~/loss/terms/0/equation @3 expected a number, a name, '(' "
                + "or '[', found the end",
        "/v1/evaluations | {\"network\": {\"inputs\": [\"x\"], \"layers\": [{\"units\": 0}]}, \"equations\": [\"D(x, x\"], "
                + "\"inputs\": [[1]]} | /network/layers/0/units must be between 1 and 4096, was 0~/equations/0 @6 expected ')', ',' or "
                + "an operator, found the end",
        // a query beside a body
        "/v1/networks?x=1&inputs=2 | {\"inputs\": [\"a b\"], \"layers\": [{\"units\": 1}], \"tags\": [\"a\", \"a\"]} | /x is not a "
                + "parameter here; there are none~/inputs is not a parameter here; there are none~/inputs/0 must be a letter followed "
                + "by at most 63 letters, digits or underscores~/tags/1 must not be 'a', as another tag is",
        "/v1/networks?x=1 | {" + "\"inputs\": [\"x\"], \"layers\": [{\"units\": 1}]} | /x is not a parameter here; there are none",
        "/v1/networks?x=1 | 5 | /x is not a parameter here; there are none~must be an object",
        "/v1/trainings?wait=1 | {\"networkId\": \"" + NOTHING + "\", " + DATASET + "} | /wait is not a parameter here; there are "
                + "none~/networkId there is no network '" + NOTHING + "'",
        // nulls
        "/v1/networks | {\"inputs\": [\"x\"], \"architecture\": {\"type\": null}} | /architecture/type must not be null",
        // items of one list
        "/v1/networks | {\"inputs\": [1, \"a b\", \"x\", \"x\"], \"outputs\": [null, \"x\"], \"tags\": [1, \"a,b\"], "
                + "\"layers\": [{\"units\": 2}]} | /inputs/0 must be a string~/inputs/1 must be a letter followed by at most 63 "
                + "letters, digits or underscores~/inputs/3 must not be 'x', as item 2 of inputs is~/outputs/0 must not be null~"
                + "/outputs/1 must not be 'x', as item 2 of inputs is~/tags/0 must be a string~/tags/1 must have no commas "
                + "and no control characters",
        "/v1/expressions | {" + NETWORK + ", \"equations\": [1, \"q\"]} | /equations/0 must be a string~/equations/1 @0 "
                + "unknown name 'q'; known are x, y1, L1.W, L1.b, inputs, outputs, inputs.x, outputs.y1, parameters",
        "/v1/datasets | {\"inputs\": [[1, 2], [\"a\", 3], [4], 5], \"targets\": [[1], [null], [2, 3], [4], [5]], "
                + "\"inputNames\": [null, \"exp\", \"c\"]} | /inputs/1/0 must be a number~/inputs/2 must have 2 numbers, as the "
                + "first row has, had 1~/inputs/3 must be an array~/targets/1/0 must be a number~/targets/2 must have 1 numbers, as "
                + "the first row has, had 2~/inputNames/0 must not be null~/inputNames/1 must not be 'exp', which equations use",
        "/v1/datasets | {\"grid\": {\"x\": {\"from\": 0, \"to\": 1}, \"y\": {\"from\": 1, \"to\": 0, \"step\": 1}}, \"targets\": "
                + "{\"z\": \"x + y + q\", \"w\": 1, \"v\": \"[x, y]\"}} | /grid/x/step is missing~/grid/y/from must not be above to, "
                + "which is 0.0, was 1.0~/targets/z @8 unknown name 'q'; known are x, y, inputs.x, inputs.y~/targets/w must be a "
                + "string~/targets/v @0 must be a scalar, has shape [2]",
        // parameters
        "/v1/evaluations | {" + NETWORK + ", \"equations\": [\"x\"], \"inputs\": [[1]], \"parameters\": {\"L1\": {\"W\": [[null]], "
                + "\"b\": [1, 2], \"c\": null}, \"L2\": 5}} | /parameters/L1/W/0/0 must not be null~/parameters/L1/b must be an "
                + "array of 1 items, had 2~/parameters/L1/c must not be null~/parameters/L2 is no parameter of the network",
        // equations of a loss
        "/v1/trainings | {" + NETWORK + ", " + DATASET + ", \"loss\": {\"terms\": [1, {\"equation\": 2}, {\"equation\": \"f +\"}, "
                + "{\"equation\": \"g\", \"dataset\": \"" + NOTHING + "\"}, {\"equation\": \"x q\", \"weight\": -1}]}} | "
                + "/loss/terms/0 must be an object~/loss/terms/1/equation must be a string~/loss/terms/2/equation @3 expected a "
                + "number, a name, '(' or '[', found the end~/loss/terms/3/dataset there is no dataset '" + NOTHING + "'~"
                + "/loss/terms/4/weight must be above 0, was -1.0~/loss/terms/4/equation @2 expected an operator or the end, found 'q'",
        "/v1/expressions | {" + NETWORK + ", \"equations\": [\"loss\", \"D(targets, x\"], \"loss\": {\"terms\": [{\"equation\": "
                + "\"x +\"}]}} | /loss/terms/0/equation @3 expected a number, a name, '(' or '[', found the end",
        "/v1/expressions | {" + NETWORK + ", \"equations\": [\"loss\", \"y1 @ L1.W\"], \"loss\": \"hamiltonian\"} | /loss "
                + "hamiltonian needs a network with a field, as the architecture hamiltonian has~/equations/1 @3 shapes [] and "
                + "[1, 1] do not fit @"
    })
    void nothingHidesWhatCanBeSeenBesideIt(String path, String request, String errors) {
        Answer answer = post(path, request);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(errors(answer)).containsExactlyInAnyOrder(errors.split("~"));
    }

    @Test
    void aBodyThatIsNoJsonIsMalformedWhateverTheQuery() {
        assertThat(post("/v1/networks?x=1", "{").status()).isEqualTo(400);
    }

    @Test
    void aWrongMethodHidesNeitherFieldNorEnergy() {
        String model = post("/v1/trainings", "{" + NETWORK + ", " + DATASET + ", \"epochs\": 1}", "Prefer", "wait=60").json()
                .get("modelId").asString();
        assertThat(errors(post("/v1/models/" + model + "/trajectories", "{\"method\": \"euler\", \"field\": \"[x, x]\", "
                + "\"energy\": \"x +\", \"starts\": [[1], [2, 3]], \"steps\": 1}"))).containsExactlyInAnyOrder(
                "/method must be one of implicit-midpoint, stoermer-verlet, dormand-prince, map, was 'euler'",
                "/field @0 must be a vector as long as the inputs, of shape [1], has shape [2]",
                "/energy @3 expected a number, a name, '(' or '[', found the end",
                "/starts/1 must be an array of 1 numbers, had 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "/v1/trainings?x=1&tag=a&tag=b&state=done&networkId=4711&name=%00&pageSize=0&pageToken=é | /x is not a parameter here; "
                + "known are pageSize, pageToken, state, networkId, datasetId, name, tag, withoutTag~/tag is given 2 times~/state must be one "
                + "of queued, running, paused, succeeded, failed, cancelled, was 'done'~/networkId must be an id, which is a UUID~/name must "
                + "have no control characters~/pageSize must be between 1 and 1000, was 0~/pageToken must be a nextPageToken of the "
                + "same list with the same filter",
        "/v1/networks?pageSize= | /pageSize must be a whole number from 1 to 1000",
        "/v1/networks?pageSize=0x10 | /pageSize must be a whole number from 1 to 1000",
        "/v1/networks?pageSize=99999999999 | /pageSize must be a whole number from 1 to 1000",
        "/v1/networks/ID/expressions?shareSubexpressions=yes&form=&format=word&equation=q+%2B&x= | /x is not a parameter here; "
                + "known are equation, form, format, shareSubexpressions, digits~/shareSubexpressions must be true or false~/form must be "
                + "one of scalar, array, was ''~/format must be one of latex, text, python, was 'word'~/equation @0 unknown name "
                + "'q'; known are x, y1, L1.W, L1.b, inputs, outputs, inputs.x, outputs.y1, parameters",
        "/v1/networks/ID/expressions?shareSubexpressions= | /equation is missing~/shareSubexpressions must be true or false",
        "/v1/models/" + NOTHING + "/parameters?which=first&x=1 | /x is not a parameter here; known are which~/which must be one "
                + "of best, last, was 'first'"
    })
    void everythingWrongWithAQueryIsInOneAnswer(String path, String errors) {
        String id = created("/v1/networks", NETWORK.substring(11)).get("id").asString();
        Answer answer = get(path.replace("ID", id).replace("é", "%C3%A9"));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(errors(answer)).containsExactlyInAnyOrder(errors.split("~"));
    }

    @Test
    void anIdInAPathIsNotFoundWhateverItsSpelling() {
        for (String id : List.of(NOTHING, "4711")) {
            for (String path : List.of("/v1/networks/%s", "/v1/networks/%s/expressions?equation=q", "/v1/models/%s/parameters",
                    "/v1/datasets/%s/data", "/v1/trainings/%s/events")) {
                Answer answer = get(path.formatted(id));
                assertThat(answer.status()).as(path).isEqualTo(404);
                assertThat(answer.json().has("errors")).isFalse();
            }
        }
    }

    @Test
    void parametersOfACsvItsColumnsAndItsNumbersAreInOneAnswer() {
        assertThat(errors(csv("?inputs=x,exp,q&target=z&name=%00", "x,exp,z\n1,a,2\n3\n"))).containsExactlyInAnyOrder(
                "/target is not a parameter here (did you mean targets?); known are inputs, targets, delimiter, decimal, header, rename, na, missing, "
                        + "oneHot, name, tags",
                "/name must have no control characters",
                "/inputs/2 there is no column 'q'; columns are x, exp_ ('exp'), z",
                "column 'exp_', line 2: 'a' is not a finite number; name in na what means that there is no value, or "
                        + "words in oneHot=exp_, or leave the column out", "line 3 has 1 field, the header has 3");
        assertThat(errors(csv("", "x,z\n1,2\n"))).containsExactly("/inputs must name the columns of the inputs, or targets "
                + "those of the targets, all others being inputs then; columns are x, z");
    }

    @Test
    void csvNeedsNoTargets() {
        Answer answer = csv("?inputs=x,y", "x,y,z\n1,2,3\n4,5,6\n");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        assertThat(answer.json().get("targetDimension").asInt()).isZero();
        assertThat(get(answer.header("Location") + "/data", "Accept", "text/csv").response().body())
                .isEqualTo("x,y\r\n1.0,2.0\r\n4.0,5.0\r\n");
        assertThat(get(answer.header("Location") + "/data").json().get("targets").isNull()).isTrue();
    }

    private Answer csv(String query, String rows) {
        return send(request("/v1/datasets/csv" + query, "Content-Type", "text/csv").POST(BodyPublishers.ofString(rows)));
    }

    private static List<String> errors(Answer answer) {
        return StreamSupport.stream(answer.json().get("errors").spliterator(), false).map(OneAnswerTest::text).toList();
    }

    private static String text(JsonNode error) {
        return (error.get("pointer").asString() + (error.has("position") ? " @" + error.get("position") : "") + " "
                + error.get("detail").asString()).strip();
    }
}
