package dev.nabla.exports.latex;

import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.Comments;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Layout;
import dev.nabla.exports.files.Subject;
import dev.nabla.expression.Expression;
import dev.nabla.rendering.Definition;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.Renderer;
import dev.nabla.rendering.Rendering;
import dev.nabla.rendering.names.Greek;
import dev.nabla.rendering.printing.Printer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A document with a section for each equation: the named subexpressions, then the equation itself. */
public record LatexExporter(Layout layout) implements Exporter {

    /** The last of Latin Extended-A, and those of these that are in no font. */
    private static final int LAST_OF_FONTS = 0x17F;
    private static final String IN_NO_FONT = "ĦħĸŦŧ";

    /** The shortest that is exact. */
    public LatexExporter() {
        this(new Layout(Form.ARRAY, true, Printer.ALL_DIGITS));
    }

    @Override
    public Optional<Exporter> laidOut(UnaryOperator<Layout> wish) {
        return Optional.of(new LatexExporter(wish.apply(layout)));
    }

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        List<Expression> expressions = subject.expressionsOfValues();
        var text = new StringBuilder(Comments.of(subject).stream().map(line -> "% " + line + "\n")
                .collect(Collectors.joining()));
        int widest = expressions.stream().flatMap(expression -> expression.shape().dimensions().stream())
                .mapToInt(dimension -> dimension).max().orElse(1);
        text.append("\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n\\usepackage{amsmath}\n")
                .append("\\usepackage{amssymb}\n\\usepackage[a4paper,margin=1.5cm]{geometry}\n\\setcounter{MaxMatrixCols}{")
                .append(Math.max(10, widest)).append("}\n\\allowdisplaybreaks\n");
        var body = new StringBuilder();
        for (int i = 0; i < expressions.size(); i++) {
            Rendering rendering = Renderer.render(expressions.get(i), subject.notation(), layout.form(), Format.LATEX,
                    layout.shareSubexpressions(), layout.digits(), maxLength);
            body.append("\n\\section*{\\texttt{").append(escaped(subject.equations().get(i).text())).append("}}\n");
            for (Definition definition : rendering.definitions()) {
                body.append(formula(definition.name() + " = " + definition.expression()));
            }
            body.append(formula(rendering.expression()));
        }
        text.append(declarations(body.toString())).append("\\begin{document}\n").append(body).append("\n\\end{document}\n");
        return Sizes.requireShort(List.of(ExportFile.text(subject.name() + ".tex", text.toString())), maxLength);
    }

    /** The letters for which pdfLaTeX has none in the fonts of Europe's west: those that are Greek, of others their code. */
    private static String declarations(String body) {
        String declared = body.codePoints().filter(letter -> letter > LAST_OF_FONTS || IN_NO_FONT.indexOf(letter) >= 0).distinct().sorted()
                .mapToObj(letter -> String.format(Locale.ROOT, "\\DeclareUnicodeCharacter{%04X}{%s}\n", letter, Greek.name(letter)
                        .map(name -> "\\ensuremath{\\" + name + "}").orElseGet(() -> String.format(Locale.ROOT, "[U+%04X]", letter))))
                .collect(Collectors.joining());
        return declared.isEmpty() ? "" : "\\providecommand{\\DeclareUnicodeCharacter}[2]{}\n" + declared;
    }

    private static String formula(String formula) {
        String broken = Lines.broken(formula);
        return broken.equals(formula) ? "\\[\n" + formula + "\n\\]\n" : "\\begin{align*}\n& " + broken + "\n\\end{align*}\n";
    }

    private static String escaped(String text) {
        return text.replaceAll("\\s+", " ").replace("\\", "/").replaceAll("([#$%&_{}])", "\\\\$1").replace("^", "\\^{}")
                .replace("~", "\\~{}");
    }
}
