package dev.nabla.exports.c;

import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.routine.Buffer;
import dev.nabla.exports.routine.Lowering;
import dev.nabla.exports.routine.Routine;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A C99 file with an external function of CasADi: the function, and those that tell its arguments, results and memory
 * (Andersson et al., "CasADi: a software framework for nonlinear optimization", 2019; its documentation, section
 * "Calling
 * externally"). Everything is dense, and stands column after column, an array of three axes as the rows of its first
 * one.
 */
public final class CasadiExporter implements Exporter {

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        Routine routine = Lowering.lower(subject.expressions(), subject.inputs(), subject.parameters());
        Sizes.requireShort(subject, routine, maxLength);
        var unit = new CUnit(subject, routine, false);
        String text = unit.comment() + unit.point("static void nabla_point(" + unit.arguments(" *") + ")")
                + external(subject, routine, unit.hasParameters());
        return Sizes.requireShort(List.of(ExportFile.text(subject.name() + ".c", text)), maxLength);
    }

    private static String external(Subject subject, Routine routine, boolean hasParameters) {
        String name = subject.name();
        List<Shape> shapes = subject.expressions().stream().map(Expression::shape).toList();
        var arguments = new ArrayList<>(List.of(routine.inputs()));
        if (hasParameters) {
            arguments.add(routine.parameters());
        }
        int results = routine.results().size();
        var text = new StringBuilder();
        var body = new StringBuilder();
        int work = 0;
        for (int i = 0; i < arguments.size(); i++) {
            Buffer argument = arguments.get(i);
            body.append("    for (int k = 0; k < %d; ++k) {\n        w[%d + k] = arg[%d] ? arg[%d][k] : 0.0;\n    }\n"
                    .formatted(argument.size(), work, i, i));
            work += argument.size();
        }
        var call = new StringBuilder("    nabla_point(w");
        if (hasParameters) {
            call.append(", w + ").append(routine.inputs().size());
        }
        var copies = new StringBuilder();
        for (int i = 0; i < results; i++) {
            int rows = rows(shapes.get(i));
            int columns = shapes.get(i).size() / rows;
            call.append(", w + ").append(work);
            copies.append("    for (int k = 0; res[%d] && k < %d; ++k) {\n        res[%d][k] = w[%d + k %% %d * %d + k / %d];\n    }\n"
                    .formatted(i, rows * columns, i, work, rows, columns, rows));
            work += rows * columns;
        }
        text.append("#ifdef _WIN32\n#define NABLA_EXPORT __declspec(dllexport)\n#else\n#define NABLA_EXPORT\n#endif\n\n");
        List<String> prototypes = List.of(
                "int NAME(const double **arg, double **res, long long int *iw, double *w, int mem)",
                "void NAME_incref(void)",
                "void NAME_decref(void)", "long long int NAME_n_in(void)", "long long int NAME_n_out(void)",
                "const char *NAME_name_in(long long int i)", "const char *NAME_name_out(long long int i)",
                "const long long int *NAME_sparsity_in(long long int i)",
                "const long long int *NAME_sparsity_out(long long int i)",
                "int NAME_work(long long int *sz_arg, long long int *sz_res, long long int *sz_iw, long long int *sz_w)");
        List<String> bodies = List.of(
                "    (void) iw;\n    (void) mem;\n" + body + call + ");\n" + copies + "    return 0;\n", "", "",
                "    return " + arguments.size() + ";\n", "    return " + results + ";\n",
                choice(arguments.stream().map(argument -> "\"" + argument.name() + "\"").toList()),
                choice(routine.results().stream().map(result -> "\"" + result.name() + "\"").toList()),
                sparsities(arguments.stream().map(argument -> List.of(argument.size(), 1)).toList()),
                sparsities(shapes.stream().map(shape -> List.of(rows(shape), shape.size() / rows(shape))).toList()),
                "    *sz_arg = " + arguments.size() + ";\n    *sz_res = " + results
                + ";\n    *sz_iw = 0;\n    *sz_w = " + work
                        + ";\n    return 0;\n");
        prototypes.forEach(prototype -> text.append("NABLA_EXPORT ").append(prototype.replace("NAME", name))
                .append(";\n"));
        for (int i = 0; i < bodies.size(); i++) {
            text.append('\n').append(prototypes.get(i).replace("NAME", name)).append("\n{\n").append(bodies.get(i))
                    .append("}\n");
        }
        return text.toString();
    }

    private static int rows(Shape shape) {
        return shape.isScalar() ? 1 : shape.dimension(0);
    }

    /** The dense patterns of matrices of these rows and columns. */
    private static String sparsities(List<List<Integer>> sizes) {
        return "    static const long long int sizes[" + sizes.size() + "][3] = {" + sizes.stream().map(size -> "{"
                + size.get(0) + ", "
                + size.get(1) + ", 1}").collect(Collectors.joining(", ")) + "};\n    return i >= 0 && i < "
                + sizes.size()
                + " ? sizes[i] : 0;\n";
    }

    private static String choice(List<String> values) {
        return "    switch (i) {\n" + IntStream.range(0, values.size()).mapToObj(i -> "    case " + i + ": return "
                + values.get(i)
                + ";\n").collect(Collectors.joining()) + "    default: return 0;\n    }\n";
    }

    @Override
    public Set<String> reserved() {
        return new CSyntax(false, 1).reserved();
    }
}
