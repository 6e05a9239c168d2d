package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A service that queues nothing, does but little work for a request and has little memory for trainings. */
@TestPropertySource(properties = {"nabla.trainings.max-queued=0", "nabla.max-request-work=100ms", "nabla.trainings.max-memory=8MB",
    "spring.datasource.url=jdbc:h2:mem:limits;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class SmallLimitsTest extends HttpTest {

    private static final String NETWORK = """
            {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 8}, {"units": 8}, {"units": 1}]}""";

    @Test
    void aFullQueueSaysWhenToTryAgain() {
        Answer answer = post("/v1/trainings", "{\"network\": " + NETWORK + ", "
                + "\"dataset\": {\"inputs\": [[1]], \"targets\": [[1]]}}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("10");
        assertThat(get("/v1/networks").json().get("items")).isEmpty();
        assertThat(get("/v1/datasets").json().get("items")).isEmpty();
    }

    @Test
    void aTrainingThatNeverHasMemoryEnoughIsRefused() {
        Answer answer = post("/v1/trainings", """
                {"network": {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 300}, {"units": 300}, {"units": 1}]},
                 "dataset": {"inputs": [[1]], "targets": [[1]]}, "optimizer": {"type": "lbfgs", "history": 100}}""");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/detail").asString()).matches("takes at least \\d+ MB of memory on the heap, more than "
                + "the 8 MB that there are for all trainings: ask for less at once");
    }

    /** 96 bytes a row while it is read, of which 32 are kept. */
    @Test
    void aDatasetThatNeverHasMemoryEnoughToBeReadIsRefused() {
        String row = "[0,0,0,0]";
        Answer answer = post("/v1/trainings", """
                {"network": {"inputs": 4, "outputs": ["y"], "layers": [{"units": 1}]},
                 "loss": {"terms": [{"equation": "y"}]},
                 "dataset": {"inputs": [%s]}}""".formatted((row + ",").repeat(99_999) + row));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/detail").asString()).startsWith("takes at least 10 MB of memory on the heap, "
                + "more than the 8 MB that there are for all trainings");
    }

    @Test
    void aDerivativeThatIsTooDeepEndsAtItsEquation() {
        assertTooMuch(expressions("\"x\", \"D(y,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x)\""), "/equations/1");
    }

    @Test
    void allEquationsOfARequestShareItsWork() {
        String equation = "\"D(y,x,x,x,x)\"";
        assertThat(expressions(equation).status()).isEqualTo(200);
        assertThat(expressions((equation + ",").repeat(99) + equation).response().body())
                .contains("\"pointer\":\"/equations/", "takes more work");
    }

    private Answer expressions(String equations) {
        return post("/v1/expressions", "{\"network\": " + NETWORK + ", \"form\": \"array\", \"shareSubexpressions\": true, "
                + "\"equations\": [" + equations + "]}");
    }

    @Test
    void aProgramThatIsTooLongEndsAtItsEquation() {
        String equation = "\"" + IntStream.range(0, 6000).mapToObj(i -> "sin(" + i + "*x)").collect(Collectors.joining("+")) + "\"";
        assertTooMuch(evaluations(equation), "/equations/0");
        assertTooMuch(evaluations("\"x\", " + equation), "/equations");
    }

    private Answer evaluations(String equations) {
        return post("/v1/evaluations", """
                {"network": {"inputs": ["x"], "layers": [{"units": 1}]}, "parameters": {"L1": {"W": [[1]], "b": [0]}},
                 "inputs": [[1]], "equations": [%s]}""".formatted(equations));
    }

    @Test
    void anActivationThatIsTooMuchToReadIsRefused() {
        assertTooMuch(post("/v1/networks", """
                {"inputs": 2, "layers": [{"units": 3,
                 "activation": "x + integral(integral(sin(s + t), s, 0, x[1], 100), t, 0, x[1], 100)"}]}"""), "");
    }

    @Test
    void gridsAndTheDerivativesOnThemAreBounded() {
        assertTooMuch(post("/v1/datasets", """
                {"grid": {"x": {"from": 0, "to": 1, "step": 1e-7}}, "targets": {"y": "erf(sin(x)^7.5+x^2.5)"}}"""), "");
        assertThat(get("/v1/datasets").json().get("items")).isEmpty();
    }

    @Test
    void whatIsLittleWorkIsDone() {
        assertThat(expressions("\"D(y, x)\"").status()).isEqualTo(200);
    }

    private static void assertTooMuch(Answer answer, String pointer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().get("errors")).hasSize(1);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(answer.json().at("/errors/0/detail").asString())
                .startsWith("takes more work than the 0.1 seconds (by fixed prices, however long it takes)");
    }
}
