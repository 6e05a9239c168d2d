package dev.nabla.exports.julia;

import dev.nabla.exports.code.CodeFile;
import dev.nabla.exports.code.CodeFile.Result;
import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A function that returns a tuple of results in their shapes. */
public final class JuliaExporter implements Exporter {

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        CodeFile file = CodeFile.of(subject, _ -> new JuliaSyntax(), maxLength);
        String constant = "nabla_parameters_of_" + subject.name();
        String text = file.comment("# ") + "\n" + file.values("const " + constant + " = [", "]\n\n") + file.helpers()
                + "function " + subject.name() + "(" + file.arguments() + ")\n"
                + (file.values("", "").isEmpty() ? "" : "    parameters = " + constant + "\n")
                + file.forResults(result -> "    " + result.name() + " = zeros(" + result.shape().size() + ")")
                + file.forArrays(array -> "    " + array.name() + " = zeros(" + array.size() + ")")
                + file.body(1) + file.forResults(JuliaExporter::shaped).replaceAll("(?m)^\n", "")
                + "    return (" + file.resultNames() + ",)\nend\n";
        return Sizes.requireShort(List.of(ExportFile.text(subject.name() + ".jl", text)), maxLength);
    }

    private static String shaped(Result result) {
        int rank = result.shape().rank();
        return switch (rank) {
            case 0 -> "    " + result.name() + " = " + result.name() + "[1]";
            case 1 -> "";
            default -> "    " + result.name() + " = permutedims(reshape(" + result.name() + ", "
                    + result.shape().dimensions().reversed().stream().map(String::valueOf)
                    .collect(Collectors.joining(", ")) + "), ("
                    + IntStream.iterate(rank, axis -> axis > 0, axis -> axis - 1).mapToObj(String::valueOf)
                    .collect(Collectors.joining(", ")) + "))";
        };
    }

    @Override
    public Set<String> reserved() {
        return JuliaSyntax.RESERVED;
    }
}
