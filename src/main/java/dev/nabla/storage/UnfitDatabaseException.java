package dev.nabla.storage;

import java.util.List;

/** An H2 whose SQL is not that of the statements here: it would start, and fail at some of them later. */
final class UnfitDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param missing what its URL lacks, such as {@code MODE=PostgreSQL} */
    UnfitDatabaseException(List<String> missing) {
        super("The H2 database is opened without " + String.join(", ", missing) + ", by which it has the SQL of PostgreSQL");
    }
}
