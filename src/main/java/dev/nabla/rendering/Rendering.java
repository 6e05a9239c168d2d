package dev.nabla.rendering;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A printed expression.
 *
 * @param entries the entries, row-major, one per scalar; empty in array form
 * @param expression the whole array in one string, in both forms
 * @param definitions the named subexpressions, each after those it refers to
 * @param nodeCount the distinct nodes of the graph that is printed
 * @param treeNodeCount its nodes if nothing were shared
 * @param code a complete Python module that defines {@code evaluate(inputs, parameters)} for one sample or a
 *     batch; empty in other formats
 */
public record Rendering(List<String> entries, String expression, List<Definition> definitions, int nodeCount,
        BigInteger treeNodeCount, Optional<String> code) {

    public Rendering {
        entries = List.copyOf(entries);
        definitions = List.copyOf(definitions);
    }
}
