package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Equations as files, as a client takes them away. */
class ExportsHttpTest extends HttpTest {

    private static final String NETWORK =
            "{\"inputs\": [\"x\", \"y\"], \"outputs\": [\"z\"], \"layers\": [{\"units\": 2, "
            + "\"activation\": \"tanh\"}, {\"units\": 1}]}";

    private static String request(String format, String more) {
        return "{\"network\": " + NETWORK + ", \"equations\": [\"z\", \"D(z, inputs)\"], \"format\": \"" + format
                + "\"" + more + "}";
    }

    private HttpResponse<byte[]> bytes(String body, String accept) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port()
                + "/v1/exports"))
                .header("Content-Type", "application/json").header("Accept",
                accept).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofByteArray());
    }

    /** Which pdfLaTeX has not in its fonts, and stops at. */
    @Test
    void aDocumentOfLatexDeclaresTheLettersOfItsNames() {
        String network = "{\"inputs\": [\"Höhe_m\", \"Strom_μA\", \"Ж\"], \"outputs\": [\"z\"], \"layers\": [{\"units\": 2}, {\"units\": 1}]}";
        String text = post("/v1/exports", "{\"network\": " + network + ", \"equations\": [\"D(z, Strom_μA)\"], \"format\": \"latex\","
                + " \"form\": \"scalar\"}").json().at("/files/0/text").asString();
        assertThat(text).contains("\\DeclareUnicodeCharacter{03BC}{\\ensuremath{\\mu}}\n", "\\DeclareUnicodeCharacter{0416}{[U+0416]}\n")
                .doesNotContain("{00F6}").contains("\\text{Höhe\\_m}");
        assertThat(text.indexOf("DeclareUnicodeCharacter")).isBetween(0, text.indexOf("\\begin{document}"));
    }

    @Test
    void theSameFilesComeAsJsonAsAZipFileAndByThemselves() throws Exception {
        JsonNode files = post("/v1/exports", request("c", ", \"name\": \"gaussian\"")).json().get("files");
        assertThat(files).extracting(file -> file.get("name").asString()).containsExactly("gaussian.h", "gaussian.c");
        HttpResponse<byte[]> zipped = bytes(request("c", ", \"name\": \"gaussian\""), "application/zip");
        assertThat(zipped.statusCode()).isEqualTo(200);
        try (var zip = new ZipInputStream(new ByteArrayInputStream(zipped.body()))) {
            for (JsonNode file : files) {
                assertThat(zip.getNextEntry().getName()).isEqualTo(file.get("name").asString());
                assertThat(new String(zip.readAllBytes(),
                        StandardCharsets.UTF_8)).isEqualTo(file.get("text").asString());
            }
            assertThat(zip.getNextEntry()).isNull();
        }
        assertThat(bytes(request("c", ", \"name\": \"gaussian\""), "application/zip").body()).isEqualTo(zipped.body());
        HttpResponse<byte[]> one = bytes(request("javascript", ""), "application/octet-stream");
        assertThat(new String(one.body(), StandardCharsets.UTF_8)).isEqualTo(post("/v1/exports", request("javascript",
                ""))
                .json().at("/files/0/text").asString()).contains("export function network(inputs, parameters)");
        HttpResponse<byte[]> several = bytes(request("c", ""), "application/octet-stream");
        assertThat(several.statusCode()).isEqualTo(422);
        assertThat(new String(several.body(), StandardCharsets.UTF_8)).contains("/format", "makes 2 files");
    }

    @Test
    void theParametersOfAModelAreTakenAwayWhereThatIsAskedFor() {
        JsonNode training = post("/v1/trainings", "{\"network\": " + NETWORK + ", \"dataset\": " + GAUSSIAN
                + ", \"epochs\": 1}", "Prefer", "wait=60").json();
        String model = training.get("modelId").asString();
        String with = post("/v1/exports", "{\"modelId\": \"" + model + "\", \"equations\": [\"z\"], \"format\": \"c\", "
                + "\"substituteParameters\": true}").json().at("/files/1/text").asString();
        assertThat(with).contains("static const double parameters[9]", "model " + model,
                get("/v1/models/" + model + "/parameters").json().at("/parameters/L2/b/0").asString(""));
        String without = post("/v1/exports", "{\"modelId\": \"" + model
                + "\", \"equations\": [\"z\"], \"format\": \"c\"}")
                .json().at("/files/1/text").asString();
        assertThat(without).contains("const double *parameters").doesNotContain("static const double parameters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "julia | , \"precision\": \"single\" | /precision | must be double in this format",
        "c | , \"substituteParameters\": true | /substituteParameters | takes the parameters of a model, so modelId is needed",
        "c | , \"name\": \"double\" | /name | must not be 'double', which the files use for something else",
        "javascript | , \"name\": \"Nabla_x\" | /name | must not be 'Nabla_x', which the files use for something else",
        "c | , \"name\": \"y1\" | /name | must not be 'y1', which the files use for something else",
        "matlab | , \"name\": \"result1\" | /name | must not be 'result1', which the files use for something else",
        "svg | , \"substituteParameters\": true | /substituteParameters | takes the parameters of a model, so modelId is needed",
        "c | , \"digits\": 4 | /digits | must be left out in this format; formats with it are latex",
        "mathml | , \"form\": \"array\" | /form | must be left out in this format; formats with it are latex",
        "json | , \"shareSubexpressions\": false | /shareSubexpressions | must be left out in this format; formats with it are latex",
        "c | , \"name\": \"a-b\" | /name | must be a letter followed by at most 62 letters, digits or underscores, in ASCII"
    })
    void whatAFormatCannotSayIsRefusedByName(String format, String more, String pointer, String detail) {
        Answer answer = post("/v1/exports", request(format, more));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(answer.json().at("/errors/0/detail").asString()).isEqualTo(detail);
    }

    @Test
    void aDocumentOfLatexHasTheFormulasThatExpressionsPrints() {
        String body = "{\"network\": {\"inputs\": [\"x\"], \"outputs\": [\"z\"], \"layers\": [{\"units\": 2, \"bias\": false}, {\"units\": 1}]}, "
                + "\"equations\": [\"z * z * 0.123456789\"], \"format\": \"latex\"";
        for (String style : new String[] {"\"form\": \"scalar\", \"shareSubexpressions\": false, \"digits\": 3",
            "\"form\": \"scalar\", \"shareSubexpressions\": true, \"digits\": 17", "\"form\": \"array\", \"shareSubexpressions\": true"}) {
            JsonNode printed = post("/v1/expressions", body + ", " + style + "}").json().at("/results/0");
            String file = post("/v1/exports", body + ", " + style + "}").json().at("/files/0/text").asString();
            assertThat(file).as(style).contains("\n" + printed.get("expression").asString() + "\n");
            assertThat(file.split("\\\\\\[\n", -1)).as(style).hasSize(2 + printed.get("definitions").size());
        }
        assertThat(post("/v1/exports", body + "}").json().at("/files/0/text").asString()).as("what holds where it is left out")
                .isEqualTo(post("/v1/exports", body + ", \"form\": \"array\", \"shareSubexpressions\": true, \"digits\": 17}")
                        .json().at("/files/0/text").asString());
    }

    @Test
    void whatIsTooLongIsRefusedWithBothNumbers() {
        String request = "{\"network\": {\"inputs\": 16, \"outputs\": [\"z\"], \"layers\": [{\"units\": 16, \"activation\": \"tanh\"}, "
                + "{\"units\": 1}]}, \"equations\": [\"D(z, inputs, inputs, inputs, inputs, inputs)\"], \"format\": \"c\"}";
        Answer answer = post("/v1/exports", request);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/detail").asString()).containsPattern("[0-9]");
    }
}
