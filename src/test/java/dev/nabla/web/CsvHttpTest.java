package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as people have them, over HTTP. */
class CsvHttpTest extends HttpTest {

    private static final String CARS = """
            MPG.city;"Horse power [kW]";origin
            11,2;97;usa
            10,5;?;usa
            14,9;66;japan
            """;
    private static final Map<String, String> HOW = new TreeMap<>(Map.of("inputs", "Horse power [kW],origin", "targets",
            "MPG.city", "delimiter", ";", "decimal", ",", "rename", "MPG.city:mpg", "na", "?", "missing", "drop",
            "oneHot", "origin", "name", "cars"));

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream().map(parameter -> parameter.getKey() + "="
                + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&", "?", ""));
    }

    private Answer posted(String path, Map<String, String> parameters, String csv) {
        return send(request(path + query(parameters), "Content-Type", "text/csv").POST(BodyPublishers.ofString(csv)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/datasets", "/v1/datasets/csv"})
    void aFileIsReadAsItsParametersSay(String path) {
        requireCars(posted(path, HOW, CARS));
    }

    private void requireCars(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        assertThat(answer.json().get("name").asString()).isEqualTo("cars");
        assertThat(answer.json().get("droppedRows").asInt()).isEqualTo(1);
        assertThat(answer.json().get("columns").toString()).isEqualTo("[{\"name\":\"Horse_power_kW\",\"header\":"
                + "\"Horse power [kW]\",\"value\":null},{\"name\":\"origin_japan\",\"header\":\"origin\",\"value\":\"japan\"},"
                + "{\"name\":\"origin_usa\",\"header\":\"origin\",\"value\":\"usa\"},"
                + "{\"name\":\"mpg\",\"header\":\"MPG.city\",\"value\":null}]");
        assertThat(get(answer.header("Location")).json()).isEqualTo(answer.json());
        assertThat(get(answer.header("Location") + "/data", "Accept", "text/csv").response().body()).isEqualTo(
                "Horse_power_kW,origin_japan,origin_usa,mpg\r\n97.0,0.0,1.0,11.2\r\n66.0,1.0,0.0,14.9\r\n");
    }

    @Test
    void aFileInAFormHasTheSameParametersBesideItOrInTheQuery() {
        String file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cars.csv\"\r\n\r\n" + CARS + "\r\n";
        requireCars(send(request("/v1/datasets/csv" + query(HOW), "Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(file + "--b--\r\n"))));
        String fields = HOW.entrySet().stream().map(field -> "--b\r\nContent-Disposition: form-data; name=\""
                + field.getKey() + "\"\r\n\r\n" + field.getValue() + "\r\n").collect(Collectors.joining());
        requireCars(send(request("/v1/datasets/csv", "Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(fields + file + "--b--\r\n"))));
    }

    @Test
    void aSpreadsheetWithDecimalCommasNeedsNoMoreThanToSaySo() {
        Answer answer = posted("/v1/datasets/csv", Map.of("targets", "Kosten (€)", "decimal", ","),
                "\uFEFFHöhe [m];Druck;Kosten (€)\r\n1,5;-0,25;1\r\n2;1013,25;-7\r\n");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        assertThat(get(answer.header("Location") + "/data").json().get("inputs").toString())
                .isEqualTo("[[1.5,-0.25],[2.0,1013.25]]");
    }

    @Test
    void everythingThatIsWrongIsInOneAnswer() {
        assertThat(posted("/v1/datasets/csv", Map.of("delimiter", "x", "decimal", ";", "header", "yes", "missing", "mask",
                "rename", "a", "tags", "t,t"), CARS).json().get("errors").toString()).isEqualTo(
                        "[{\"pointer\":\"/tags/1\",\"detail\":\"must not be 't', as another tag is\"},"
                        + "{\"pointer\":\"/delimiter\",\"detail\":\"must be one of ,, ;, |, tab, was 'x'\"},"
                        + "{\"pointer\":\"/decimal\",\"detail\":\"must be one of ., ,, was ';'\"},"
                        + "{\"pointer\":\"/header\",\"detail\":\"must be true or false\"},"
                        + "{\"pointer\":\"/rename/0\",\"detail\":\"must be a header, a colon and the new name, was 'a'\"},"
                        + "{\"pointer\":\"/missing\",\"detail\":\"must be one of refuse, drop, was 'mask'\"}]");
        assertThat(posted("/v1/datasets/csv", Map.of("inputs", "MPG.city,q", "missing", "mask"), CARS).json().get("errors")
                .toString()).isEqualTo("[{\"pointer\":\"/missing\",\"detail\":\"must be one of refuse, drop, was 'mask'\"},"
                        + "{\"pointer\":\"/inputs/1\",\"detail\":\"there is no column 'q'; columns are MPG_city ('MPG.city'), "
                        + "Horse_power_kW ('Horse power [kW]'), origin\"},{\"pointer\":\"\",\"detail\":\"column 'MPG_city', "
                        + "line 2: '11,2' is not a finite number; line 3: '10,5' is not a finite number; line 4: '14,9' is not "
                        + "a finite number; numbers have no separators of thousands, and '.' before decimals, or ',' with "
                        + "decimal=,\"}]");
    }

    @Test
    void parametersThatThereAreNotAreToldWithWhatIsWrongInTheFile() {
        Answer answer = send(request("/v1/datasets/csv?inputs=q&missing=drop&missing=drop&sep=,", "Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("x\n1\n")));
        assertThat(answer.json().get("errors").toString()).contains("{\"pointer\":\"/sep\",\"detail\":\"is not a parameter here;",
                "{\"pointer\":\"/missing\",\"detail\":\"is given 2 times\"}",
                "{\"pointer\":\"/inputs/0\",\"detail\":\"there is no column 'q'; columns are x\"}");
    }

    @Test
    void theParametersOfAFormWithoutAFileAreReadAsWell() {
        assertThat(send(request("/v1/datasets/csv?missing=mask&tags=t,t&delimiter=;&delimiter=;", "Content-Type",
                "multipart/form-data; boundary=b").POST(BodyPublishers.ofString("--b--\r\n"))).json().get("errors").toString())
                .isEqualTo("[{\"pointer\":\"/delimiter\",\"detail\":\"is given 2 times\"},"
                        + "{\"pointer\":\"/file\",\"detail\":\"is missing\"},"
                        + "{\"pointer\":\"/tags/1\",\"detail\":\"must not be 't', as another tag is\"},"
                        + "{\"pointer\":\"/missing\",\"detail\":\"must be one of refuse, drop, was 'mask'\"}]");
    }

    /** As Spring would bind it. */
    @Test
    void aHeaderOfTheRequestIsNoParameter() {
        Answer answer = send(request("/v1/datasets/csv?inputs=x", "Content-Type", "text/csv", "Delimiter", "x", "Header", "false")
                .POST(BodyPublishers.ofString("x\n1\n")));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    }

    @Test
    void datasetsThatCameOtherwiseHaveNoColumns() {
        assertThat(created("/v1/datasets", "{\"inputs\": [[1]]}").get("columns").toString()).isEqualTo("[]");
    }
}
