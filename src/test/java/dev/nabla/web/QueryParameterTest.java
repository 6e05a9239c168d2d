package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A misspelt parameter is refused, wherever it is. */
class QueryParameterTest extends HttpTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET | /v1/networks?pagesize=1 | known are pageSize, pageToken, name, tag",
        "GET | /v1/networks?pageSize=0&x | known are pageSize, pageToken, name, tag",
        "GET | /v1/networks/4711?x=1 | there are none",
        "GET | /v1/networks/4711/expressions?equations=x | known are equation, form, format, shareSubexpressions",
        "GET | /v1/trainings?status=queued | known are pageSize, pageToken, state, networkId, datasetId, name, tag",
        "GET | /v1/models?x= | known are pageSize, pageToken, networkId, trainingId, name, tag",
        "GET | /v1/datasets/4711/data?x= | there are none",
        "POST | /v1/networks?name=a | there are none",
        "POST | /v1/trainings/4711/cancel?force | there are none",
        "DELETE | /v1/networks/4711?cascade=true | there are none",
        "GET | /problems/not-found?x=1 | there are none"
    })
    void unknownParametersAreNamedWithTheKnownOnes(String method, String path, String known) {
        Answer answer = send(request(path, "Content-Type", "application/json").method(method, BodyPublishers.ofString("{}")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").toString()).matches(
                "\\[\\{\"pointer\":\"/\\w+\",\"detail\":\"is not a parameter here; " + known + "\"}]");
    }

    @Test
    void allUnknownParametersOfACsvAreNamed() {
        Answer answer = send(request("/v1/datasets?inputs=x&target=y&a~b", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x,y\n1,2\n")));
        String known = "\"is not a parameter here; known are inputs, targets, delimiter, decimal, header, rename, na, missing, "
                + "oneHot, name, tags\"";
        assertThat(answer.json().get("errors").toString()).isEqualTo("[{\"pointer\":\"/a~0b\",\"detail\":" + known
                + "},{\"pointer\":\"/target\",\"detail\":" + known + "}]");
    }

    @Test
    void whatIsGivenTwiceIsRefusedUnlessItIsAList() {
        assertThat(get("/v1/networks?tag=a&tag=b&pageSize=2&pageSize=2").json().get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/pageSize\",\"detail\":\"is given 2 times\"},"
                        + "{\"pointer\":\"/tag\",\"detail\":\"is given 2 times\"}]");
        assertThat(send(request("/v1/datasets/csv?inputs=x&inputs=y&targets=z", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x,y,z\n1,2,3\n"))).status()).isEqualTo(201);
    }
}
