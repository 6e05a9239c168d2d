package dev.nabla.datasets.files;

import static java.util.Objects.requireNonNull;

import dev.nabla.datasets.Problems;
import dev.nabla.language.Identifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The columns of a file: their headers, without space around them, and the names that they get. */
final class Headers {

    private static final int MOST_SHOWN = 20;
    private static final int MOST_CHARACTERS = 1000;

    private final List<String> headers;
    private final boolean given;
    private final Map<String, Integer> first = new HashMap<>();
    private final Map<String, Integer> last = new HashMap<>();
    private final Map<String, Integer> named = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final String[] names;
    private final SafeNames taken = new SafeNames();
    private final Problems problems;

    /** @param given whether the first line has headers; otherwise all that matters is how many fields it has */
    Headers(List<String> firstLine, boolean given, List<Renaming> rename, Problems problems) {
        this.headers = firstLine.stream().map(text -> given ? text.strip() : "").toList();
        this.given = given;
        this.problems = problems;
        names = new String[headers.size()];
        for (int i = 0; i < names.length; i++) {
            String header = given ? headers.get(i) : positional(i);
            if (!header.isEmpty()) {
                first.putIfAbsent(header, i);
                last.put(header, i);
            }
        }
        String[] renamed = renamed(rename);
        for (int i = 0; i < names.length; i++) {
            String header = given ? headers.get(i) : positional(i);
            if (renamed[i] == null && Identifier.violation(header).isEmpty() && taken.take(header)) {
                names[i] = header;
            }
        }
        for (int i = 0; i < names.length; i++) {
            if (renamed[i] != null) {
                names[i] = renamed[i];
            } else if (names[i] == null) {
                names[i] = taken.takeLike(headers.get(i), positional(i));
            }
            named.put(names[i], i);
        }
    }

    private static String positional(int field) {
        return "c" + (field + 1);
    }

    private String[] renamed(List<Renaming> rename) {
        String[] renamed = new String[names.length];
        for (int r = 0; r < rename.size(); r++) {
            String pointer = "/rename/" + r;
            String name = rename.get(r).name();
            OptionalInt field = byHeader(rename.get(r).column(), pointer);
            Identifier.violation(name).ifPresent(wrong -> problems.add(pointer, "the new name " + wrong));
            field.ifPresent(column -> {
                if (renamed[column] != null) {
                    problems.add(pointer, "column '" + DecimalMark.shown(headers.get(column)) + "' is renamed already");
                }
                renamed[column] = name;
            });
        }
        requireDifferent(rename, renamed);
        return renamed;
    }

    private void requireDifferent(List<Renaming> rename, String[] renamed) {
        var refused = new HashSet<String>();
        for (int r = 0; r < rename.size(); r++) {
            String name = rename.get(r).name();
            Integer other = first.get(name);
            if (!taken.take(name) || other != null && renamed[other] == null) {
                problems.add("/rename/" + r, "the new name must not be '" + DecimalMark.shown(name)
                        + "', as another column is");
                refused.add(name);
            }
        }
        Arrays.setAll(renamed, i -> refused.contains(renamed[i]) ? null : renamed[i]);
    }

    private OptionalInt byHeader(String header, String pointer) {
        Integer column = first.get(header);
        if (column == null) {
            problems.add(pointer, thereIsNo(header));
            return OptionalInt.empty();
        }
        return once(header, column, pointer);
    }

    private OptionalInt once(String header, int column, String pointer) {
        int again = requireNonNull(last.get(header));
        if (again != column) {
            if (!told.add(header) && pointer.isEmpty()) {
                return OptionalInt.empty();
            }
            problems.add(pointer, "there are several columns '" + DecimalMark.shown(header) + "', number " + (column + 1)
                    + " and number " + (again + 1) + "; give them different headers");
            return OptionalInt.empty();
        }
        return OptionalInt.of(column);
    }

    /** The column that is so called, by its header or by its name; none and several are problems. */
    OptionalInt find(String text, String pointer) {
        String called = text.strip();
        Integer byHeader = first.get(called);
        Integer byName = named.get(called);
        if (byHeader != null && byName != null && !byHeader.equals(byName)) {
            problems.add(pointer, "'" + DecimalMark.shown(called) + "' is the header of one column and the name of "
                    + "another: rename none so");
            return OptionalInt.empty();
        }
        if (byHeader != null) {
            return once(called, byHeader, pointer);
        }
        if (byName == null) {
            problems.add(pointer, thereIsNo(called));
            return OptionalInt.empty();
        }
        return once(byName, pointer);
    }

    /** The column itself, unless others have its header too; that is told without a pointer if it was not yet. */
    OptionalInt once(int column, String pointer) {
        String header = headers.get(column);
        return header.isEmpty() ? OptionalInt.of(column) : once(header, requireNonNull(first.get(header)), pointer);
    }

    /** Whether no column before has the same header. */
    boolean isFirst(int column) {
        return first.getOrDefault(headers.get(column), column) == column;
    }

    private String thereIsNo(String header) {
        return "there is no column '" + DecimalMark.shown(header) + "'; " + described();
    }

    /** All columns, of many the first. */
    String described() {
        String shown = IntStream.range(0, Math.min(names.length, MOST_SHOWN)).mapToObj(this::described)
                .collect(Collectors.joining(", "));
        return "columns are " + shown + (names.length > MOST_SHOWN ? " and " + (names.length - MOST_SHOWN) + " more" : "");
    }

    private String described(int field) {
        String header = given ? headers.get(field) : positional(field);
        return names[field] == null || names[field].equals(header) ? DecimalMark.shown(header)
                : names[field] + " ('" + DecimalMark.shown(header) + "')";
    }

    int size() {
        return names.length;
    }

    String name(int field) {
        return names[field];
    }

    /** Where a column with all its numbers comes from. */
    SourceColumn column(int field) {
        return new SourceColumn(names[field], header(field), null);
    }

    /** Where the column of a word comes from, which gets a name. */
    SourceColumn column(int field, String word) {
        return new SourceColumn(taken.takeLike(names[field] + "_" + word, names[field]), header(field), word);
    }

    private @Nullable String header(int field) {
        return given ? headers.get(field) : null;
    }

    /** Adds what is wrong with the header of a column that is used. */
    void check(int field) {
        if (headers.get(field).length() > MOST_CHARACTERS) {
            problems.add("", "the header of column " + names[field] + " must have at most " + MOST_CHARACTERS
                    + " characters, has " + headers.get(field).length());
        }
    }
}
