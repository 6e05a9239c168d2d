package dev.nabla.storage;

import dev.nabla.documents.JsonForm;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What somebody calls a model: its id; or its name, with a version or an alias behind the last @, of which {@value #LATEST} is
 * meant where there is none. An id may have its version behind it.
 */
public record ModelReference(String text) {

    public static final String DESCRIPTION = "The id of a model, or its name with its version or an alias, such as gaussian@3 or "
            + "gaussian@champion; gaussian is gaussian@latest.";

    /** Of the strings that name a model, in schemas. */
    public static final String FORMAT = "model";

    /** What is an alias in all schemas. */
    public static final String ALIAS = "^(?!latest$)[a-zA-Z][a-zA-Z0-9_-]{0,62}$";

    static final String LATEST = "latest";

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    @JsonForm
    static ModelReference of(String text) {
        return new ModelReference(text);
    }

    /** The same with a version or an alias behind it. */
    public ModelReference at(String version) {
        return new ModelReference(text + "@" + version);
    }

    /** The id, where it is called by that. */
    Optional<UUID> id() {
        try {
            return Optional.of(UUID.fromString(name())).filter(id -> id.toString().equalsIgnoreCase(name()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String name() {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }

    /** What is behind the name, a version or an alias. */
    String behind() {
        int at = text.lastIndexOf('@');
        return at < 0 ? LATEST : text.substring(at + 1);
    }

    OptionalInt version() {
        return VERSION.matcher(behind()).matches() ? OptionalInt.of(Integer.parseInt(behind())) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
