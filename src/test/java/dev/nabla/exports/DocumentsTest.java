package dev.nabla.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.InstalledTools;
import dev.nabla.exports.Cases.Case;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Layout;
import dev.nabla.exports.files.RefusedExportException;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.graph.GraphReader;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.Renderer;
import dev.nabla.rendering.Rendering;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What is exported to be read, and to be plugged in elsewhere. */
class DocumentsTest {

    private final long seed = System.nanoTime();
    private final List<Case> cases = Cases.all(seed);

    @TempDir
    Path folder;

    private static List<ExportFile> files(ExportFormat format, Subject subject) {
        return format.exporter().files(subject, false, 50_000_000);
    }

    private static String text(ExportFormat format, Subject subject) {
        return new String(files(format, subject).getFirst().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theGraphIsReadAsTheSameExpressions() {
        for (Case one : cases) {
            Map<String, Expression> read = GraphReader.read(text(ExportFormat.JSON, one.subject()));
            one.subject().equations().forEach(equation -> assertThat(read.get(equation.text()))
                    .as("%s of seed %d", equation.text(), seed).isSameAs(equation.expression()));
            assertThat(text(ExportFormat.JSON, one.withValues()))
                    .contains(one.parameters().length == 0 ? "" : String.valueOf(one.parameters()[0]));
        }
    }

    @Test
    void whatIsNoGraphIsRefused() {
        String graph = "{\"format\": \"nabla-graph-1\", \"origin\": [], \"inputs\": [\"x\"], \"parameters\": [], \"nodes\": [%s], "
                + "\"results\": [{\"equation\": \"x\", \"node\": 0}]}";
        String symbol = "{\"kind\": \"symbol\", \"shape\": [1], \"operands\": [], \"name\": \"inputs\", \"perSample\": true}";
        assertThat(GraphReader.read(graph.formatted(symbol))).containsOnlyKeys("x");
        for (String wrong : List.of(graph.formatted(""), graph.formatted(symbol.replace("symbol", "sum")),
                graph.formatted(symbol.replace("\"name\"", "\"nam\"")), graph.formatted(symbol.replace("[1]", "[0]")),
                graph.formatted(symbol
                + ", {\"kind\": \"apply\", \"shape\": [1], \"operands\": [2], \"function\": \"sin\"}"),
                graph.formatted(symbol
                + ", {\"kind\": \"apply\", \"shape\": [1], \"operands\": [0], \"function\": \"no\"}"),
                graph.formatted(symbol
                + ", {\"kind\": \"apply\", \"shape\": [2], \"operands\": [0], \"function\": \"sin\"}"),
                graph.formatted(symbol).replace("graph-1", "graph-2"), "{", "[]")) {
            assertThatThrownBy(() -> GraphReader.read(wrong)).as(wrong).isInstanceOf(RefusedExportException.class);
        }
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    @Test
    void formulasOfMathMlAreWellFormedAndHaveALineForEachEquation() throws Exception {
        for (Case one : cases) {
            boolean mayBeUndefined = one.subject().name().startsWith("random");
            for (Subject subject : mayBeUndefined ? List.of(one.subject()) : List.of(one.subject(), one.withValues())) {
                Document document = xml(text(ExportFormat.MATHML, subject));
                assertThat(document.getDocumentElement().getTagName()).isEqualTo("math");
                var lines = document.getElementsByTagName("mtext");
                List<String> texts = IntStream.range(0, lines.getLength()).mapToObj(i ->
                        lines.item(i).getTextContent()).toList();
                assertThat(texts).containsAll(subject.equations().stream().map(Subject.Equation::text).toList());
            }
        }
    }

    @Test
    void thePictureHasABoxForEachNodeAndALineForEachOperand() throws Exception {
        Subject subject = cases.getFirst().subject();
        var small = new Subject(subject.name(), subject.equations().subList(0, 2), subject.inputs(),
                subject.inputNames(),
                subject.parameters(), subject.values(), subject.notation(), subject.origin());
        Document picture = xml(text(ExportFormat.SVG, small));
        List<Expression> nodes = Graph.topologicalOrder(small.expressions());
        assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(nodes.size() + 2);
        assertThat(picture.getElementsByTagName("line").getLength())
                .isEqualTo(nodes.stream().mapToInt(node -> node.operands().size()).sum() + 2);
        assertThatThrownBy(() -> files(ExportFormat.SVG, cases.get(7).subject()))
                .isInstanceOf(RefusedExportException.class).hasMessageContainingAll("nodes", "1000");
    }

    @Test
    void aDocumentOfLatexHasBalancedGroupsAndASectionForEachEquation() {
        for (Case one : cases) {
            String text = text(ExportFormat.LATEX, one.subject());
            assertThat(text).contains("\\documentclass{article}").endsWith("\\end{document}\n");
            assertThat(text.split("\\\\section\\*", -1)).hasSize(one.subject().equations().size() + 1);
            String escapesLeftOut = text.replaceAll("(?m)^%.*$", "").replaceAll("\\\\[{}]", "");
            assertThat(escapesLeftOut.chars().filter(c -> c == '{').count())
                    .isEqualTo(escapesLeftOut.chars().filter(c -> c == '}').count());
            assertThat(text.split("\\\\\\[", -1)).hasSameSizeAs(text.split("\\\\\\]", -1));
        }
    }

    @Test
    void aLongSumOfLatexIsBrokenBetweenItsTerms() {
        Exporter scalar = ExportFormat.LATEX.exporter().laidOut(layout -> new Layout(Form.SCALAR, true, 5)).orElseThrow();
        int broken = 0;
        for (Case one : Cases.networks(seed)) {
            Subject subject = one.withValues();
            String text = new String(scalar.files(subject, false, 50_000_000).getFirst().bytes(), StandardCharsets.UTF_8);
            String joined = text.replaceAll("( \\\\right\\.)* \\\\\\\\\n& (\\\\quad )+(\\\\left\\. )*\\{\\}", "");
            for (Expression expression : subject.expressionsOfValues()) {
                Rendering rendering = Renderer.render(expression, subject.notation(), Form.SCALAR, Format.LATEX, true, 5, 50_000_000);
                for (String formula : Stream.concat(rendering.definitions().stream()
                        .map(definition -> definition.name() + " = " + definition.expression()), Stream.of(rendering.expression())).toList()) {
                    boolean isWhole = text.contains("\\[\n" + formula + "\n\\]");
                    assertThat(isWhole || joined.contains("\\begin{align*}\n& " + formula + "\n\\end{align*}"))
                            .as("%s of seed %d", formula, seed).isTrue();
                    broken += isWhole ? 0 : 1;
                }
            }
            for (String line : text.split("\n", -1)) {
                assertThat(line.split("\\\\left(?![a-z])", -1)).as("%s of seed %d", line, seed).hasSameSizeAs(line.split("\\\\right(?![a-z])", -1));
            }
        }
        assertThat(broken).isPositive();
    }

    @Test
    void modulesOfPythonHaveTheValuesOfNabla() throws Exception {
        InstalledTools.require("python3 with NumPy is", "python3", "-c", "import numpy");
        List<Case> networks = Cases.networks(seed);
        var driver = new StringBuilder("""
                import importlib, warnings
                import numpy as np
                warnings.simplefilter('ignore')
                def nested(layout, flat):
                    tree, at = {}, 0
                    for path, shape in layout:
                        size = int(np.prod(shape))
                        node = tree
                        for key in path[:-1]:
                            node = node.setdefault(key, {})
                        node[path[-1]] = np.reshape(flat[at:at + size], shape)
                        at += size
                    return tree
                """);
        for (Case one : networks) {
            Subject subject = one.subject();
            Programs.write(folder, files(ExportFormat.PYTHON, subject));
            String layout = subject.parameters().stream().map(symbol -> "([" + Stream.of(symbol.name().split("\\.", -1))
                    .map(key -> "'" + key + "'").collect(Collectors.joining(", ")) + "], " + symbol.shape() + ")")
                    .collect(Collectors.joining(", ", "[", "]"));
            driver.append("p = nested(").append(layout).append(", ").append(Programs.list(one.parameters(), "[", "]"))
                    .append(")\n");
            for (int e = 1; e <= subject.equations().size(); e++) {
                for (double[] row : one.inputs()) {
                    driver.append("for v in np.ravel(importlib.import_module('").append(subject.name()).append('_')
                            .append(e)
                            .append("').evaluate(").append(Programs.list(row, "[", "]"))
                            .append(", p)): print(repr(float(v)))\n");
                }
            }
        }
        Files.writeString(folder.resolve("driver.py"), driver);
        assertThat(Cases.faults(networks, Programs.run(folder, List.of("python3", "driver.py")), 1e-12)).as("seed %d",
                seed).isEmpty();
    }

    /** As CasADi calls it: dense matrices column after column, some results not asked for. */
    @Test
    void anExternalFunctionOfCasadiHasTheValuesOfNabla() throws Exception {
        InstalledTools.require("gcc is", "gcc", "--version");
        List<Case> networks = Cases.networks(seed).subList(0, 6);
        var main = new StringBuilder("#include <stdio.h>\n");
        var body = new StringBuilder();
        var names = new ArrayList<String>();
        for (int c = 0; c < networks.size(); c++) {
            Case one = networks.get(c);
            Subject subject = c % 2 == 0 ? one.subject() : one.withValues();
            String name = subject.name();
            Programs.write(folder, files(ExportFormat.C_CASADI, subject));
            names.add(name + ".c");
            main.append("""
                    int NAME(const double **, double **, long long int *, double *, int);
                    long long int NAME_n_in(void);
                    const long long int *NAME_sparsity_out(long long int);
                    int NAME_work(long long int *, long long int *, long long int *, long long int *);
                    """.replace("NAME", name));
            body.append("    {\n        static double w[100000]; long long int a, r, i, n;\n        NAME_work(&a, &r, &i, &n);\n"
                    .replace("NAME", name)).append("        if (n > 100000 || NAME_n_in() != %d) { return 1; }\n"
                    .formatted(subject.values().isPresent() ? 1 : 2).replace("NAME", name));
            body.append("        static const double p[] = ").append(Programs.list(one.parameters(), "{", "};\n"));
            for (int e = 0; e < subject.equations().size(); e++) {
                for (double[] row : one.inputs()) {
                    body.append("        { const double x[] = ").append(Programs.list(row, "{", "};"))
                            .append(" const double *arg[] = {x, p}; ")
                            .append("static double y[10000]; double *res[").append(subject.equations().size())
                            .append("] = {0}; res[")
                            .append(e).append("] = y; ").append(name).append("(arg, res, 0, w, 0); print(y, ")
                            .append(name)
                            .append("_sparsity_out(").append(e).append(")); }\n");
                }
            }
            body.append("    }\n");
        }
        Files.writeString(folder.resolve("main.c"), main + """
                static void print(const double *y, const long long int *size)
                {
                    for (long long int i = 0; i < size[0]; ++i) {
                        for (long long int j = 0; j < size[1]; ++j) { printf("%.17g\\n", y[j * size[0] + i]); }
                    }
                }
                int main(void)
                {
                """ + body + "    return 0;\n}\n");
        Programs.run(folder, Stream.of(List.of("gcc", "-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-o",
                "program"), names,
                List.of("main.c", "-lm")).flatMap(List::stream).toList());
        assertThat(Cases.faults(networks, Programs.run(folder, List.of("./program")), 1e-12)).as("seed %d",
                seed).isEmpty();
    }
}
