package dev.nabla.storage;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells what to write. */
final class UnfitDatabaseAnalyzer extends AbstractFailureAnalyzer<UnfitDatabaseException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, UnfitDatabaseException cause) {
        return new FailureAnalysis(cause.getMessage(), "Write ;" + String.join(";", SqlOfH2.NEEDED)
                + " behind its address in NABLA_DATABASE_URL (spring.datasource.url), or leave that out: the embedded database then "
                + "lies in the folder NABLA_DATA.", cause);
    }
}
