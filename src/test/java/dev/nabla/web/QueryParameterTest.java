package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A misspelt parameter is refused, wherever it is. */
class QueryParameterTest extends HttpTest {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mapping;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET | /v1/networks?pagesize=1 | \\(did you mean pageSize\\?\\); known are pageSize, pageToken, name, tag, withoutTag",
        "GET | /v1/networks?pageSize=1&x | ; known are pageSize, pageToken, name, tag, withoutTag",
        "GET | /v1/networks/4711?x=1 | ; there are none",
        "GET | /v1/networks/4711/expressions?equation=x&equations=x | \\(did you mean equation\\?\\); known are equation, form, format, shareSubexpressions, digits",
        "GET | /v1/trainings?status=queued | ; known are pageSize, pageToken, state, networkId, datasetId, name, tag, withoutTag",
        "GET | /v1/models?x= | ; known are pageSize, pageToken, networkId, trainingId, name, tag, withoutTag",
        "GET | /v1/datasets/4711/data?x= | ; there are none",
        "POST | /v1/trainings/4711/cancel?force | ; there are none",
        "DELETE | /v1/networks/4711?cascade=true | ; there are none",
        "GET | /problems/not-found?x=1 | ; there are none"
    })
    void unknownParametersAreNamedWithTheKnownOnes(String method, String path, String known) {
        Answer answer = send(request(path, "Content-Type", "application/json").method(method, BodyPublishers.ofString("{}")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").toString()).matches(
                "\\[\\{\"pointer\":\"/\\w+\",\"detail\":\"is not a parameter here ?" + known + "\"}]");
    }

    /** As the components of a record are also looked for there, unless that is forbidden. */
    @Test
    void headersAreNoParameters() {
        post("/v1/networks", "{\"name\": \"by header\", \"inputs\": 1, \"layers\": [{\"units\": 1}]}");
        for (String header : List.of("name", "tag", "pageSize", "pageToken")) {
            Answer list = send(request("/v1/networks", header, "other"));
            assertThat(list.status()).as(header).isEqualTo(200);
            assertThat(list.json().get("items")).as(header).isNotEmpty();
        }
    }

    /** What is not known before a handler is called is told by it, with what else is wrong: none must forget to. */
    @Test
    void everyHandlerWithParametersTakesTheQuery() {
        List<HandlerMethod> handlers = mapping.getHandlerMethods().values().stream()
                .filter(handler -> handler.getBeanType().getName().startsWith("dev.nabla."))
                .filter(handler -> typesOfParameters(handler).findAny().isPresent()).toList();
        assertThat(handlers).hasSizeGreaterThan(6).allSatisfy(handler ->
                assertThat(handler.getMethod().getParameterTypes()).as(handler.toString()).contains(Query.class));
        assertThat(handlers.stream().flatMap(QueryParameterTest::typesOfParameters))
                .containsOnly(String.class, List.class, MultipartFile.class);
    }

    /** With the types of those that are components of a record. */
    private static Stream<Class<?>> typesOfParameters(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters()).flatMap(parameter ->
                parameter.hasParameterAnnotation(RequestParam.class) ? Stream.of(parameter.getParameterType())
                        : parameter.hasParameterAnnotation(ParameterObject.class)
                        ? Arrays.stream(parameter.getParameterType().getRecordComponents()).map(RecordComponent::getType)
                        : Stream.empty());
    }

    @Test
    void allUnknownParametersOfACsvAreNamed() {
        Answer answer = send(request("/v1/datasets?inputs=x&target=y&a~b", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x,y\n1,2\n")));
        String known = "\"is not a parameter here; known are inputs, targets, delimiter, decimal, header, rename, na, missing, "
                + "oneHot, name, tags\"";
        assertThat(answer.json().get("errors").toString()).isEqualTo("[{\"pointer\":\"/a~0b\",\"detail\":" + known
                + "},{\"pointer\":\"/target\",\"detail\":" + known.replace(";", " (did you mean targets?);") + "}]");
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
