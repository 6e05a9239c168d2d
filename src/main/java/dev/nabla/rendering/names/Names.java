package dev.nabla.rendering.names;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.language.Identifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of one print: those of its symbols and those it gives to subexpressions, no two of them the same. */
public final class Names {

    private static final Pattern PARAMETER = Pattern.compile("L([1-9][0-9]{0,8})\\.([A-Za-z][A-Za-z0-9_]*)");

    private final Spelling spelling;
    private final Map<Expression, Label> leaves = new LinkedHashMap<>();
    private final Map<Expression, Label> definitions = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private int temporaries;

    /** Names the symbols among {@code nodes}. */
    public Names(Spelling spelling, Notation notation, List<Expression> nodes) {
        this.spelling = spelling;
        notation.aliases().forEach((leaf, name) ->
                addLeaf(leaf, name.layer().isPresent() ? Label.parameter(name) : Label.of(name)));
        for (Expression node : nodes) {
            if (node instanceof Symbol symbol && !leaves.containsKey(symbol)) {
                addLeaf(symbol, label(symbol));
            }
        }
        leaves.keySet().retainAll(new HashSet<>(nodes));
        notation.reserved().forEach(name -> taken.add(spelling.spell(Label.of(Name.of(name)))));
    }

    private static Label label(Symbol symbol) {
        Matcher parameter = PARAMETER.matcher(symbol.name());
        return parameter.matches()
                ? Label.parameter(Name.of(parameter.group(2), Integer.parseInt(parameter.group(1))))
                : Label.of(Name.of(symbol.name()));
    }

    private void addLeaf(Expression leaf, Label label) {
        boolean isFixed = !spelling.mayRenameSymbols()
                || leaf instanceof Symbol symbol && symbol.name().equals(Identifier.INPUTS);
        Label free = label;
        while (!isFixed && !isFree(free)) {
            free = free.marked();
        }
        take(free);
        leaves.put(leaf, free);
    }

    /** The symbols that occur, and their entries that have names of their own. */
    public Map<Expression, Label> leaves() {
        return leaves;
    }

    public boolean isLeaf(Expression node) {
        return leaves.containsKey(node);
    }

    /** Whether the node is written as a name, so that nothing of what is below it shows. */
    public boolean isNamed(Expression node) {
        return leaves.containsKey(node) || definitions.containsKey(node);
    }

    public Label of(Expression named) {
        Label leaf = leaves.get(named);
        return leaf == null ? requireNonNull(definitions.get(named)) : leaf;
    }

    public String spell(Label label) {
        return spelling.spell(label);
    }

    public boolean isTaken(String spelled) {
        return taken.contains(spelled);
    }

    /** Gives a subexpression the name that is wanted, with marks where that is taken. */
    public void define(Expression node, Label wanted) {
        Label free = wanted;
        while (!isFree(free)) {
            free = free.marked();
        }
        take(free);
        definitions.put(node, free);
    }

    /** Gives a subexpression the next of the names t1, t2, … */
    public void define(Expression node) {
        Label free;
        do {
            free = Label.of(Name.of("t" + ++temporaries));
        } while (!isFree(free));
        take(free);
        definitions.put(node, free);
    }

    private boolean isFree(Label label) {
        String spelled = spelling.spell(label);
        return !taken.contains(spelled) && !spelling.isReserved(spelled);
    }

    private void take(Label label) {
        taken.add(spelling.spell(label));
    }
}
