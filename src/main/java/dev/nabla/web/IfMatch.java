package dev.nabla.web;

import com.google.common.hash.Hashing;
import dev.nabla.web.problems.PreconditionFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes a resource only if it still is as the client has seen it: its answer to GET has one of the tags of If-Match
 * (RFC 9110, section 13.1.1). A handler that changes or deletes has this among its arguments.
 */
public final class IfMatch {

    private final @Nullable String tags;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    /** @param tags the value of the header */
    public IfMatch(@Nullable String tags, TransactionTemplate transaction, JsonMapper json) {
        this.tags = tags;
        this.transaction = transaction;
        this.json = json;
    }

    /**
     * What the change makes of the resource with an id that is in the path.
     *
     * @param hold finds it, and keeps others from changing it
     * @param response the answer to GET
     * @throws PreconditionFailedException if that has another tag
     */
    public <S, R> R change(String kind, String id, Function<UUID, Optional<S>> hold, Function<S, ?> response,
            Function<UUID, R> change) {
        return transaction.execute(_ -> Ids.require(kind, id, known -> hold.apply(known).map(found -> {
            if (tags != null && !matches(tags, response.apply(found))) {
                throw new PreconditionFailedException("the " + kind + " is not (any more) what has the ETag of If-Match");
            }
            return change.apply(known);
        })));
    }

    private boolean matches(String header, Object response) {
        byte[] body = json.writeValueAsBytes(response);
        String plain = tag(body);
        String compressed = tag(gzip(body));
        return ETag.parse(header).stream().anyMatch(tag -> tag.isWildcard()
                || !tag.weak() && (tag.tag().equals(plain) || tag.tag().equals(compressed)));
    }

    private static String tag(byte[] body) {
        return Hashing.sha256().hashBytes(body).toString();
    }

    private static byte[] gzip(byte[] body) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
