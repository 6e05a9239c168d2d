package dev.nabla.datasets.files;

import static java.util.Objects.requireNonNullElse;

import dev.nabla.datasets.Problems;
import dev.nabla.language.Identifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a file, by their headers without space around them, and the names that they get. One whose header is empty or is that of
 * others too is called, instead of by it, by the name that it has before any is renamed.
 */
final class Headers {

    private static final int MOST_SHOWN = 20;
    private static final int MOST_CHARACTERS = 1000;

    private final List<String> headers;
    private final boolean given;
    private final Map<String, List<Integer>> shared;
    private final Map<String, Integer> called = new HashMap<>();
    private final Map<String, Integer> named = new HashMap<>();
    private final List<String> first;
    private List<String> names = List.of();
    private SafeNames taken = new SafeNames();
    private final Problems problems;

    /** @param given whether the first line has headers; otherwise all that matters is how many fields it has */
    Headers(List<String> firstLine, boolean given, List<Renaming> rename, Problems problems) {
        this.headers = IntStream.range(0, firstLine.size())
                .mapToObj(i -> given ? firstLine.get(i).strip() : positional(i)).toList();
        this.given = given;
        this.problems = problems;
        shared = IntStream.range(0, size()).boxed().filter(i -> !headers.get(i).isEmpty()).collect(
                Collectors.groupingBy(headers::get, LinkedHashMap::new, Collectors.toList()));
        shared.values().removeIf(columns -> columns.size() == 1);
        setNames(new String[size()]);
        first = names;
        shared.forEach(this::requireNumbered);
        for (int i = 0; i < size(); i++) {
            called.put(called(i), i);
        }
        setNames(renamed(rename));
    }

    private static String positional(int field) {
        return "c" + (field + 1);
    }

    private String called(int field) {
        String header = headers.get(field);
        return header.isEmpty() || shared.containsKey(header) ? first.get(field) : header;
    }

    /** Names all columns that are not renamed like their headers; that of several has behind it which of them it is. */
    private void setNames(@Nullable String[] renamed) {
        taken = new SafeNames();
        shared.keySet().forEach(taken::take);
        String[] names = new String[renamed.length];
        for (int i = 0; i < names.length; i++) {
            if (renamed[i] != null) {
                taken.take(renamed[i]);
                names[i] = renamed[i];
            }
        }
        for (int i = 0; i < names.length; i++) {
            String header = headers.get(i);
            if (names[i] == null && Identifier.violation(header).isEmpty() && taken.take(header)) {
                names[i] = header;
            }
        }
        shared.forEach((header, columns) -> {
            for (int i = 0; i < columns.size(); i++) {
                int column = columns.get(i);
                if (names[column] == null) {
                    names[column] = taken.takeLike(SafeNames.numbered(header, i + 1), positional(column));
                }
            }
        });
        for (int i = 0; i < names.length; i++) {
            if (names[i] == null) {
                names[i] = taken.takeLike(headers.get(i), positional(i));
            }
        }
        this.names = List.of(names);
        named.clear();
        for (int i = 0; i < names.length; i++) {
            named.put(names[i], i);
        }
    }

    /** A number more behind the name of one would leave it to the other columns of a file which column a name is. */
    private void requireNumbered(String header, List<Integer> columns) {
        for (int i = 0; i < columns.size(); i++) {
            int column = columns.get(i);
            String name = new SafeNames().takeLike(SafeNames.numbered(header, i + 1), positional(column));
            if (!first.get(column).equals(name)) {
                problems.add("", "number " + (i + 1) + " of the columns '" + DecimalMark.shown(header) + "' is called " + name
                        + ", as another column is: give them different headers");
            }
        }
    }

    private @Nullable String[] renamed(List<Renaming> rename) {
        String[] renamed = new String[headers.size()];
        for (int r = 0; r < rename.size(); r++) {
            String pointer = "/rename/" + r;
            String name = rename.get(r).name();
            Identifier.violation(name).ifPresent(wrong -> problems.add(pointer, "the new name " + wrong));
            find(rename.get(r).column(), pointer).ifPresent(column -> {
                if (renamed[column] != null) {
                    problems.add(pointer, "column '" + DecimalMark.shown(called(column)) + "' is renamed already");
                }
                renamed[column] = name;
            });
        }
        requireDifferent(rename, renamed);
        return renamed;
    }

    private void requireDifferent(List<Renaming> rename, @Nullable String[] renamed) {
        var seen = new HashSet<String>();
        var refused = new HashSet<String>();
        for (int r = 0; r < rename.size(); r++) {
            String name = rename.get(r).name();
            Integer other = called.get(name);
            if (!seen.add(name) || other != null && (renamed[other] == null || !name.equals(headers.get(other)))) {
                problems.add("/rename/" + r, "the new name must not be '" + DecimalMark.shown(name)
                        + "', as another column is");
                refused.add(name);
            }
        }
        Arrays.setAll(renamed, i -> refused.contains(renamed[i]) ? null : renamed[i]);
    }

    /** The column that is so called, by its header or by its name; none and several are problems. */
    OptionalInt find(String text, String pointer) {
        String wanted = text.strip();
        Integer byHeader = called.get(wanted);
        Integer byName = named.get(wanted);
        List<Integer> several = shared.get(wanted);
        if (several != null) {
            problems.add(pointer, "there are several columns '" + DecimalMark.shown(wanted) + "', called "
                    + shown(several.stream().map(this::called), several.size()));
        } else if (byHeader != null && byName != null && !byHeader.equals(byName)) {
            problems.add(pointer, "'" + DecimalMark.shown(wanted) + "' is the header of one column and the name of "
                    + "another: rename none so");
        } else if (byHeader == null && byName == null) {
            problems.add(pointer, thereIsNo(wanted));
        } else {
            return OptionalInt.of(requireNonNullElse(byHeader, byName));
        }
        return OptionalInt.empty();
    }

    private String thereIsNo(String header) {
        return "there is no column '" + DecimalMark.shown(header) + "'; " + described();
    }

    /** All columns, of many the first. */
    String described() {
        return "columns are " + shown(IntStream.range(0, size()).mapToObj(this::described), size());
    }

    private static String shown(Stream<String> columns, int size) {
        return columns.limit(MOST_SHOWN).collect(Collectors.joining(", "))
                + (size > MOST_SHOWN ? " and " + (size - MOST_SHOWN) + " more" : "");
    }

    private String described(int field) {
        String header = headers.get(field);
        return name(field).equals(header) ? DecimalMark.shown(header) : name(field) + " ('" + DecimalMark.shown(header) + "')";
    }

    int size() {
        return headers.size();
    }

    String name(int field) {
        return names.get(field);
    }

    /** Where a column with all its numbers comes from. */
    SourceColumn column(int field) {
        return new SourceColumn(name(field), header(field), null);
    }

    /** Where the column of a word comes from, which gets a name. */
    SourceColumn column(int field, String word) {
        return new SourceColumn(taken.takeLike(name(field) + "_" + word, name(field)), header(field), word);
    }

    private @Nullable String header(int field) {
        return given ? called(field) : null;
    }

    /** Adds what is wrong with the header of a column that is used. */
    void check(int field) {
        if (headers.get(field).length() > MOST_CHARACTERS) {
            problems.add("", "the header of column " + name(field) + " must have at most " + MOST_CHARACTERS
                    + " characters, has " + headers.get(field).length());
        }
    }
}
