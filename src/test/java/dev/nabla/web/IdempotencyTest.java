package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.storage.GivenAnswers;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Whoever sends the same under one Idempotency-Key gets the same answer, and nothing is made twice. */
@TestPropertySource(properties =
        "spring.datasource.url=jdbc:h2:mem:once;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH")
class IdempotencyTest extends HttpTest {

    private static final String TRAINING = """
            {"network": {"inputs": ["x"], "layers": [{"units": 1}]}, "epochs": 2,
             "dataset": {"inputs": [[1]], "targets": [[1]]}}""";

    @Autowired
    private JdbcClient sql;

    private int count(String table) {
        return sql.sql("select count(*) from " + table).query(Integer.class).single();
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    private Answer send(String path, String type, String body, String key, String... headers) {
        return send(request(path, "Content-Type", type, "Idempotency-Key", key).headers(
                headers.length == 0 ? new String[] {"Prefer", "handling=strict"} : headers).POST(BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "network | /v1/networks | application/json | {\"inputs\": 1, \"layers\": [{\"units\": 1}]}",
        "dataset | /v1/datasets | application/json | {\"inputs\": [[1]], \"targets\": [[1]]}",
        "dataset | /v1/datasets/csv?targets=z | text/csv | 'x,z\n1,2\n'",
        "dataset | /v1/datasets?targets=z | text/csv | 'x,z\n1,2\n'",
        "dataset | /v1/datasets/csv?targets=z | multipart/form-data; boundary=b | '--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nx,z\n1,2\n\r\n--b--\r\n'",
        "training | /v1/trainings | application/json | {\"network\": {\"inputs\": 1, \"layers\": [{\"units\": 1}]}, \"dataset\": {\"inputs\": [[1]], \"targets\": [[1]]}, \"epochs\": 1}",
        "access_key | /v1/keys | application/json | {\"owner\": \"ada\"}"
    })
    void theSameRequestHasTheSameAnswerAndMakesNothingMore(String table, String path, String type, String body) {
        int before = count(table);
        String key = newKey();
        Answer first = send(path, type, body, key);
        assertThat(first.status()).as(first.response().body()).isIn(201, 202);
        for (int i = 0; i < 3; i++) {
            Answer again = send(path, type, body, key);
            assertThat(again.status()).isEqualTo(first.status());
            assertThat(again.response().body()).isEqualTo(first.response().body());
            for (String header : new String[] {"Location", "Content-Type", "Retry-After", "Cache-Control"}) {
                assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
            }
        }
        assertThat(count(table)).isEqualTo(before + 1);
        Answer other = send(path, type, body.replace('1', '2').replace("ada", "bob"), key);
        assertThat(other.status()).as(other.response().body()).isEqualTo(422);
        assertThat(other.json().at("/errors/0/pointer").asString()).isEqualTo("/Idempotency-Key");
        assertThat(send(path, type, body, newKey()).status()).isEqualTo(first.status());
        assertThat(count(table)).isEqualTo(before + 2);
    }

    @Test
    void jsonIsTheSameWhateverItsSpacesAndTheOrderOfItsFields() {
        String key = newKey();
        Answer first = send("/v1/networks", "application/json", "{\"inputs\": 1, \"layers\": [{\"units\": 1}]}", key);
        Answer again = send("/v1/networks", "application/json", "{\"layers\":[{\"units\":1}],\n\"inputs\":1}", key);
        assertThat(again.status()).as(again.response().body()).isEqualTo(201);
        assertThat(again.response().body()).isEqualTo(first.response().body());
    }

    @Test
    void aFieldThatIsGivenTwiceIsNotTheSame() {
        String key = newKey();
        assertThat(send("/v1/trainings", "application/json", TRAINING, key).status()).isEqualTo(202);
        for (String twice : new String[] {TRAINING.replace("\"epochs\"", "\"epochs\": 6, \"epochs\""),
                TRAINING.replace("\"units\"", "\"units\": 1, \"units\"")}) {
            Answer other = send("/v1/trainings", "application/json", twice, key);
            assertThat(other.status()).as(other.response().body()).isEqualTo(422);
        }
    }

    @Test
    void anotherPathOrQueryIsAnotherRequest() {
        String key = newKey();
        assertThat(send("/v1/datasets/csv?targets=z", "text/csv", "x,z\n1,2\n", key).status()).isEqualTo(201);
        assertThat(send("/v1/datasets/csv?targets=x", "text/csv", "x,z\n1,2\n", key).status()).isEqualTo(422);
        assertThat(send("/v1/datasets?targets=z", "text/csv", "x,z\n1,2\n", key).status()).isEqualTo(422);
    }

    @Test
    void aRefusedRequestMayBeMendedUnderItsKey() {
        String key = newKey();
        assertThat(send("/v1/networks", "application/json", "{\"inputs\": 0}", key).status()).isEqualTo(422);
        assertThat(send("/v1/networks", "application/json", "{", key).status()).isEqualTo(400);
        assertThat(send("/v1/networks", "application/json", "{\"inputs\": 1, \"layers\": [{\"units\": 1}]}", key).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "\t"})
    void aKeyIsVisibleAscii(String key) {
        Answer answer = send("/v1/networks", "application/json", "{\"inputs\": 1, \"layers\": [{\"units\": 1}]}", "x" + key + "y");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/Idempotency-Key");
    }

    @Test
    void ofManyAtOnceOneMakesSomethingAndAllAreAnsweredAlike() throws Exception {
        int threads = 8;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 10; round++) {
                int before = count("training");
                String key = newKey();
                var together = new CyclicBarrier(threads);
                List<Future<Answer>> answers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    answers.add(executor.submit(() -> {
                        together.await();
                        Answer answer = send("/v1/trainings", "application/json", TRAINING, key);
                        while (answer.status() == 409) {
                            assertThat(answer.header("Retry-After")).isEqualTo("1");
                            answer = send("/v1/trainings", "application/json", TRAINING, key);
                        }
                        return answer;
                    }));
                }
                Answer first = answers.getFirst().get();
                assertThat(first.status()).isEqualTo(202);
                for (Future<Answer> answer : answers) {
                    assertThat(answer.get().response().body()).isEqualTo(first.response().body());
                }
                assertThat(count("training")).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void whoWaitsForTheEndIsToldTheEndAgain() {
        String key = newKey();
        Answer first = send("/v1/trainings", "application/json", TRAINING, key, "Prefer", "wait=60");
        assertThat(first.status()).isEqualTo(200);
        Answer again = send("/v1/trainings", "application/json", TRAINING, key, "Prefer", "wait=60");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.header("Preference-Applied")).isEqualTo("wait=60");
    }

    @Test
    void whereTheAnswerCannotBeKeptNothingIsMade() {
        int trainings = count("training");
        int networks = count("network");
        sql.sql("alter table given_answer add constraint nothing check (fingerprint is null)").update();
        try {
            Answer answer = send("/v1/trainings", "application/json", TRAINING, newKey());
            assertThat(answer.status()).isGreaterThanOrEqualTo(500);
        } finally {
            sql.sql("alter table given_answer drop constraint nothing").update();
        }
        assertThat(count("training")).isEqualTo(trainings);
        assertThat(count("network")).isEqualTo(networks);
    }

    @Test
    void afterADayAKeyIsANewOneAndOldAnswersAreGone() {
        String key = newKey();
        String network = "{\"inputs\": 1, \"layers\": [{\"units\": 1}]}";
        Answer first = send("/v1/networks", "application/json", network, key);
        assertThat(send("/v1/networks", "application/json", network, key).header("Location")).isEqualTo(first.header("Location"));
        sql.sql("update given_answer set created_at = dateadd('SECOND', ?, created_at)").param(-GivenAnswers.TIME.toSeconds()).update();
        Answer other = send("/v1/networks", "application/json", network.replace("1}", "2}"), key);
        assertThat(other.status()).isEqualTo(201);
        assertThat(other.header("Location")).isNotEqualTo(first.header("Location"));
        assertThat(count("given_answer")).isEqualTo(1);
    }
}
