package dev.nabla.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.nabla.InstalledTools;
import dev.nabla.exports.Cases.Case;
import dev.nabla.exports.files.Subject;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what is exported to languages other than C: each case once, every second one with its parameters. */
class ScriptsTest {

    private final long seed = System.nanoTime();
    private final List<Case> cases = Cases.all(seed);

    @TempDir
    Path folder;

    private Subject subject(int c) {
        return c % 2 == 0 ? cases.get(c).subject() : cases.get(c).withValues();
    }

    private boolean hasParameters(int c) {
        return c % 2 == 0 && cases.get(c).parameters().length > 0;
    }

    private void write(ExportFormat format) throws Exception {
        for (int c = 0; c < cases.size(); c++) {
            Programs.write(folder, format.exporter().files(subject(c), false, 50_000_000));
        }
    }

    private void requireRight(List<String> lines) {
        assertThat(Cases.faults(cases, lines, 1e-12)).as("seed %d", seed).isEmpty();
    }

    @Test
    void javaHasTheValuesOfNabla() throws Exception {
        write(ExportFormat.JAVA);
        List<String> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.map(Path::toString).toList();
        }
        var arguments = new ArrayList<>(List.of("-proc:none", "-Xlint:all", "-Werror", "-cp", folder.toString(),
                "-d", folder.toString()));
        arguments.addAll(files);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null,
                arguments.toArray(String[]::new))).isZero();
        var lines = new ArrayList<String>();
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (int c = 0; c < cases.size(); c++) {
                String name = subject(c).name();
                Method evaluate = Arrays.stream(loader.loadClass(name.substring(0, 1).toUpperCase(Locale.ROOT)
                        + name.substring(1))
                        .getMethods()).filter(method -> method.getName().equals("evaluate")).findFirst().orElseThrow();
                lines.addAll(linesOf(evaluate, c));
            }
        }
        requireRight(lines);
    }

    private List<String> linesOf(Method evaluate, int c) throws Exception {
        double[][] inputs = cases.get(c).inputs();
        var values = new double[subject(c).equations().size()][inputs.length][];
        for (int s = 0; s < inputs.length; s++) {
            var arguments = new ArrayList<Object>(List.of(inputs[s]));
            if (hasParameters(c)) {
                arguments.add(cases.get(c).parameters());
            }
            for (int e = 0; e < values.length; e++) {
                values[e][s] = new double[subject(c).equations().get(e).expression().shape().size()];
                arguments.add(values[e][s]);
            }
            evaluate.invoke(null, arguments.toArray());
        }
        return Arrays.stream(values).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream)
                .mapToObj(Double::toString).toList();
    }

    @Test
    void javaScriptHasTheValuesOfNabla() throws Exception {
        InstalledTools.require("Node is", "node", "--version");
        write(ExportFormat.JAVASCRIPT);
        var driver = new StringBuilder();
        for (int c = 0; c < cases.size(); c++) {
            driver.append("import {").append(subject(c).name()).append("} from './").append(subject(c).name())
                    .append(".mjs';\n");
        }
        driver.append("""
                const lines = [];
                function run(samples) {
                    for (let e = 0; e < samples[0].length; e++) {
                        for (const sample of samples) {
                            for (const value of sample[e]) {
                                lines.push(String(value));
                            }
                        }
                    }
                }
                """);
        for (int c = 0; c < cases.size(); c++) {
            driver.append(call(c, "[", "]", "run([", "]);\n"));
        }
        driver.append("console.log(lines.join('\\n'));\n");
        Files.writeString(folder.resolve("driver.mjs"), driver);
        requireRight(Programs.run(folder, List.of("node", "driver.mjs")));
    }

    /** Not where there is none, also in continuous integration: no distribution that it runs on has it. */
    @Test
    void juliaHasTheValuesOfNabla() throws Exception {
        boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "julia")));
        assumeThat(isThere).as("Julia is needed and missing").isTrue();
        write(ExportFormat.JULIA);
        var driver = new StringBuilder("""
                flat(x::Number) = [x]
                flat(x) = vec(permutedims(x, ndims(x):-1:1))
                function run(samples)
                    for e in 1:length(samples[1]), sample in samples, value in flat(sample[e])
                        println(value)
                    end
                end
                """);
        for (int c = 0; c < cases.size(); c++) {
            driver.append("module M%d\ninclude(\"%s.jl\")\nend\n".formatted(c, subject(c).name()));
            driver.append(call(c, "[", "]", "run([", "])\n").replace(subject(c).name() + "(", "M" + c + "."
                    + subject(c).name() + "("));
        }
        Files.writeString(folder.resolve("driver.jl"), driver);
        requireRight(Programs.run(folder, List.of("julia", "--compile=min", "-O0", "driver.jl")));
    }

    @Test
    void octaveHasTheValuesOfNabla() throws Exception {
        InstalledTools.require("Octave is", "octave-cli", "--version");
        write(ExportFormat.MATLAB);
        var driver = new StringBuilder("file = fopen('values', 'w');\n");
        for (int c = 0; c < cases.size(); c++) {
            int results = subject(c).equations().size();
            String parameters = hasParameters(c) ? ", p" : "";
            if (hasParameters(c)) {
                driver.append("p = ").append(Programs.list(cases.get(c).parameters(), "[", "];\n"));
            }
            double[][] inputs = cases.get(c).inputs();
            for (int s = 0; s < inputs.length; s++) {
                driver.append("r%d = cell(1, %d);\n[r%d{:}] = %s(%s%s);\n".formatted(s, results, s, subject(c).name(),
                        Programs.list(inputs[s], "[", "]"), parameters));
            }
            driver.append("for e = 1:%d\n".formatted(results));
            for (int s = 0; s < inputs.length; s++) {
                driver.append("    x = permute(r%d{e}, ndims(r%d{e}):-1:1);\n    fprintf(file, \"%%.17g\\n\", x(:));\n"
                        .formatted(s, s));
            }
            driver.append("end\n");
        }
        Files.writeString(folder.resolve("driver.m"), driver.append("fclose(file);\n"));
        Programs.run(folder, List.of("octave-cli", "--norc", "driver.m"));
        requireRight(Files.readAllLines(folder.resolve("values")));
    }

    /** A call for every sample. */
    private String call(int c, String opening, String closing, String before, String after) {
        String parameters = hasParameters(c) ? ", " + Programs.list(cases.get(c).parameters(), opening, closing) : "";
        return before + String.join(", ", Stream.of(cases.get(c).inputs())
                .map(row -> subject(c).name() + "(" + Programs.list(row, opening, closing) + parameters
                + ")").toList()) + after;
    }
}
