package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Bounds of a model, as a client asks for them. */
class BoundsHttpTest extends HttpTest {

    private String model;

    @BeforeEach
    void train() {
        model = post("/v1/trainings", """
                {"network": {"inputs": ["x", "y"], "outputs": ["z"], "layers": [{"units": 4}, {"units": 1}]},
                 "dataset": {"inputNames": ["x", "y"], "inputs": [[0, 0], [0.5, -1], [1, 1]], "targetNames": ["z"],
                 "targets": [[0], [0.5], [-0.5]]}, "epochs": 20}""", "Prefer", "wait=60").json().get("modelId").asString();
    }

    private Answer ask(String equations, String more) {
        return post("/v1/bounds", "{\"modelId\": \"" + model + "\", \"equations\": " + equations + more + "}");
    }

    @Test
    void everyEntryHasItsBoundsAndMoreBoxesMakeThemTighter() {
        String equations = "[\"z\", \"D(z, inputs)\", \"1 / x\"]";
        JsonNode few = ask(equations, ", \"box\": {\"y\": [-1, 1], \"x\": [-1, 1]}, \"maxBoxes\": 8").json().get("results");
        JsonNode many = ask(equations, ", \"box\": {\"y\": [-1, 1], \"x\": [-1, 1]}").json().get("results");
        assertThat(many.get(0).get("upper").asDouble()).isLessThanOrEqualTo(few.get(0).get("upper").asDouble());
        assertThat(many.get(0).get("upper").asDouble() - many.get(0).get("reachedUpper").asDouble()).isBetween(0.0, 1e-3);
        assertThat(many.get(1).get("shape").toString()).isEqualTo("[2]");
        assertThat(many.get(1).get("lower").size()).isEqualTo(2);
        assertThat(many.get(1).get("lower").get(1).asDouble()).isLessThan(many.get(1).get("reachedLower").get(1).asDouble());
        assertThat(many.get(2).get("lower").isNull()).isTrue();
        List<Double> values = post("/v1/models/" + model + "/predictions", "{\"inputs\": [[-1, -1], [0.3, 0.7], [1, 1], [1, -1]]}").json()
                .get("outputs").valueStream().map(row -> row.get(0).asDouble()).toList();
        assertThat(values).allSatisfy(value -> assertThat(value)
                .isBetween(many.get(0).get("lower").asDouble(), many.get(0).get("upper").asDouble()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[\"z\"] | , \"box\": {\"x\": [0, 1]} | /box | 'y'",
        "[\"z\"] | , \"box\": {\"x\": [0, 1], \"y\": [0, 1], \"q\": [0, 1]} | /box/q | x, y",
        "[\"z\"] | , \"box\": {\"x\": [1, 0], \"y\": [0, 1]} | /box/x | low",
        "[\"z\"] | , \"box\": {\"x\": [0, 1e400], \"y\": [0, 1]} | /box/x/1 | ''",
        "[\"z\"] | , \"box\": {\"x\": [0, 1], \"y\": [0, 1]}, \"tolerance\": 0 | /tolerance | 0",
        "[\"z\"] | , \"box\": {\"x\": [0, 1], \"y\": [0, 1]}, \"maxBoxes\": 0 | /maxBoxes | 1",
        "[\"z +\"] | , \"box\": {\"x\": [0, 1], \"y\": [0, 1]} | /equations/0 | ''",
        "[\"outer(D(parameters.L1.W, inputs), z)\"] | , \"box\": {\"x\": [0, 1], \"y\": [0, 1]} | /equations/0 | ''",
        "[\"z\"] | '' | /box | missing"})
    void whatIsWrongIsToldAtItsField(String equations, String more, String pointer, String detail) {
        Answer answer = ask(equations, more);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().get("errors").valueStream()).anySatisfy(error -> {
            assertThat(error.get("pointer").asString()).isEqualTo(pointer);
            assertThat(error.get("detail").asString()).contains(detail);
        });
    }

    @Test
    void whatHasVeryManyEntriesIsRefused() {
        String equations = "[" + String.join(", ", Collections.nCopies(100, "\"D(z, inputs, inputs, inputs, inputs)\"")) + "]";
        Answer answer = ask(equations, ", \"box\": {\"x\": [0, 1], \"y\": [0, 1]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/detail").asString()).contains("1600", "1000");
    }
}
