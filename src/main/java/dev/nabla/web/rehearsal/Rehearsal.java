package dev.nabla.web.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nabla.expression.Work;
import dev.nabla.jobs.Engines;
import dev.nabla.jobs.TrainingRehearsal;
import dev.nabla.storage.Owner;
import dev.nabla.web.expressions.KeptPrograms;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the requests of a first visit before the service is ready, again and again: whoever comes first would wait ten times as long
 * as others while classes are loaded, statements prepared and code compiled. Each round is a transaction that is rolled back, so
 * nothing is stored and nobody sees anything of it; the meters of requests and trainings do not count it either.
 */
@Component
class Rehearsal implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int ROUNDS = 30;

    private final DispatcherServlet servlet;
    private final Filter lane;
    private final ServletContext context;
    private final TransactionTemplate transaction;
    private final TrainingRehearsal trainings;
    private final Engines engines;
    private final KeptPrograms programs;
    private final JsonMapper json;
    private final long mostNanos;

    Rehearsal(DispatcherServlet servlet, @Qualifier("laneFilter") Filter lane, ServletContext context,
            TransactionTemplate transaction, TrainingRehearsal trainings, Engines engines, KeptPrograms programs, JsonMapper json,
            RehearsalSettings settings) {
        this.servlet = servlet;
        this.lane = lane;
        this.context = context;
        this.transaction = transaction;
        this.trainings = trainings;
        this.engines = engines;
        this.programs = programs;
        this.json = json;
        this.mostNanos = settings.time().toNanos();
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (mostNanos > 0) {
            engines.warmUpInSinglePrecision();
        }
        long start = System.nanoTime();
        int round = 0;
        try {
            for (; round < ROUNDS && System.nanoTime() - start < mostNanos; round++) {
                round(round + 1);
            }
            LOG.debug("The first requests were rehearsed {} times", round);
        } catch (RuntimeException e) {
            LOG.warn("The first requests will take longer, as they cannot be rehearsed: {}", e.getMessage());
        }
    }

    /**
     * Makes them once.
     *
     * @param units of the network, so that no program of an earlier round is known
     * @throws IllegalStateException if a request is refused
     */
    void round(int units) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            Owner.LOCAL.run(() -> visit(units));
        });
    }

    private void visit(int units) {
        String definition = """
                {"inputs": ["x", "y"], "outputs": ["z"], "layers": [{"units": 3}, {"units": %d}, {"units": 1}]}""".formatted(units);
        // By a thread of the lane, which has no part in the transaction.
        post("/v1/expressions", """
                {"network": %s, "equations": ["z", "D(z, L1.b)"], "form": "array", "format": "latex", "shareSubexpressions": true}"""
                .formatted(definition), lane);
        String network = idOf(post("/v1/networks", definition));
        String dataset = idOf(post("/v1/datasets", """
                {"grid": {"x": {"from": 0, "to": 1, "step": 0.25}, "y": {"from": 0, "to": 1, "step": 0.25}},
                 "targets": {"z": "exp(-(x^2 + y^2))"}}"""));
        String training = idOf(post("/v1/trainings", """
                {"networkId": "%s", "datasetId": "%s", "loss": "relative-l2", "epochs": 1, "batchSize": 10}"""
                .formatted(network, dataset)));
        trainings.run(UUID.fromString(training));
        String model = get("/v1/trainings/" + training).path("modelId").asString();
        get("/v1/trainings/" + training + "/metrics");
        get("/v1/models/" + model);
        post("/v1/models/" + model + "/predictions", """
                {"inputs": [[0.1, 0.2]]}""");
        post("/v2/models/" + model + "/infer", """
                {"inputs": [{"name": "inputs", "shape": [1, 2], "datatype": "FP64", "data": [0.1, 0.2]}]}""");
        post("/v1/evaluations", """
                {"modelId": "%s", "equations": ["D(z, x)"], "inputs": [[0.1, 0.2]]}""".formatted(model));
        post("/v1/exports", """
                {"modelId": "%s", "equations": ["z", "D(z, x)"], "format": "c"}""".formatted(model));
        for (String kind : new String[] {"networks", "datasets", "trainings", "models"}) {
            get("/v1/" + kind);
        }
        programs.forget(UUID.fromString(model));
    }

    private static String idOf(JsonNode answer) {
        return answer.path("id").asString();
    }

    private JsonNode post(String path, String body, Filter... filters) {
        return answer(HttpMethod.POST, path, body, filters);
    }

    private JsonNode get(String path) {
        return answer(HttpMethod.GET, path, "");
    }

    private JsonNode answer(HttpMethod method, String path, String body, Filter... filters) {
        var request = new MockHttpServletRequest(context, method.name(), path);
        request.setContentType(MediaType.APPLICATION_JSON_VALUE);
        request.setContent(body.getBytes(UTF_8));
        var response = new MockHttpServletResponse();
        try {
            Work.<Exception>within(Long.MAX_VALUE, () -> new MockFilterChain(servlet, filters).doFilter(request, response));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        byte[] answer = response.getContentAsByteArray();
        if (!HttpStatus.valueOf(response.getStatus()).is2xxSuccessful()) {
            throw new IllegalStateException(
                    method + " " + path + " is answered " + response.getStatus() + ": " + new String(answer, UTF_8));
        }
        return json.readTree(answer);
    }
}
