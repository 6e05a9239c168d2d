package dev.nabla.web.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells what to do about it. */
final class UnprotectedAddressAnalyzer extends AbstractFailureAnalyzer<UnprotectedAddressException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, UnprotectedAddressException cause) {
        return new FailureAnalysis(cause.getMessage(), "Set nabla.access.bootstrap-key (NABLA_ACCESS_BOOTSTRAP_KEY) to a "
                + "first key, such as `openssl rand -hex 32` prints, or spring.security.oauth2.resourceserver.jwt.issuer-uri; "
                + "or nabla.access.open=true (NABLA_ACCESS_OPEN=true) if everybody who reaches it may do everything.", cause);
    }
}
