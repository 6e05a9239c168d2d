package dev.nabla.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.InstalledTools;
import dev.nabla.exports.Cases.Case;
import dev.nabla.exports.files.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles what is exported without a warning, and runs it. */
class CTest {

    private static final List<String> COMPILER =
            List.of("gcc", "-std=c99", "-ffp-contract=off", "-Wall", "-Wextra", "-pedantic", "-Werror", "-o",
            "program");

    @TempDir
    Path folder;

    @Test
    void oneSampleAndManyHaveTheValuesOfNabla() throws Exception {
        long seed = System.nanoTime();
        assertThat(faults(Cases.all(seed), false, 1e-12)).as("seed %d", seed).isEmpty();
    }

    @Test
    void inSinglePrecisionTheyHaveItsDigits() throws Exception {
        long seed = System.nanoTime();
        assertThat(faults(Cases.networks(seed), true, 1e-5)).as("seed %d", seed).isEmpty();
    }

    private List<String> faults(List<Case> cases, boolean isSingle, double tolerance) throws Exception {
        InstalledTools.require("gcc is", "gcc", "--version");
        var names = new ArrayList<String>();
        String type = isSingle ? "float" : "double";
        var main = new StringBuilder("#include <stdio.h>\n");
        var body = new StringBuilder();
        for (int c = 0; c < cases.size(); c++) {
            Case one = cases.get(c);
            Subject subject = c % 2 == 0 ? one.subject() : one.withValues();
            Programs.write(folder, ExportFormat.C.exporter().files(subject, isSingle, 50_000_000));
            names.add(subject.name() + ".c");
            main.append("#include \"").append(subject.name()).append(".h\"\n");
            call(one, subject, type, body);
        }
        Files.writeString(folder.resolve("main.c"), main + """

                static void print(size_t results, size_t samples, const TYPE *one, const TYPE *many)
                {
                    for (size_t s = 0; s < samples; ++s) {
                        for (size_t i = 0; i < results; ++i) {
                            printf("%.17g\\n", (double) one[s * results + i]);
                            printf("%.17g\\n", (double) many[i * samples + s]);
                        }
                    }
                }

                int main(void)
                {
                """.replace("TYPE", type) + body + "    return 0;\n}\n");
        Programs.run(folder, Stream.of(COMPILER, names, List.of("main.c", "-lm")).flatMap(List::stream).toList());
        List<String> lines = Programs.run(folder, List.of("./program"));
        List<String> one = IntStream.range(0, lines.size()).filter(i -> i % 2 == 0).mapToObj(lines::get).toList();
        List<String> many = IntStream.range(0, lines.size()).filter(i -> i % 2 == 1).mapToObj(lines::get).toList();
        return Stream.concat(Cases.faults(cases, one, tolerance).stream(),
                Cases.faults(cases, many, tolerance).stream().map(fault -> "of many: " + fault)).toList();
    }

    private static void call(Case one, Subject subject, String type, StringBuilder body) {
        int samples = one.inputs().length;
        int width = one.inputs()[0].length;
        boolean hasParameters = subject.values().isEmpty() && subject.parameterCount() > 0;
        body.append("    {\n        static const ").append(type).append(" rows[] = ").append(Programs.list(
                Stream.of(one.inputs()).flatMapToDouble(Arrays::stream).toArray(), "{", "};\n"));
        body.append("        static ").append(type).append(" columns[").append(samples * width).append("];\n");
        if (hasParameters) {
            body.append("        static const ").append(type).append(" p[] = ").append(Programs.list(one.parameters(),
                    "{", "};\n"));
        }
        int results = subject.equations().size();
        var oneCall = new StringBuilder();
        var manyCall = new StringBuilder();
        for (int e = 0; e < results; e++) {
            int size = subject.equations().get(e).expression().shape().size();
            body.append("        static ").append(type).append(" a%d[%d], b%d[%d];\n".formatted(e, size * samples, e,
                    size * samples));
            oneCall.append(", a%d + s * %d".formatted(e, size));
            manyCall.append(", b").append(e);
        }
        body.append("        for (size_t s = 0; s < %d; ++s) {\n            for (size_t i = 0; i < %d; ++i) { columns[i * %d + s] = rows[s * %d + i]; }\n"
                .formatted(samples, width, samples, width));
        body.append("            ").append(subject.name()).append("(rows + s * ").append(width).append(hasParameters
                ? ", p" : "")
                .append(oneCall).append(");\n        }\n        ").append(subject.name()).append("_batch(")
                .append(samples)
                .append(", columns").append(hasParameters ? ", p" : "").append(manyCall).append(");\n");
        for (int e = 0; e < results; e++) {
            body.append("        print(%d, %d, a%d, b%d);\n".formatted(
                    subject.equations().get(e).expression().shape().size(), samples, e, e));
        }
        body.append("    }\n");
    }
}
