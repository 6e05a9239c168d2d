package dev.nabla.datasets.files;

import java.util.Optional;

/**
 * How CSV is written.
 *
 * @param delimiter empty to find it out where it is certain
 * @param given whether the first line has the names of the columns, which are otherwise c1, c2 …; empty where nobody said
 *     so: then it has, and must not be one of numbers
 */
public record CsvSyntax(Optional<Delimiter> delimiter, DecimalMark decimal, Optional<Boolean> given) {

    /** That of RFC 4180 with a header, and points in numbers. */
    public static final CsvSyntax STANDARD = new CsvSyntax(Optional.of(Delimiter.COMMA), DecimalMark.POINT, Optional.of(true));

    boolean header() {
        return given.orElse(true);
    }
}
