package dev.nabla.exports.javascript;

import dev.nabla.exports.code.CodeFile;
import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import java.util.List;
import java.util.Set;

/** An ES module with a function that returns an array of results, each a flat row-major array of numbers. */
public final class JavaScriptExporter implements Exporter {

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        CodeFile file = CodeFile.of(subject, _ -> new JavaScriptSyntax(), maxLength);
        String text = file.comment("// ") + "\n" + file.values("const parameters = new Float64Array([", "]);\n\n")
                + file.helpers()
                + "export function " + subject.name() + "(" + file.arguments() + ") {\n"
                + file.forResults(result -> "    const " + result.name() + " = new Float64Array("
                + result.shape().size() + ");")
                + file.forArrays(array -> "    const " + array.name() + " = new Float64Array(" + array.size() + ");")
                + file.body(1) + "    return [" + file.resultNames() + "];\n}\n";
        return Sizes.requireShort(List.of(ExportFile.text(subject.name() + ".mjs", text)), maxLength);
    }

    @Override
    public Set<String> reserved() {
        return JavaScriptSyntax.RESERVED;
    }
}
