package dev.nabla.exports.code;

import dev.nabla.exports.routine.Buffer;
import dev.nabla.exports.routine.Buffer.Kind;
import dev.nabla.exports.routine.Index;
import java.util.List;

/** What languages have in common that compute one sample. */
public abstract class PlainSyntax implements Syntax {

    private final String opening;
    private final String closing;
    private final int first;
    private final String definition;
    private final String end;

    /**
     * How it is written.
     *
     * @param brackets those of an index
     * @param first the first index
     * @param definition what stands before a new name
     * @param end of a line
     */
    protected PlainSyntax(String brackets, int first, String definition, String end) {
        this.opening = brackets.substring(0, 1);
        this.closing = brackets.substring(1);
        this.first = first;
        this.definition = definition;
        this.end = end;
    }

    @Override
    public String number(double value) {
        return Double.toString(value).replace("E", "e");
    }

    @Override
    public String element(Buffer buffer, Index at) {
        return buffer.kind() == Kind.SCALAR ? buffer.name() : buffer.name() + opening + Code.index(at.plus(first))
                + closing;
    }

    @Override
    public List<String> define(Buffer scalar, String value) {
        return List.of(definition + scalar.name() + " = " + value + end);
    }

    @Override
    public List<String> assign(Buffer target, Index at, String value) {
        return List.of(element(target, at) + " = " + value + end);
    }

    @Override
    public String loop(String variable, String from, int until) {
        return "for (" + definition.replace("double", "int") + variable + " = " + from + "; " + variable + " < "
                + until + "; "
                + variable + "++) {";
    }

    @Override
    public String end() {
        return "}";
    }
}
