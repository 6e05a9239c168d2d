package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.InstalledTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others do with {@code openapi/openapi.yaml}: linters read it, and clients that OpenAPI Generator makes of it run the
 * programs of {@code src/test/clients} against the service. Where Node or the packages of {@code openapi/package.json} are
 * missing (run {@code npm ci} there) the tests are aborted; in continuous integration (CI=true) they fail.
 */
@Tag("clients")
class GeneratedClientsTest extends HttpTest {

    private static final Path OPENAPI = Path.of("openapi").toAbsolutePath();
    private static final Path DOCUMENT = OPENAPI.resolve("openapi.yaml");
    private static final Path TOOLS = OPENAPI.resolve("node_modules");
    private static final Path GENERATOR = Path.of("target", "openapi-generator", "openapi-generator-cli.jar").toAbsolutePath();
    private static final Path PROGRAMS = Path.of("src", "test", "clients").toAbsolutePath();
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"), "bin");
    private static final Pattern FIELD_OF_ANY_TYPE = Pattern.compile("^    (\\w+): [^=]*\\b(?:Any|object)\\b.*");

    @TempDir
    private Path folder;

    @Test
    void spectralFindsNothing() {
        requireNode();
        run("node", tool("@stoplight/spectral-cli/dist/index.js"), "lint", DOCUMENT.toString(), "--fail-severity", "hint",
                "--ruleset", OPENAPI.resolve(".spectral.yaml").toString());
    }

    @Test
    void redoclyFindsNothing() {
        requireNode();
        run("node", OPENAPI.resolve("redocly.mjs").toString(), DOCUMENT.toString());
    }

    @Test
    void aJavaClientCompilesAndRunsTheSeedExample() {
        generate("java", "--library", "native", "--global-property", "apis,models,supportingFiles,apiTests=false,modelTests=false",
                "--additional-properties", "openApiNullable=false,useJakartaEe=true,invokerPackage=dev.nabla.client,"
                        + "apiPackage=dev.nabla.client.api,modelPackage=dev.nabla.client.model");
        String classes = folder.resolve("classes").toString();
        String classPath = System.getProperty("java.class.path");
        List<String> compile = new ArrayList<>(List.of(JAVA_HOME.resolve("javac").toString(), "-proc:none", "-d", classes,
                "-classpath", classPath, PROGRAMS.resolve("java/SeedExample.java").toString()));
        files(folder.resolve("client/src/main/java"), ".java").map(Path::toString).forEach(compile::add);
        run(compile.toArray(String[]::new));
        run(JAVA_HOME.resolve("java").toString(), "-classpath", classes + System.getProperty("path.separator") + classPath,
                "SeedExample", "http://127.0.0.1:" + port());
    }

    @Test
    void aTypeScriptClientCompilesAndRunsTheSeedExample() throws IOException {
        requireNode();
        generate("typescript-fetch");
        for (String file : new String[] {"seedExample.ts", "tsconfig.json"}) {
            Files.copy(PROGRAMS.resolve("typescript").resolve(file), folder.resolve(file));
        }
        run("node", tool("typescript/bin/tsc"), "--project", folder.toString());
        run("node", folder.resolve("out/seedExample.js").toString(), "http://127.0.0.1:" + port());
    }

    @Test
    void theWorkbenchHasNoErrorOfTypes() {
        requireNode();
        run("node", tool("typescript/bin/tsc"), "--project", Path.of("src", "main", "workbench").toAbsolutePath().toString());
    }

    @Test
    void aPythonClientIsPythonAndLosesNoTypes() throws IOException {
        InstalledTools.require("python3 is", "python3", "--version");
        generate("python");
        run("python3", "-m", "compileall", "-q", folder.resolve("client").toString());
        var anyType = new ArrayList<String>();
        for (Path model : files(folder.resolve("client/openapi_client/models"), ".py").sorted().toList()) {
            Files.readAllLines(model).stream().map(FIELD_OF_ANY_TYPE::matcher).filter(line -> line.matches())
                    .map(line -> line.group(1)).filter(name -> !name.equals("additional_properties"))
                    .forEach(name -> anyType.add(model.getFileName().toString().replace(".py", ".") + name));
        }
        // A union with an array, and arrays of any depth.
        assertThat(anyType).containsExactlyInAnyOrder("dataset_request.targets", "network_request.inputs",
                "evaluation_request.parameters", "import_request.parameters", "import_request.graph",
                "training_request.initial_parameters", "evaluation_result.values",
                "inference_request.parameters", "inference_request_input_tensor.data", "inference_request_input_tensor.parameters",
                "inference_request_requested_output.parameters", "inference_response.parameters",
                "inference_response_output_tensor.parameters",
                "part.inputs", "coefficient.initial", "equation_model.outputs", "metrics_response.coefficients",
                "model_coefficient.value", "model_coefficient.standard_deviation", "training_progress.coefficients",
                "normalization.inputs", "normalization.outputs",
                "evaluation_result.mean", "evaluation_result.standard_deviation", "bounds_result.lower", "bounds_result.upper",
                "bounds_result.reached_lower", "bounds_result.reached_upper", "reached_parameters.parameters",
                "sweep_request.values", "sweep_response.values",
                "trial.values", "best_trial.values", "training_response.sweep_values", "model_response.sweep_values");
    }

    private static void requireNode() {
        InstalledTools.require("Node, and its packages (npm ci in the folder openapi), are", "node", tool("typescript/bin/tsc"),
                "--version");
    }

    private static String tool(String path) {
        return TOOLS.resolve(path).toString();
    }

    /** Makes a client in the folder {@code client}. */
    private void generate(String language, String... options) {
        var command = new ArrayList<>(List.of(JAVA_HOME.resolve("java").toString(), "-jar", GENERATOR.toString(), "generate",
                "--input-spec", DOCUMENT.toString(), "--generator-name", language, "--output",
                folder.resolve("client").toString()));
        command.addAll(Arrays.asList(options));
        run(command.toArray(String[]::new));
    }

    private static Stream<Path> files(Path root, String ending) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program must succeed; what it prints is shown where it does not. */
    private void run(String... command) {
        try {
            Path output = folder.resolve("output");
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            int status = process.waitFor();
            assertThat(status).as("%s%n%s", command[0], Files.readString(output)).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
