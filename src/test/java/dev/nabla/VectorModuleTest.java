package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.program.kernels.Hardware;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Java processes that are started without the options of the Vector API. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no execv: the service warns there")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VectorModuleTest {

    @TempDir
    private Path folder;

    @Test
    void aJarStartedWithoutOptionsComputesWithVectorsAndEndsBySignals() throws Exception {
        Process service = start(List.of("-jar", jar(NablaApplication.class), "--server.port=0", "--spring.datasource.url="
                + "jdbc:h2:mem:start;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"), "");
        try {
            var log = new StringBuilder();
            for (String line : (Iterable<String>) service.inputReader().lines()::iterator) {
                log.append(line).append('\n');
                if (line.contains("The kernels compute with")) {
                    break;
                }
            }
            assertThat(log).contains("The kernels compute with", "with PID " + service.pid() + " ")
                    .doesNotContain("the module of vectors is missing");
        } finally {
            // Process.destroy would close the stream that is read below.
            service.toHandle().destroy();
        }
        service.inputReader().lines().forEach(line -> {});
        assertThat(service.waitFor()).as("128 + SIGTERM").isEqualTo(143);
    }

    @Test
    void theProcessKeepsItsNumberStreamsArgumentsAndExitCode() throws Exception {
        Process process = start(List.of("-Dgiven=a b", "-jar", jar(Told.class), "", "two words", "--x=ü"), "from stdin\n");
        assertThat(process.inputReader(StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("WARNING"))).containsExactly(
                "true", Long.toString(process.pid()), "a b", "|two words|--x=ü", "from stdin");
        assertThat(process.waitFor()).isEqualTo(7);
    }

    @Test
    void whatIsStartedByItsClassIsLeftAsItIs() throws Exception {
        Process process = start(List.of("-cp", jar(Told.class), Told.class.getName()), "\n");
        assertThat(process.inputReader().lines()).startsWith("false", Long.toString(process.pid()));
    }

    @Test
    void theServiceSaysThatItHasNoVectorsAndHowToHaveThem() throws Exception {
        Process process = start(List.of("-cp", jar(Reason.class), Reason.class.getName()), "");
        assertThat(process.inputReader().lines()).singleElement().asString()
                .containsAnyOf("plain loops, several times slower than vectors")
                .containsAnyOf("start Java with --add-modules jdk.incubator.vector", "no fused multiply-add");
    }

    @Test
    void optionsAreAddedOnceAndNeverUnderADebugger() {
        List<String> command = VectorModule.withOptions("/bin/java", List.of("-Xmx1g", "-jar", "nabla.jar", "--x"),
                List.of("--x", "-jar")).orElseThrow();
        assertThat(command).startsWith("/bin/java").containsSubsequence(VectorModule.OPTIONS)
                .endsWith("-Xmx1g", "-jar", "nabla.jar", "--x", "-jar");
        assertThat(VectorModule.withOptions("/bin/java", command.subList(1, command.size()), List.of())).isEmpty();
        assertThat(VectorModule.withOptions("/bin/java", List.of("-agentlib:jdwp=transport=dt_socket,address=127.0.0.1:5005",
                "-jar", "nabla.jar"), List.of())).isEmpty();
    }

    @Test
    void theOptionsAreThoseOfTheBuildAndOfTheImage() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<jvm.flags>" + String.join(" ", VectorModule.OPTIONS) + "</jvm.flags>");
        assertThat(Files.readString(Path.of("Dockerfile"))).contains(String.join(" ", VectorModule.OPTIONS));
        assertThat(Files.readString(Path.of("docs/operations.md"))).contains(String.join(" ", VectorModule.OPTIONS));
    }

    private static Process start(List<String> arguments, String input) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Options of this process from outside would add the module, and a line about themselves.
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try (Writer writer = process.outputWriter()) {
            writer.write(input);
        }
        return process;
    }

    /** A jar with nothing but a manifest, which names the classes of this process and the one to start. */
    private String jar(Class<?> main) throws IOException {
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
        attributes.put(Attributes.Name.CLASS_PATH, Arrays.stream(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
        Path jar = folder.resolve(main.getSimpleName() + " in a folder.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar.toString();
    }

    /** Prints what it was given, whether it has vectors, and what it reads; ends with 7. */
    static final class Told {

        public static void main(String[] arguments) throws IOException {
            VectorModule.addIfMissing(arguments);
            System.out.println(Hardware.hasVectorModule());
            System.out.println(ProcessHandle.current().pid());
            System.out.println(System.getProperty("given"));
            System.out.println(String.join("|", arguments));
            System.out.print(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
            System.exit(7);
        }
    }

    /** Prints what the kernels compute with. */
    static final class Reason {

        public static void main(String[] arguments) {
            System.out.println(Hardware.FOUND.reason());
        }
    }
}
