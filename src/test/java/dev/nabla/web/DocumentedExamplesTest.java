package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.InstalledTools;
import dev.nabla.OperatorsCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The examples by curl of README and docs as they stand, but for the port and for 500 epochs where they have thousands: no request
 * is refused, and they print what is said of them. Where bash, curl or jq is missing the tests are aborted; in continuous
 * integration (CI=true) they fail.
 */
class DocumentedExamplesTest extends HttpTest {

    private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LONG_TRAINING = Pattern.compile("\"epochs\": [2-9]\\d{3}");
    private static final List<String> RUN = List.of("README.md", "docs/exports.md", "docs/inference.md", "docs/mechanics.md", "docs/models.md",
            "docs/physics-informed.md", "docs/take-away.md", "docs/tutorials/control.md", "docs/tutorials/csv.md",
            "docs/tutorials/service.md");

    /** An answer that is an error ends the script, and is shown, but where the example asks for its status. */
    private static final String STRICT = """
            set -euo pipefail
            curl() {
                local answer status=0
                case " $* " in *" -w "*) command curl "$@"; return ;; esac
                answer=$(command curl --fail-with-body "$@") || status=$?
                if [ $status != 0 ]; then
                    echo "$answer" >&2
                    exit $status
                fi
                printf %s "$answer"
            }
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void toolsAreThere() {
        InstalledTools.require("bash, jq and curl are", "bash", "-c", "jq --version && curl --version");
    }

    @Test
    void theReadmeGoesFromADefinitionToPredictionsAndTrajectories() {
        List<String> lines = run("README.md");
        assertThat(lines).anyMatch(line -> line.equals("event:finished"))
                .anyMatch(line -> line.contains("sech(L1.W @ inputs + L1.b)^2"));
        List<Double> predictions = numbers(lines.stream().filter(line -> line.startsWith("[[")).findFirst().orElseThrow());
        assertThat(predictions.get(0)).isCloseTo(1, within(0.1));
        assertThat(predictions.get(1)).isCloseTo(Math.exp(-0.5), within(0.1));
        assertThat(lines).anyMatch(line -> line.startsWith("[\"succeeded\",{\"/optimizer/learningRate\":0.01,"));
    }

    @Test
    void mechanicsKeepsEnergiesAndTheSymplecticForm() {
        List<String> lines = run("docs/mechanics.md");
        assertThat(lines).hasSize(10);
        assertThat(numbers(lines.get(0))).singleElement().satisfies(loss -> assertThat(loss).isLessThan(0.01));
        assertThat(drift(lines.get(1))).isLessThan(1e-5);
        assertThat(drift(lines.get(2))).isGreaterThan(0.1);
        assertThat(numbers(lines.get(3))).singleElement().satisfies(loss -> assertThat(loss).isLessThan(1e-5));
        assertThat(numbers(lines.get(4))).singleElement().satisfies(loss -> assertThat(loss).isLessThan(0.01));
        assertThat(drift(lines.get(5))).isLessThan(1e-5);
        assertThat(numbers(lines.get(6))).singleElement().satisfies(loss -> assertThat(loss).isLessThan(1e-4));
        for (int point = 7; point <= 8; point++) {
            assertThat(numbers(lines.get(point)).stream().mapToDouble(Double::doubleValue).toArray())
                    .containsExactly(new double[] {0, 1, -1, 0}, within(1e-12));
        }
        assertThat(drift(lines.get(9))).isLessThan(1e-5);
    }

    @Test
    void physicsInformedNetworksApproachTheSolutions() {
        List<String> lines = run("docs/physics-informed.md");
        assertThat(lines).hasSize(11);
        assertOutputs(lines.get(0), 1e-5, 1, Math.sqrt(0.5), 0.5);
        double decay = 0.4 * Math.PI * Math.PI;
        assertOutputs(lines.get(1), 1e-5, 1, Math.exp(-decay / 4), Math.exp(-decay));
        for (String term : lines.subList(2, 6)) {
            assertThat(JSON.readTree(term).get(2).asDouble()).as(term).isLessThan(1e-6);
        }
        // Its integral by Cole and Hopf; the first of the three lies in the front.
        assertOutputs(lines.get(6), 1e-3, -0.97991, 0.59277, -0.66548);
        assertOutputs(lines.get(7), 1e-4, 1, Math.sqrt(0.5), 0);
        // Its cosine series of 1,024 modes in steps of 1e-4.
        assertOutputs(lines.get(8), 1e-2, 0.029580, 0.473832, -0.999877);
        assertOutputs(lines.get(9), 3e-9, 1, Math.sqrt(0.5), 0.5);
        assertOutputs(lines.get(10), 1e-9, 1, Math.exp(-0.5), Math.exp(-0.58));
    }

    @Test
    void aControllerInCKeepsTheEnergyOfTheNetworkThatWasTakenAway() {
        InstalledTools.require("gcc and python3 are", "bash", "-c", "gcc --version && python3 --version");
        List<Double> energies = numbers(run("docs/exports.md").getLast());
        assertThat(energies).hasSize(2);
        assertThat(energies.get(1)).isCloseTo(energies.get(0), within(1e-4));
    }

    @Test
    void modelsOfEquationsFindWhatTheyAreSaidToFind() {
        List<String> lines = run("docs/models.md");
        assertThat(lines).hasSize(17);
        assertNumbers(lines.get(0), 1e-8, 2, -0.5, 3);
        assertNumbers(lines.get(1), 1e-9, 1.0 / 384, 0.0625 * 0.5625 / 24);
        assertNumbers(lines.get(2), 1e-4, 1, 0, -1);
        assertNumbers(lines.get(3), 1e-3, 1, Math.exp(-1) * Math.cosh(1), Math.exp(-5) * Math.cosh(5));
        assertNumbers(lines.get(4), 2e-3, 0.5, 0, -0.5);
        assertNumbers(lines.get(5), 1e-3, 0, 1, 4);
        assertNumbers(lines.get(6), 1e-4, 0.8);
        assertRelatively(lines.get(7), 1e-4, 1.99592824, 0.0417022, 0.80069795, 0.02835202);
        assertRelatively(lines.get(8), 1e-4, 0.019302582, 0.0047006612);
        assertRelatively(lines.get(9), 0.1, 0.80069795, 0.02835202);
        assertRelatively(lines.get(10), 0.01, 1, 0.05);
        assertRelatively(lines.get(11), 0.01, 10, 15, 8.0 / 3);
        assertNumbers(lines.get(12), 0.02, 1, -1);
        // Of the 5000 epochs there are 500 here, which have the beginning only.
        assertNumbers(lines.get(13), 0.2, 1.613, 1.382, 0.834, 0.616);
        double k = 10 - Math.sqrt(100 + 4 * Math.PI * Math.PI);
        assertNumbers(lines.get(14), 0.02, 1, k / (2 * Math.PI), 0, 1 - Math.exp(k / 2), 0, (1 - Math.exp(k)) / 2);
        assertThat(numbers(lines.get(15)).getFirst()).isGreaterThan(0.88);
        assertNumbers(lines.get(16), 0.01, 2, 1);
    }

    @Test
    void aTableBecomesAFormula() {
        List<String> lines = run("docs/tutorials/csv.md");
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).isEqualTo("[[\"hp\",\"wt\"],[\"mpg\"],32]");
        assertThat(lines.get(1)).isEqualTo("[\"succeeded\",[]]");
        assertThat(numbers(lines.get(2)).getFirst()).isBetween(0.7, 1.0);
        assertThat(lines.get(3)).contains("tanh(").contains("hp").contains("wt");
        assertNumbers(lines.get(4), 2, 21.5);
        assertThat(numbers(lines.get(5)).getFirst()).isBetween(-1.0, -0.1);
    }

    @Test
    void aPlantBecomesAFeedback() {
        InstalledTools.require("python3 with NumPy is", "python3", "-c", "import numpy");
        List<String> lines = run("docs/tutorials/control.md");
        assertThat(lines).hasSize(5);
        assertThat(numbers(lines.get(0)).getFirst()).isGreaterThan(0.999);
        assertNumbers(lines.get(1), 0.03, 1, -0.1, 1);
        assertThat(numbers(lines.get(2)).getLast()).isLessThan(1e-4);
        assertThat(numbers(lines.get(3)).getLast()).isLessThan(1e-4);
        assertNumbers(lines.get(4), 0.03, 0.88, -0.1, 1);
    }

    @Test
    void aProgramMayAskTwiceAndLoseItsConnection() {
        assertThat(run("docs/tutorials/service.md")).satisfiesExactly(
                line -> assertThat(line).isEqualTo("the same"),
                line -> assertThat(line).isEqualTo("422"),
                line -> assertThat(line).isEqualTo("[\"/layers/0/units\",\"/layers/1/activation\"]"),
                line -> assertThat(line).isEqualTo("1"),
                line -> assertThat(line).isEqualTo("finished"),
                line -> assertNumbers(line, 0.02, 0.25),
                line -> assertThat(line).isEqualTo("\"a parabola\""),
                line -> assertThat(line).isEqualTo("[\"a parabola\",\"succeeded\",null]"));
    }

    @Test
    void aModelIsTakenAlongAndTheReadmeShowsItsFormula() {
        InstalledTools.require("python3 with NumPy is", "python3", "-c", "import numpy");
        assertThat(run("docs/take-away.md")).satisfiesExactly(
                line -> assertThat(line).contains("tanh(").contains(" * x "),
                line -> assertThat(line).contains("sech("),
                line -> assertThat(Path.of("README.md")).content().contains("$$y = " + line + "$$"),
                line -> assertNumbers(line, 0.06, 1, Math.exp(-1)),
                line -> assertThat(line).isEqualTo("{\"L1\":[\"W\",\"b\"],\"L2\":[\"W\",\"b\"]}"),
                line -> assertThat(line).isEqualTo("the same to the last bit"),
                line -> assertThat(line).isEqualTo("the same from NumPy"));
    }

    @Test
    void aModelIsAskedAsTheInferenceProtocolDoes() {
        assertThat(run("docs/inference.md")).satisfiesExactly(
                line -> assertThat(line).isEqualTo("z"),
                line -> assertThat(line).isEqualTo("[\"bell\",[\"champion\"]]"),
                line -> assertNumbers(line, 0.1, 1),
                line -> assertThat(line).isEqualTo("[\"inputs\",[-1,2],\"outputs\"]"),
                line -> assertNumbers(line, 0.1, 1, Math.exp(-0.5)),
                line -> assertThat(line).isEqualTo("[\"z\",[2]]"),
                line -> assertThat(line).isEqualTo("[\"D(z, inputs)\",[2,2]]"));
    }

    @Test
    void everyDocumentWithExamplesIsRun() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            assertThat(Stream.concat(Stream.of(Path.of("README.md")), docs).filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !examples(file).isEmpty()).map(file -> file.toString().replace('\\', '/')))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(RUN.stream(), Stream.of("docs/operations.md")).toList());
        }
    }

    @Test
    void ofEveryCommandOfOperationsItIsKnownWhoRunsIt() {
        assertThat(OperatorsCommands.all()).hasSameSizeAs(OperatorsCommands.RUN_BY.keySet()).allSatisfy(command ->
                assertThat(OperatorsCommands.RUN_BY.keySet()).filteredOn(command::contains).hasSize(1));
    }

    /** curl 7.81 knows no --json, and a slow machine is not done within the minute that wait waits at most. */
    @Test
    void examplesRunWithCurl781AndOnSlowMachines() {
        for (String document : RUN) {
            assertThat(examples(Path.of(document))).as(document).doesNotContain("--json", "wait=");
        }
    }

    private static void assertNumbers(String json, double tolerance, double... expected) {
        assertThat(numbers(json).stream().mapToDouble(Double::doubleValue).toArray()).containsExactly(expected, within(tolerance));
    }

    private static void assertRelatively(String json, double tolerance, double... expected) {
        List<Double> found = numbers(json);
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.get(i)).isCloseTo(expected[i], within(tolerance * expected[i]));
        }
    }

    private static void assertOutputs(String answer, double tolerance, double... expected) {
        JsonNode outputs = JSON.readTree(answer).get("outputs");
        assertThat(outputs).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(outputs.get(i).get(0).asDouble()).isCloseTo(expected[i], within(tolerance));
        }
    }

    /** How far the energies of a trajectory are from the first. */
    private static double drift(String energies) {
        List<Double> values = numbers(energies);
        assertThat(values).hasSizeGreaterThan(10);
        return values.stream().mapToDouble(energy -> Math.abs(energy - values.getFirst())).max().orElseThrow();
    }

    private static List<Double> numbers(String json) {
        JsonNode node = JSON.readTree(json);
        return node.isNumber() ? List.of(node.asDouble()) : StreamSupport.stream(node.spliterator(), false)
                .flatMap(entry -> numbers(entry.toString()).stream()).toList();
    }

    /** What the examples of a document print. */
    private List<String> run(String document) {
        try {
            assertThat(RUN).contains(document);
            String examples = examples(Path.of(document));
            Files.createSymbolicLink(folder.resolve("src"), Path.of("src").toAbsolutePath());
            Path script = Files.writeString(folder.resolve("examples.sh"), STRICT + LONG_TRAINING.matcher(examples)
                    .replaceAll("\"epochs\": 500").replace("localhost:8080", "127.0.0.1:" + port()));
            Path output = folder.resolve("output");
            Path errors = folder.resolve("errors");
            Process process = new ProcessBuilder("bash", script.toString()).directory(folder.toFile()).redirectOutput(output.toFile())
                    .redirectError(errors.toFile()).start();
            assertThat(process.waitFor()).as("%s: %s%s", document, Files.readString(output), Files.readString(errors)).isZero();
            return Files.readAllLines(output);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What of a document's examples asks the service. */
    private static String examples(Path document) {
        try {
            return BLOCK.matcher(Files.readString(document)).results().map(block -> block.group(1))
                    .filter(block -> Stream.of("curl ", "post ", "train ", "formula ").anyMatch(block::contains))
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
