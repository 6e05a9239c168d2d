package dev.nabla.web.trainings;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client prefers (RFC 7240): wait=20 for the end of what it asks for, or respond-async before that.
 *
 * @param patience at most a minute, however long the client would wait
 */
record Preferences(Optional<Duration> patience, boolean respondAsync) {

    private static final Pattern PREFERENCE = Pattern.compile("\\s*([^\\s=;]+)\\s*(?:=\\s*\"?([^\\s\";]*)\"?\\s*)?(?:;.*)?");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final long MAX_WAIT_SECONDS = 60;

    /** @param header the values of all headers Prefer, separated by commas; of a preference given twice the first counts */
    static Preferences of(@Nullable String header) {
        Map<String, String> given = new LinkedHashMap<>();
        Arrays.stream((header == null ? "" : header).split(",")).map(PREFERENCE::matcher).filter(Matcher::matches)
                .forEach(match -> given.putIfAbsent(match.group(1).toLowerCase(Locale.ROOT), String.valueOf(match.group(2))));
        return new Preferences(Optional.ofNullable(given.get("wait")).filter(SECONDS.asMatchPredicate())
                .map(seconds -> Duration.ofSeconds(Math.min(Long.parseLong(seconds), MAX_WAIT_SECONDS))),
                given.containsKey("respond-async"));
    }

    /** The value of Preference-Applied; empty where nothing was preferred that is known. */
    Optional<String> applied() {
        return Optional.of(Stream.concat(respondAsync ? Stream.of("respond-async") : Stream.empty(),
                patience.map(duration -> "wait=" + duration.toSeconds()).stream()).collect(Collectors.joining(", ")))
                .filter(text -> !text.isEmpty());
    }
}
