package dev.nabla.rendering.text;

import dev.nabla.language.Identifier;
import dev.nabla.rendering.names.Label;
import dev.nabla.rendering.names.Name;
import dev.nabla.rendering.names.Spelling;

/** Names in the equation language: {@code L1.W}, {@code z1}, {@code a1_2}. Symbols are called there as they are. */
final class EquationSpelling implements Spelling {

    /** How a sum over samples is printed, for which the language has no notation. */
    static final String SAMPLE_SUM = "sampleSum";

    @Override
    public String spell(Label label) {
        Name name = label.name();
        if (label.isParameter() && name.layer().isPresent()) {
            return "L" + name.layer().getAsInt() + "." + name.symbol();
        }
        var spelled = new StringBuilder(name.symbol());
        name.layer().ifPresent(spelled::append);
        label.entry().forEach(i -> spelled.append('_').append(i + 1));
        return spelled.append("_".repeat(label.marks())).toString();
    }

    @Override
    public boolean isReserved(String name) {
        return Identifier.isUsed(name) || name.equals(SAMPLE_SUM);
    }

    @Override
    public boolean mayRenameSymbols() {
        return false;
    }
}
