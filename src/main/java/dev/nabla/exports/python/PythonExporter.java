package dev.nabla.exports.python;

import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.Comments;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import dev.nabla.expression.Expression;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.Renderer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A module of NumPy for each equation, with {@code evaluate} of one sample or of a batch. */
public final class PythonExporter implements Exporter {

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        List<Expression> expressions = subject.expressionsOfValues();
        int count = expressions.size();
        return Sizes.requireShort(IntStream.range(0, count).mapToObj(i -> ExportFile.text(
                subject.name() + (count == 1 ? "" : "_" + (i + 1)) + ".py", module(subject, i, expressions.get(i),
                maxLength)))
                .toList(), maxLength);
    }

    private static String module(Subject subject, int i, Expression expression, long maxLength) {
        String comment = Comments.of(subject).stream().map(line -> "# " + line + "\n").collect(Collectors.joining());
        return comment + "# evaluate computes result" + (i + 1) + "\n" + Renderer.render(expression,
                subject.notation(), Form.ARRAY,
                Format.PYTHON, true, maxLength).code().orElseThrow();
    }
}
