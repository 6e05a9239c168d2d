package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Trajectories of a linear model whose outputs (p, −q) are the field of the oscillator. */
class TrajectoryTest extends HttpTest {

    private static final String OSCILLATOR = """
            {"network": {"inputs": ["q", "p"], "outputs": ["f", "g"],
               "layers": [{"units": 2, "activation": "identity", "bias": false}]},
             "dataset": {"inputs": [[0, 0]], "targets": [[0, 0]]}, "epochs": 1, "seed": 1,
             "initialParameters": {"L1": {"W": [[0, 1], [-1, 0]]}}}""";

    private String model;

    @BeforeEach
    void train() {
        Answer answer = post("/v1/trainings", OSCILLATOR, "Prefer", "wait=60");
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        model = "/v1/models/" + answer.json().get("modelId").asString();
    }

    @Test
    void theOutputsAreTheFieldWhereNoneIsGiven() {
        JsonNode answer = follow("""
                {"starts": [[1, 0], [0, 2]], "method": "implicit-midpoint", "step": 0.1, "steps": 10000, "every": 5000,
                 "energy": "q^2 + p^2"}""");
        assertThat(answer.get("times").toString()).isEqualTo("[0.0,500.0,1000.0]");
        assertThat(answer.get("trajectories")).hasSize(2);
        double angle = 10_000 * 2 * Math.atan(0.05);
        assertClose(answer.at("/trajectories/0/states/2"), Math.cos(angle), -Math.sin(angle), 1e-10);
        assertClose(answer.at("/trajectories/1/states/2"), 2 * Math.sin(angle), 2 * Math.cos(angle), 1e-10);
        answer.at("/trajectories/1/energies").forEach(energy ->
                assertThat(energy.asDouble()).isCloseTo(4, within(1e-10)));
    }

    @Test
    void aFieldIsAnEquationOfTheModel() {
        JsonNode answer = follow("""
                {"starts": [[1, 0]], "method": "dormand-prince", "step": 0.5, "steps": 4, "tolerance": 1e-11,
                 "field": "[2*D(f*p, p), 2*g*D(f, p)*2]"}""");
        double time = answer.get("times").get(4).asDouble();
        assertThat(time).isEqualTo(2);
        assertClose(answer.at("/trajectories/0/states/4"), Math.cos(4 * time), -Math.sin(4 * time), 1e-9);
        assertThat(answer.at("/trajectories/0").has("energies")).isFalse();
    }

    /** Of a generalized Hamiltonian whose two energies see c: the field is followed and the map is repeated at its start's c. */
    @ParameterizedTest
    @ValueSource(strings = {"stoermer-verlet", "stormer-verlet", "implicit-midpoint", "dormand-prince", "map"})
    void parametersOfTheSystemStayAsTheyAre(String method) {
        JsonNode training = post("/v1/trainings", """
                {"network": {"inputs": ["q", "p", "c"], "outputs": ["Q", "P"], "architecture":
                   {"type": "generalized-hamiltonian", "width": 3, "hiddenLayers": 1, "steps": 1, "stepSize": 0.1,
                    "systemParameters": 1}},
                 "dataset": {"inputs": [[0, 0, 1]], "targets": [[0, 0]]}, "epochs": 1, "seed": 1}""", "Prefer", "wait=60").json();
        model = "/v1/models/" + training.get("modelId").asString();
        JsonNode answer = follow("""
                {"starts": [[0.3, -0.7, 2], [0.3, -0.7, -2]], "method": "%s", "step": 0.1, "steps": 3}""".formatted(method));
        JsonNode states = answer.at("/trajectories/0/states");
        JsonNode others = answer.at("/trajectories/1/states");
        assertThat(states).hasSize(4).allSatisfy(state -> assertThat(state.get(2).asDouble()).isEqualTo(2));
        assertThat(others).allSatisfy(state -> assertThat(state.get(2).asDouble()).isEqualTo(-2));
        for (int k = 0; k < 3; k++) {
            JsonNode next = post(model + "/predictions", "{\"inputs\": [" + states.get(k) + "]}").json().at("/outputs/0");
            double tolerance = method.endsWith("rmer-verlet") || method.equals("map") ? 1e-14 : 1e-3;
            for (int i = 0; i < 2; i++) {
                assertThat(states.get(k + 1).get(i).asDouble()).isCloseTo(next.get(i).asDouble(), within(tolerance));
                assertThat(states.get(k + 1).get(i)).isNotEqualTo(others.get(k + 1).get(i));
            }
        }
    }

    @Test
    void aMapIsThatOfRepeatedPredictions() {
        JsonNode states = follow("""
                {"starts": [[0.3, -0.7]], "method": "map", "steps": 3}""").at("/trajectories/0/states");
        assertThat(states).hasSize(4);
        for (int k = 0; k < 3; k++) {
            assertThat(states.get(k + 1)).isEqualTo(post(model + "/predictions", "{\"inputs\": [" + states.get(k) + "]}")
                    .json().get("outputs").get(0));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{} | /starts is missing~/method is missing, must be one of implicit-midpoint, stoermer-verlet, dormand-prince, map~"
                + "/steps is missing~/step is missing",
        "{\"starts\": [], \"method\": \"map\", \"steps\": 1} | /starts must have at least 1 item, had 0",
        "{\"starts\": [[1], [1, 2], [1, 2, 3]], \"method\": \"map\", \"steps\": 1} | "
                + "/starts/0 must be an array of 2 numbers, had 1~/starts/2 must be an array of 2 numbers, had 3",
        "{\"starts\": [[1, 2]], \"method\": \"euler\", \"step\": 0, \"steps\": 0} | /method must be one of "
                + "implicit-midpoint, stoermer-verlet, dormand-prince, map, was 'euler'~/step must be above 0, was 0.0~"
                + "/steps must be between 1 and 10000000, was 0",
        "{\"starts\": [[1, 2]], \"method\": \"map\", \"steps\": 10, \"every\": 11} | "
                + "/every must be between 1 and 10, was 11",
        "{\"starts\": [[1, 2]], \"method\": \"map\", \"steps\": 1, \"tolerance\": 1e-9} | "
                + "/tolerance is for dormand-prince only",
        "{\"starts\": [[1, 2]], \"method\": \"dormand-prince\", \"step\": 1, \"steps\": 1, \"tolerance\": 0} | "
                + "/tolerance must be between 1e-13 and 0.1, was 0.0",
        "{\"starts\": [[1, 2]], \"method\": \"map\", \"step\": 1e308, \"steps\": 10} | "
                + "/step must be smaller, so that the last time is finite",
        "{\"starts\": [[1, 2]], \"method\": \"map\", \"steps\": 1, \"field\": \"[q, x]\", \"energy\": \"[q, p]\"} | "
                + "/field unknown name 'x'; known are q, p, f, g, L1.W, inputs, outputs, inputs.q, inputs.p, outputs.f, "
                + "outputs.g, parameters at 4~"
                + "/energy must be a scalar, has shape [2] at 0",
        "{\"starts\": [[1, 2]], \"method\": \"map\", \"steps\": 1, \"field\": \"q\"} | "
                + "/field must be a vector as long as the inputs, of shape [2], has shape [] at 0",
        "{\"starts\": [[1, 2]], \"method\": \"map\", \"steps\": 5000000} | /every would give 10000002 numbers "
                + "(1 starts × 5000001 times × 2 entries), more than 10000000",
        "{\"starts\": [[1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [1, 2]], \"method\": \"map\", \"steps\": 10000000, "
                + "\"every\": 10000000} | /steps would take 60000000 steps (6 starts × 10000000), more than 50000000 "
                + "for this field",
        "{\"starts\": [[0, 0], [2, 3]], \"method\": \"map\", \"steps\": 20, \"field\": \"inputs * inputs\"} | "
                + "/starts/1 at time 10.0 the state is not finite any more",
        "{\"starts\": [[2, 3], [0, 0], [20, 3]], \"method\": \"map\", \"steps\": 20, \"field\": \"inputs * inputs\"} | "
                + "/starts/0 at time 10.0 the state is not finite any more~"
                + "/starts/2 at time 8.0 the state is not finite any more",
        "{\"starts\": [[0, 0], [100, 0]], \"method\": \"implicit-midpoint\", \"step\": 0.1, \"steps\": 20, "
                + "\"field\": \"inputs^2\"} | /starts/1 at time 0.1 the equation of the implicit step has no solution "
                + "nearby that was found; take a smaller step"
    })
    void everyErrorIsNamed(String request, String errors) {
        Answer answer = post(model + "/trajectories", request);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                .map(error -> error.get("pointer").asString() + " " + error.get("detail").asString()
                        + (error.has("position") ? " at " + error.get("position") : ""))
                .collect(Collectors.joining("~"))).isEqualTo(errors);
    }

    @Test
    void ofManyStartsThatFailAHundredAreNamedAndTheOthersCounted() {
        JsonNode errors = post(model + "/trajectories", "{\"starts\": [" + "[2, 3], ".repeat(102)
                + "[0, 0]], \"method\": \"map\", \"steps\": 20, \"field\": \"inputs * inputs\"}").json().get("errors");
        assertThat(errors).hasSize(101);
        assertThat(errors.get(99).get("pointer").asString()).isEqualTo("/starts/99");
        assertThat(errors.get(100).get("detail").asString()).isEqualTo("and 2 more");
    }

    @Test
    void withoutAFieldTheOutputsMustBeAsManyAsTheInputs() {
        Answer training = post("/v1/trainings", """
                {"network": {"inputs": 3, "layers": [{"units": 1}]}, "epochs": 1,
                 "dataset": {"inputs": [[0, 0, 0]], "targets": [[0]]}}""", "Prefer", "wait=60");
        JsonNode errors = post("/v1/models/" + training.json().get("modelId").asString() + "/trajectories", """
                {"starts": [[1, 2, 3]], "method": "stoermer-verlet", "step": 1, "steps": 1}""").json().get("errors");
        assertThat(errors.get(0).get("detail").asString())
                .isEqualTo("stoermer-verlet needs an even number of inputs, the model has 3");
        assertThat(errors.get(1).get("detail").asString())
                .isEqualTo("is missing, and the network has 1 outputs, not as many as its 3 inputs");
    }

    @Test
    void anUnknownModelIsNotFound() {
        assertThat(post("/v1/models/nothing/trajectories", "{}").status()).isEqualTo(404);
    }

    private JsonNode follow(String request) {
        Answer answer = post(model + "/trajectories", request);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static void assertClose(JsonNode state, double first, double second, double tolerance) {
        assertThat(state.get(0).asDouble()).isCloseTo(first, within(tolerance));
        assertThat(state.get(1).asDouble()).isCloseTo(second, within(tolerance));
    }
}
