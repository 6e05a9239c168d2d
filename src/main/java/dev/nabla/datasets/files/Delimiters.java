package dev.nabla.datasets.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How many of every delimiter the first lines of a file have outside of quotation marks. */
final class Delimiters {

    private static final int MOST_LINES = 100;

    private final List<Map<Delimiter, Integer>> lines = new ArrayList<>();

    Delimiters(String sample) {
        Map<Delimiter, Integer> line = new EnumMap<>(Delimiter.class);
        boolean quoted = false;
        boolean atStart = true;
        boolean empty = true;
        for (int i = 0; i < sample.length() && lines.size() < MOST_LINES; i++) {
            char c = sample.charAt(i);
            Optional<Delimiter> delimiter = Arrays.stream(Delimiter.values()).filter(d -> d.character() == c).findFirst();
            if (quoted) {
                quoted = c != '"';
            } else if (c == '\n' || c == '\r') {
                if (!empty) {
                    lines.add(line);
                }
                line = new EnumMap<>(Delimiter.class);
                atStart = true;
                empty = true;
                continue;
            } else if (delimiter.isPresent()) {
                line.merge(delimiter.orElseThrow(), 1, Integer::sum);
                atStart = true;
            } else if (c == '"' && atStart) {
                quoted = true;
            } else {
                atStart = atStart && c == ' ';
            }
            empty = false;
        }
        // The last line may go on behind the sample.
        if (!empty && lines.isEmpty()) {
            lines.add(line);
        }
    }

    /** The one that is certain. */
    Optional<Delimiter> certain(boolean header, DecimalMark decimal) {
        List<Delimiter> possible = inFirstLine().stream()
                .filter(delimiter -> delimiter != Delimiter.COMMA || decimal == DecimalMark.POINT).toList();
        if (possible.isEmpty()) {
            // A comma in a header is no decimal one. Where there is none at all, there is one column.
            return !inFirstLine().contains(Delimiter.COMMA)
                    ? Optional.of(decimal == DecimalMark.COMMA ? Delimiter.SEMICOLON : Delimiter.COMMA)
                    : header ? Optional.of(Delimiter.COMMA) : Optional.empty();
        }
        List<Delimiter> steady = possible.size() == 1 ? possible : possible.stream().filter(this::isSteady).toList();
        return steady.size() == 1 ? Optional.of(steady.getFirst()) : Optional.empty();
    }

    private boolean isSteady(Delimiter delimiter) {
        return lines.stream().map(line -> line.getOrDefault(delimiter, 0)).distinct().count() == 1;
    }

    private List<Delimiter> inFirstLine() {
        return lines.isEmpty() ? List.of() : List.copyOf(lines.getFirst().keySet());
    }

    /** How many of what the first line has. */
    String found() {
        return lines.getFirst().entrySet().stream().map(count -> count.getValue() + " × "
                + (count.getKey() == Delimiter.TAB ? "tab" : "'" + count.getKey().character() + "'"))
                .collect(Collectors.joining(" and "));
    }
}
