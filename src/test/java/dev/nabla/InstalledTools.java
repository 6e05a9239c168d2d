package dev.nabla;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;

/** Programs outside of the build that some tests run. */
public final class InstalledTools {

    private InstalledTools() {}

    /**
     * Aborts the test, or in continuous integration (CI=true) fails it, where a command does not succeed.
     *
     * @param what is needed, for the message
     */
    public static void require(String what, String... command) {
        boolean isThere;
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            isThere = process.waitFor() == 0;
        } catch (IOException e) {
            isThere = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (!isThere) {
            String message = what + " needed and missing";
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            abort(message);
        }
    }
}
