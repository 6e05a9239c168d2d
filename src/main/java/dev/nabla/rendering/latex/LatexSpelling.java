package dev.nabla.rendering.latex;

import com.google.common.base.Splitter;
import dev.nabla.language.Identifier;
import dev.nabla.rendering.names.Greek;
import dev.nabla.rendering.names.Label;
import dev.nabla.rendering.names.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names in LaTeX: {@code W^{(1)}}, {@code \theta}, {@code x_{1}}, {@code \mathrm{temp\_air}}. */
final class LatexSpelling implements Spelling {

    private static final Map<String, String> VECTORS =
            Map.of(Identifier.INPUTS, "\\mathbf{x}", Identifier.OUTPUTS, "\\mathbf{y}",
            Identifier.TARGETS, "\\mathbf{t}");

    private static final Pattern LAYER = Pattern.compile("L[1-9][0-9]*");

    private static final Pattern NUMBERED = Pattern.compile("(.*[^0-9_])_?([0-9]+)");

    @Override
    public String spell(Label label) {
        return spell(label, List.of());
    }

    /** The name with further subscripts: that of an entry. */
    String spell(Label label, List<String> subscripts) {
        var all = new ArrayList<String>();
        List<String> path = Splitter.on('.').splitToList(label.name().symbol());
        String base = path.getLast();
        Matcher numbered = NUMBERED.matcher(base);
        if (numbered.matches()) {
            base = numbered.group(1);
            all.add(numbered.group(2));
        }
        label.entry().forEach(i -> all.add(String.valueOf(i + 1)));
        all.addAll(subscripts);
        List<String> above = Stream.concat(path.subList(0, path.size() - 1).stream().map(LatexSpelling::part),
                label.name().layer().stream().mapToObj(String::valueOf)).toList();
        return letters(base) + "'".repeat(label.marks()) + (above.isEmpty() ? "" : "^{(" + String.join(",", above) + ")}")
                + (all.isEmpty() ? "" : "_{" + String.join(",", all) + "}");
    }

    /** A part of a path: a layer is its number. */
    private static String part(String name) {
        return LAYER.matcher(name).matches() ? name.substring(1) : letters(name);
    }

    private static String letters(String base) {
        if (VECTORS.containsKey(base)) {
            return VECTORS.get(base);
        }
        Optional<String> greek = Greek.isName(base) ? Optional.of(base) : base.length() == 1 ? Greek.name(base.charAt(0)) : Optional.empty();
        if (greek.isPresent()) {
            return "\\" + greek.get();
        }
        // In mathematics TeX has no letters but these.
        boolean isOfMathematics = base.chars().allMatch(c -> c < 128 || Greek.name(c).isPresent());
        return base.matches("[A-Za-z]") ? base
                : isOfMathematics ? "\\mathrm{" + escaped(base, "", " ") + "}" : "\\text{" + escaped(base, "$", "$") + "}";
    }

    /** @param before what is around commands of mathematics */
    private static String escaped(String base, String before, String after) {
        var escaped = new StringBuilder();
        base.chars().forEach(c -> escaped.append(switch (c) {
            case '_', '$', '#', '%', '&', '{', '}' -> "\\" + (char) c;
            case '\\' -> before + "\\backslash" + after;
            case '^' -> before + "\\wedge" + after;
            case '~' -> before + "\\sim" + after;
            case ' ' -> "\\ ";
            default -> Greek.name(c).map(name -> before + "\\" + name + after).orElse(String.valueOf((char) c));
        }));
        return escaped.toString();
    }

    @Override
    public boolean isReserved(String name) {
        return false;
    }

    @Override
    public boolean mayRenameSymbols() {
        return true;
    }
}
