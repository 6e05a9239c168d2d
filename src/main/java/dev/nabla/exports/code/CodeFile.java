package dev.nabla.exports.code;

import dev.nabla.exports.files.Comments;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.routine.Buffer;
import dev.nabla.exports.routine.Lowering;
import dev.nabla.exports.routine.Routine;
import dev.nabla.expression.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is common to the one file of a language that computes one sample. */
public final class CodeFile {

    private static final int NUMBERS_OF_LINE = 4;

    private final Subject subject;
    private final Routine routine;
    private final Code code;
    private final Syntax syntax;

    private CodeFile(Subject subject, Routine routine, Syntax syntax) {
        this.subject = subject;
        this.routine = routine;
        this.syntax = syntax;
        this.code = new Code(syntax);
    }

    /** @param syntax by what is to be written */
    public static CodeFile of(Subject subject, Function<Routine, Syntax> syntax, long maxLength) {
        Routine routine = Lowering.lower(subject.expressions(), subject.inputs(), subject.parameters());
        Sizes.requireShort(subject, routine, maxLength);
        return new CodeFile(subject, routine, syntax.apply(routine));
    }

    public Subject subject() {
        return subject;
    }

    public Routine routine() {
        return routine;
    }

    public Code code() {
        return code;
    }

    /** What the file says of itself, each line after a sign. */
    public String comment(String sign) {
        return Comments.of(subject).stream().map(line -> sign + line + "\n").collect(Collectors.joining());
    }

    public String helpers() {
        return code.helpers(routine.functions()).stream().map(helper -> helper + "\n").collect(Collectors.joining());
    }

    public String body(int indent) {
        return code.statements(routine.body(), indent);
    }

    /** The parameters of the function, one of them where values are not taken away and there are any. */
    public String arguments() {
        return hasParameters() ? "inputs, parameters" : "inputs";
    }

    public boolean hasParameters() {
        return subject.values().isEmpty() && subject.parameterCount() > 0;
    }

    /** A line for each result. */
    public String forResults(Function<Result, String> line) {
        return results().stream().map(result -> line.apply(result) + "\n").collect(Collectors.joining());
    }

    /** The names of all results. */
    public String resultNames() {
        return results().stream().map(Result::name).collect(Collectors.joining(", "));
    }

    /** A result of the function. */
    public record Result(String name, Shape shape) {}

    private List<Result> results() {
        return routine.results().stream().map(buffer -> new Result(buffer.name(),
                subject.expressions().get(routine.results().indexOf(buffer)).shape())).toList();
    }

    /** A line for each array in between. */
    public String forArrays(Function<Buffer, String> line) {
        return routine.arrays().stream().map(array -> line.apply(array) + "\n").collect(Collectors.joining());
    }

    /**
     * The values of the parameters with something around them; empty where they are not taken away, or do not matter.
     */
    public String values(String opening, String closing) {
        return subject.values().filter(_ -> routine.read().contains(routine.parameters()))
                .map(values -> opening + list(values) + closing).orElse("");
    }

    private String list(double[] values) {
        var text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(i % NUMBERS_OF_LINE == 0 ? "\n    " : " ").append(values[i] < 0 ? "-" : "")
                    .append(syntax.number(Math.abs(values[i]))).append(i == values.length - 1 ? "" : ",");
        }
        return text.append('\n').toString();
    }
}
