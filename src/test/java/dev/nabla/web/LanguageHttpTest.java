package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Words of the equation language, names and prints, over HTTP. */
class LanguageHttpTest extends HttpTest {

    private static final String NETWORK = """
            {"inputs": ["θ", "Δt"], "outputs": ["z"], "layers": [{"units": 2, "activation": "x * tanh(softplus(x))"},
             {"units": 1, "activation": "identity"}]}""";

    @Test
    void whatIsNotTakenHasNeitherValueNorSlopeNorReport() {
        JsonNode answer = post("/v1/evaluations", """
                {"network": {"inputs": ["x"], "layers": [{"units": 1}]}, "inputs": [[-1], [2]],
                 "parameters": {"L1": {"W": [[1]], "b": [0]}},
                 "equations": ["where(x > 0, log(x), 0)", "D(where(x > 0, log(x), 0), x)", "where(x < 0, log(x), 0)"]}""")
                .json();
        JsonNode results = answer.get("results");
        assertThat(results.at("/0/values/0").doubleValue()).isZero();
        assertThat(results.at("/1/values/0").doubleValue()).isZero();
        assertThat(results.at("/1/values/1").doubleValue()).isEqualTo(0.5);
        assertThat(answer.get("undefined")).singleElement().satisfies(one -> assertThat(one.toString())
                .isEqualTo("{\"sample\":0,\"equation\":2,\"reason\":\"log of -1\"}"));
    }

    @Test
    void digitsRoundWhatIsPrinted() {
        JsonNode network = created("/v1/networks", NETWORK);
        assertThat(network.at("/layers/0/activation").asString()).isEqualTo("x * tanh(softplus(x))");
        JsonNode printed = post("/v1/expressions", "{\"network\": " + NETWORK
                + ", \"equations\": [\"θ * pi + Δt^2\"], \"format\": \"text\", \"digits\": 4}").json();
        assertThat(printed.at("/results/0/expression").asString()).isEqualTo("Δt^2 + 3.142 * θ");
        assertThat(get("/v1/networks/" + network.get("id").asString() + "/expressions?equation=e*inputs%5B1%5D&digits=2")
                .json().at("/results/0/expression").asString()).isEqualTo("2.7 \\theta");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 18, -3})
    void otherNumbersOfDigitsAreRefused(int digits) {
        Answer posted = post("/v1/expressions", "{\"network\": " + NETWORK + ", \"equations\": [\"z\"], \"digits\": " + digits + "}");
        assertThat(posted.status()).isEqualTo(422);
        assertThat(posted.json().at("/errors/0/pointer").asString()).isEqualTo("/digits");
        String id = created("/v1/networks", NETWORK).get("id").asString();
        Answer asked = get("/v1/networks/" + id + "/expressions?equation=z&digits=" + digits);
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.json().at("/errors/0/pointer").asString()).isEqualTo("/digits");
    }

    @Test
    void anActivationThatIsNoEquationIsRefusedWithPointerAndPosition() {
        Answer answer = post("/v1/networks", "{\"inputs\": 1, \"layers\": [{\"units\": 1, \"activation\": \"x * y\"}]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/layers/0/activation");
        assertThat(answer.json().at("/errors/0/position").intValue()).isEqualTo(4);
    }
}
