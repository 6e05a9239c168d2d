package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Evaluations and predictions at points where there is nothing to compute answer the others. */
class UndefinedPointsTest extends HttpTest {

    private static final String EVALUATION = """
            {"network": {"inputs": ["x", "y"], "layers": [{"type": "affine", "units": 1}]},
             "equations": ["log(x)", "y1", "[x, 1 / (y - 2)]"], "parameters": {"L1": {"W": [[1, 1]], "b": [0]}},
             "inputs": [[1, 1], [0, 1], [-0.5, 2], [1, 4]]%s}""";

    @Test
    void anEvaluationAnswersNullWhereItIsUndefinedAndSaysWhy() {
        for (String choice : new String[] {"", ", \"undefined\": \"null\""}) {
            assertThat(post("/v1/evaluations", EVALUATION.formatted(choice)).response().body()).isEqualTo("""
                    {"results":[{"equation":"log(x)","shape":[],"values":[0.0,null,null,0.0]},\
                    {"equation":"y1","shape":[],"values":[2.0,1.0,1.5,5.0]},\
                    {"equation":"[x, 1 / (y - 2)]","shape":[2],"values":[[1.0,-1.0],[0.0,-1.0],null,[1.0,0.5]]}],\
                    "undefined":[{"sample":1,"equation":0,"reason":"log of 0"},\
                    {"sample":2,"equation":0,"reason":"log of -0.5"},\
                    {"sample":2,"equation":2,"reason":"division by 0"}]}""");
        }
    }

    @Test
    void anEvaluationThatIsDefinedEverywhereHasNothingUndefined() {
        assertThat(post("/v1/evaluations", EVALUATION.formatted("").replace("log(x)", "x")
                .replace("y - 2", "y - 3")).json().has("undefined")).isFalse();
    }

    @Test
    void anEvaluationIsRefusedWithAllSuchPlacesWhereThatIsAskedFor() {
        Answer answer = post("/v1/evaluations", EVALUATION.formatted(", \"undefined\": \"refuse\""));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").toString()).isEqualTo("""
                [{"pointer":"/inputs/1","detail":"equation 0 is not a finite number there: log of 0"},\
                {"pointer":"/inputs/2","detail":"equation 0 is not a finite number there: log of -0.5"},\
                {"pointer":"/inputs/2","detail":"equation 2 is not a finite number there: division by 0"}]""");
        Answer unknown = post("/v1/evaluations", EVALUATION.formatted(", \"undefined\": \"zero\""));
        assertThat(unknown.json().get("errors").toString()).isEqualTo(
                "[{\"pointer\":\"/undefined\",\"detail\":\"must be one of null, refuse, was 'zero'\"}]");
    }

    @Test
    void aPredictionDoesTheSame() {
        String model = post("/v1/trainings", """
                {"network": {"inputs": 1, "layers": [{"type": "affine", "units": 2}]},
                 "dataset": {"inputs": [[0]], "targets": [[0, 1]]}, "epochs": 1,
                 "initialParameters": {"L1": {"W": [[1e308], [1]], "b": [0, 1]}}}""", "Prefer", "wait=20")
                .json().get("modelId").asString();
        String path = "/v1/models/" + model + "/predictions";
        assertThat(post(path, "{\"inputs\": [[0], [1e10], [-1]]}").response().body()).isEqualTo("""
                {"outputs":[[0.0,1.0],null,[-1.0E308,0.0]],\
                "undefined":[{"sample":1,"equation":0,"reason":"overflow of a product"}]}""");
        assertThat(post(path, "{\"inputs\": [[0]]}").response().body()).isEqualTo("{\"outputs\":[[0.0,1.0]]}");
        Answer refused = post(path, "{\"inputs\": [[0], [1e10], [-1e10]], \"undefined\": \"refuse\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors").toString()).isEqualTo("""
                [{"pointer":"/inputs/1","detail":"equation 0 is not a finite number there: overflow of a product"},\
                {"pointer":"/inputs/2","detail":"equation 0 is not a finite number there: overflow of a product"}]""");
    }
}
