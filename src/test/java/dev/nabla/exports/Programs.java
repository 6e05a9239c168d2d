package dev.nabla.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.exports.files.ExportFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes exported files and runs what is made of them. */
final class Programs {

    private Programs() {}

    static void write(Path folder, List<ExportFile> files) throws IOException {
        for (ExportFile file : files) {
            Files.write(folder.resolve(file.name()), file.bytes());
        }
    }

    /** The lines that a command prints, which succeeds. */
    static List<String> run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile()).start();
        int code = process.waitFor();
        String output = Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
        assertThat(code).as(output.substring(0, Math.min(output.length(), 4000))).isZero();
        return output.lines().toList();
    }

    static String list(double[] values, String opening, String closing) {
        return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(", ", opening, closing));
    }
}
