package dev.nabla.storage;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells that another process has the embedded database, which only one can have. */
final class OpenElsewhereAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final Pattern FILE = Pattern.compile("\"(?:sync:)?(.+)\"");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, SQLException cause) {
        if (cause.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return null;
        }
        Matcher file = FILE.matcher(String.valueOf(cause.getMessage()));
        String name = file.find() ? file.group(1) + " " : "";
        return new FailureAnalysis("The database " + name + "is open in another process.",
                "End the service that uses it, or give this one a folder of its own by NABLA_DATA; services that "
                        + "share what is stored have a PostgreSQL together, which NABLA_DATABASE_URL names.", cause);
    }
}
