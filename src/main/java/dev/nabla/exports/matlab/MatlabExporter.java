package dev.nabla.exports.matlab;

import dev.nabla.exports.code.CodeFile;
import dev.nabla.exports.code.CodeFile.Result;
import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A function that returns its results in their shapes, vectors as columns. */
public final class MatlabExporter implements Exporter {

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        CodeFile file = CodeFile.of(subject, _ -> new MatlabSyntax(), maxLength);
        String text = file.comment("% ") + "\nfunction [" + file.resultNames() + "] = " + subject.name() + "("
                + file.arguments() + ")\n"
                + file.values("    parameters = [", "];\n").replace(",\n", ", ...\n").replace("[\n", "[ ...\n")
                + file.forResults(result -> "    " + result.name() + " = zeros(1, " + result.shape().size() + ");")
                + file.forArrays(array -> "    " + array.name() + " = zeros(1, " + array.size() + ");")
                + file.body(1) + file.forResults(MatlabExporter::shaped) + "end\n\n" + file.helpers();
        return Sizes.requireShort(List.of(ExportFile.text(subject.name() + ".m", text)), maxLength);
    }

    private static String shaped(Result result) {
        int rank = result.shape().rank();
        String value = switch (rank) {
            case 0 -> result.name() + "(1)";
            case 1 -> result.name() + "(:)";
            default -> "permute(reshape(" + result.name() + result.shape().dimensions().reversed().stream()
                    .map(dimension -> ", " + dimension).collect(Collectors.joining()) + "), " + rank + ":-1:1)";
        };
        return "    " + result.name() + " = " + value + ";";
    }

    @Override
    public Set<String> reserved() {
        return MatlabSyntax.RESERVED;
    }
}
