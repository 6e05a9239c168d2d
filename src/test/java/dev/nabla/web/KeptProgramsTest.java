package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.Work;
import dev.nabla.storage.ModelReference;
import dev.nabla.storage.Models;
import dev.nabla.storage.Owner;
import dev.nabla.web.expressions.Evaluations;
import dev.nabla.web.expressions.Evaluations.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Equations about models are compiled once, as long as there is room and the model is there, and nobody sees a difference. */
@TestPropertySource(properties = {"nabla.max-kept-programs=256KB",
    "spring.datasource.url=jdbc:h2:mem:programs;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class KeptProgramsTest extends HttpTest {

    private static final String POINTS = "\"inputs\": [[0.25, -1], [3, 0.5]]";

    @Autowired
    private Evaluations evaluations;

    @Autowired
    private Models models;

    private String model() {
        return post("/v1/trainings", "{\"network\": " + SEED_NETWORK + ", \"dataset\": " + GAUSSIAN + ", \"epochs\": 1}",
                "Prefer", "wait=60").json().get("modelId").asString();
    }

    private String evaluated(String model, String equations) {
        Answer answer = post("/v1/evaluations", "{\"modelId\": \"" + model + "\", \"equations\": [" + equations + "], "
                + POINTS + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.response().body();
    }

    private double meter(String name) {
        return get("/actuator/prometheus").response().body().lines()
                .filter(line -> line.startsWith(name) && line.contains("cache=\"programs\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    private double hits() {
        return get("/actuator/prometheus").response().body().lines()
                .filter(line -> line.startsWith("cache_gets_total") && line.contains("\"programs\"") && line.contains("\"hit\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    @Test
    void whatIsAskedAgainIsNotCompiledAgainAndAnsweredTheSame() {
        String model = model();
        for (String equations : List.of("\"z\"", "\"D(z, inputs)\", \"L1.b\", \"log(x)\"")) {
            double before = hits();
            String first = evaluated(model, equations);
            assertThat(hits()).isEqualTo(before);
            assertThat(evaluated(model, equations)).isEqualTo(first);
            assertThat(hits()).isEqualTo(before + 1);
        }
        String path = "/v1/models/" + model + "/predictions";
        String first = post(path, "{" + POINTS + "}").response().body();
        double before = hits();
        assertThat(post(path, "{" + POINTS + "}").response().body()).isEqualTo(first);
        assertThat(hits()).isEqualTo(before + 1);
        assertThat(post(path, "{\"inputs\": [[1]]}").json().at("/errors/0/detail").asString())
                .isEqualTo("must be an array of 2 numbers, had 1");
    }

    @Test
    void parametersOfARequestAreThoseItIsAnsweredWith() {
        String model = model();
        String own = evaluated(model, "\"z\"");
        String zeros = "{\"L1\": {\"W\": [[0, 0], [0, 0], [0, 0]], \"b\": [0, 0, 0]}, \"L2\": {\"W\": [[0, 0, 0], [0, 0, 0], "
                + "[0, 0, 0]], \"b\": [0, 0, 0]}, \"L3\": {\"W\": [[0, 0, 0]], \"b\": [0]}}";
        assertThat(post("/v1/evaluations", "{\"modelId\": \"" + model + "\", \"equations\": [\"z\"], \"parameters\": " + zeros
                + ", " + POINTS + "}").json().at("/results/0/values").toString()).isEqualTo("[0.0,0.0]");
        assertThat(evaluated(model, "\"z\"")).isEqualTo(own);
    }

    @Test
    void aModelThatWasDeletedIsThereNoMore() {
        String model = model();
        String path = "/v1/models/" + model + "/predictions";
        assertThat(post(path, "{" + POINTS + "}").status()).isEqualTo(200);
        assertThat(delete("/v1/models/" + model).status()).isEqualTo(204);
        assertThat(post(path, "{" + POINTS + "}").status()).isEqualTo(404);
        String trained = model();
        evaluated(trained, "\"z\"");
        String training = get("/v1/models/" + trained).json().get("trainingId").asString();
        assertThat(delete("/v1/trainings/" + training).status()).isEqualTo(204);
        Answer answer = post("/v1/evaluations", "{\"modelId\": \"" + trained + "\", \"equations\": [\"z\"], " + POINTS + "}");
        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void whatIsKeptStaysWithinItsBound() {
        String model = model();
        double before = meter("cache_evictions_total");
        for (int i = 0; i < 40; i++) {
            evaluated(model, "\"D(z, inputs, inputs) + " + i + "\"");
        }
        assertThat(meter("cache_size")).isBetween(1.0, 32.0);
        assertThat(meter("cache_evictions_total")).isGreaterThan(before);
    }

    @Test
    void whatIsKeptCostsTheSameWorkAsWhatIsMadeAnew() {
        var model = new ModelReference(model());
        double anew = nanos(model);
        assertThat(anew).isPositive();
        double before = hits();
        assertThat(nanos(model)).isEqualTo(anew);
        assertThat(hits()).isEqualTo(before + 1);
    }

    private double nanos(ModelReference model) {
        try (var work = new Work(Long.MAX_VALUE, new MemoryBudget("requests", 1 << 30, () -> 1 << 30))) {
            return work.call(() -> Owner.LOCAL.call(() -> {
                var equated = evaluations.about(models.resolve(model).orElseThrow(), List.of("D(z, x)"), _ -> "", new ArrayList<>())
                        .orElseThrow();
                evaluations.compute(new Plan(equated, new double[][] {{1, 2}}, Undefined.Choice.NULL));
                return Work.taken().nanos();
            }));
        }
    }
}
