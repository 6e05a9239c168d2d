package dev.nabla.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.plots.Svg;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Pictures of trainings and models, as a client gets them. */
class PicturesHttpTest extends HttpTest {

    private static final Path IMAGES = Path.of("docs", "images");
    private static final int MOST_BYTES = 100_000;
    private static final String PLANE = "x=x:-1:1&y=y:-1:1";
    private static final String CIRCLES = """
            {"network": {"inputs": ["q", "p"], "architecture": {"type": "equations", "outputs": {"H": "(q^2 + w * p^2) / 2"},
             "coefficients": {"w": {"initial": 1}, "k": {"initial": [1, 2]}}, "field": "[p, -q]", "energy": "H"}},
             "dataset": {"inputs": [[0, 1], [1, 0]], "inputNames": ["q", "p"], "targets": [[0.5], [0.5]], "targetNames": ["H"]},
             "epochs": 2, "name": "a <training>"}""";

    private final HttpClient client = HttpClient.newHttpClient();

    private JsonNode trained(String request) {
        JsonNode training = post("/v1/trainings", request, "Prefer", "wait=60").json();
        assertThat(training.path("state").asString("")).as(training.toString()).isEqualTo("succeeded");
        return training;
    }

    private JsonNode gaussian(int epochs) {
        return trained("{\"network\": " + SEED_NETWORK + ", \"dataset\": " + GAUSSIAN + ", \"epochs\": " + epochs
                + ", \"batchSize\": 10, \"seed\": 42, \"validationFraction\": 0.1, \"optimizer\": {\"learningRate\": 0.003}}");
    }

    private HttpResponse<byte[]> picture(String path) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] drawn(String path) {
        HttpResponse<byte[]> answer = picture(path);
        assertThat(answer.statusCode()).as("%s: %s", path, new String(answer.body(), UTF_8)).isEqualTo(200);
        return answer.body();
    }

    private Svg svg(String path) {
        return Svg.of(drawn(path));
    }

    private static String plot(JsonNode training, String format) {
        return "/v1/models/" + training.get("modelId").asString() + "/plot." + format + "?";
    }

    private static String loss(JsonNode training, String format) {
        return "/v1/trainings/" + training.get("id").asString() + "/loss." + format;
    }

    /** {@code ./mvnw test -Dtest=PicturesHttpTest -Dpictures.write=true} draws those of the README anew. */
    @Test
    void theSeedIsDrawn() throws IOException {
        JsonNode training = gaussian(300);
        byte[] loss = drawn(loss(training, "svg"));
        assertThat(Svg.of(loss).texts()).contains("epoch", "loss", "validation loss", "10⁻¹");
        assertThat(Svg.of(loss).lines().stream().filter(line -> line.length == 300)).hasSize(2);
        String plane = PLANE.replace("1&", "1:21&") + ":21";
        byte[] surface = drawn(plot(training, "png") + plane + "&width=640&height=480");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(surface));
        assertThat(new int[] {image.getWidth(), image.getHeight()}).containsExactly(640, 480);
        assertThat(Svg.of(drawn(plot(training, "svg") + plane)).all("path")).hasSizeGreaterThan(20 * 20);
        assertThat(loss).hasSizeLessThan(MOST_BYTES);
        assertThat(surface).hasSizeLessThan(MOST_BYTES);
        if (Boolean.getBoolean("pictures.write")) {
            Files.createDirectories(IMAGES);
            Files.write(IMAGES.resolve("loss.svg"), loss);
            Files.write(IMAGES.resolve("surface.png"), surface);
        }
    }

    @Test
    void aCurveIsWhatTheModelPredicts() {
        JsonNode training = gaussian(1);
        Svg svg = svg(plot(training, "svg") + "x=x:-1:1:5&at=y:0.5&equation=%5Bz,D(z,x)%5D");
        double[][] marks = svg.marks(true);
        double scale = (marks[1][0] - marks[0][0]) / (marks[1][1] - marks[0][1]);
        JsonNode values = post("/v1/evaluations", "{\"modelId\": \"" + training.get("modelId").asString()
                + "\", \"equations\": [\"z\"], \"inputs\": [[-1, 0.5], [-0.5, 0.5], [0, 0.5], [0.5, 0.5], [1, 0.5]]}")
                .json().at("/results/0/values");
        double[] expected = new double[5];
        Arrays.setAll(expected, i -> marks[0][0] + scale * (values.get(i).asDouble() - marks[0][1]));
        assertThat(svg.lines()).anySatisfy(line -> {
            assertThat(line).hasDimensions(5, 2);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(line[i][1] - expected[i])).isLessThan(0.5);
            }
        });
        assertThat(svg.texts()).contains("x", "z", "[z,D(z,x)][2]");
    }

    @Test
    void aPictureIsInertAndSentOnce() {
        JsonNode training = gaussian(1);
        for (String path : List.of(loss(training, "svg"), plot(training, "svg") + PLANE + "&kind=contour",
                loss(training, "png"), plot(training, "png") + PLANE)) {
            HttpResponse<byte[]> first = picture(path);
            assertThat(first.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy ->
                    assertThat(policy).contains("default-src 'none'"));
            assertThat(first.headers().firstValue("Content-Type")).contains(path.contains(".svg") ? "image/svg+xml" : "image/png");
            assertThat(first.headers().firstValue("Cache-Control")).hasValueSatisfying(how -> assertThat(how).contains("private", "no-cache"));
            assertThat(picture(path).body()).isEqualTo(first.body());
            assertThat(get(path, "If-None-Match", first.headers().firstValue("ETag").orElseThrow()).status()).isEqualTo(304);
        }
    }

    @Test
    void aFieldIsDrawnWithItsWaysAndEnergies() {
        JsonNode training = trained(CIRCLES);
        Svg svg = svg(plot(training, "svg") + "kind=phase&x=q:-2:2&y=p:-2:2&start=1:0&start=0:1.5&time=3");
        assertThat(svg.texts()).contains("q", "p");
        assertThat(svg.lines().stream().filter(line -> line.length == 1001)).hasSize(2);
        double[] end = svg.lines().getFirst()[1000];
        double[] start = svg.lines().getFirst()[0];
        assertThat(Math.hypot(end[0] - start[0], end[1] - start[1])).isGreaterThan(10);
        assertThat(svg(loss(training, "svg") + "?show=coefficients").texts()).contains("w", "k[1]", "k[2]", "coefficients");
        assertThat(svg(plot(training, "svg") + "kind=contour&x=q:-2:2&y=p:-2:2&data=true").dots()).isEqualTo(2);
    }

    @Test
    void whatWaitsHasAxesOnly() {
        String running = post("/v1/trainings", "{\"network\": " + SEED_NETWORK + ", \"dataset\": " + GAUSSIAN + ", \"epochs\": 10000000}")
                .json().get("id").asString();
        try {
            assertThat(svg("/v1/trainings/" + running + "/loss.svg").texts()).contains("epoch", "loss");
        } finally {
            assertThat(post("/v1/trainings/" + running + "/cancel", "").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "y=y:-1:1 | /x | is missing",
        "x=x | /x | must be name:from:to",
        "x=x:1:-1&at=y:0 | /x | must go from a number to a greater one",
        "x=x:0:NaN&at=y:0 | /x | must be name:from:to",
        "x=x:0:1e300&at=y:0 | /x | no farther than",
        "x=x:0:1e-300&at=y:0 | /x | and than 1.0E-100",
        "x=x:0:1:1&at=y:0 | /x | must have between 2 and 4000 points, had 1",
        "x=x:0:1&y=y:0:1:300 | /y | must have between 2 and 201 points, had 300",
        "x=x:0:1&y=x:0:1 | /y | must be another input than x",
        "x=q:0:1&at=y:0 | /x | names no input; the inputs are x, y",
        "x=x:0:1 | /at | must have the values of all other inputs as name:value, lacks y",
        "x=x:0:1&at=y:a | /at/0 | must be name:value with a number as value",
        "x=x:0:1&at=y:0&at=x:0 | /at/1 | names an input that has its values already",
        "x=x:0:1&at=y:0&kind=surface | /y | is missing",
        "x=x:0:1&y=y:0:1&kind=curve | /y | is not for a curve",
        "x=x:0:1&y=y:0:1&kind=volume | /kind | must be one of curve, surface, contour, phase, was 'volume'",
        "x=x:0:1&y=y:0:1&equation=D(z | /equation | expected",
        "x=x:0:1&y=y:0:1&equation=inputs | /equation | scalar",
        "x=x:0:1&at=y:0&equation=D(outputs,L1.W) | /equation | must be a scalar or a vector",
        "x=x:0:1&y=y:0:1&kind=phase | /equation | is missing, and the network has 1 outputs",
        "x=x:0:1&y=y:0:1&kind=phase&equation=%5By,-x%5D&start=1 | /start/0 | must be two numbers as x:y",
        "x=x:0:1&y=y:0:1&start=1:1 | /start | is for phase only",
        "x=x:0:1&y=y:0:1&kind=phase&time=-1 | /time | must be a number above 0",
        "x=x:0:1&y=y:0:1&data=true | /data | is for a curve or a contour",
        "x=x:0:1&at=y:0&data=true | /data | is for models that have no other inputs",
        "x=x:0:1&y=y:0:1&width=99999 | /width | must be between 100 and 3000, was 99999"
    })
    void whatIsWrongIsNamed(String query, String pointer, String detail) {
        JsonNode training = gaussian(1);
        for (String format : List.of("svg", "png")) {
            Answer answer = get(plot(training, format) + query);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
            assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
            assertThat(answer.json().at("/errors/0/detail").asString()).contains(detail);
        }
    }

    @Test
    void wrongLossesAreNamedAndNoModelIsNotFound() {
        JsonNode training = gaussian(1);
        assertThat(get(loss(training, "svg") + "?show=nothing&scale=cube").json().get("errors")).hasSize(2);
        assertThat(get(loss(training, "svg") + "?show=coefficients").json().at("/errors/0/detail").asString()).contains("no coefficients");
        assertThat(get("/v1/models/4711/plot.svg?" + PLANE).status()).isEqualTo(404);
        assertThat(get("/v1/trainings/4711/loss.png").status()).isEqualTo(404);
    }
}
