package dev.nabla.web;

import com.google.common.hash.Hashing;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Position;
import dev.nabla.storage.Slice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, newest first.
 *
 * @param nextPageToken where the list goes on; null at its end
 */
public record PageResponse<T>(List<T> items,
        @Schema(description = "Post it as pageToken for the next page; null at the end.")
        @Nullable String nextPageToken) {

    public static final int DEFAULT_SIZE = 50;
    public static final int MAX_SIZE = 1000;
    private static final int TOKEN_BYTES = 32;
    private static final long MAX_EPOCH_SECOND = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

    /**
     * @param of what the list is of, with its filter: a token goes on with the same list only
     * @param list lists from a position on, at most a number of items
     */
    public static <S, T> PageResponse<T> of(List<?> of, @Nullable Integer pageSize, @Nullable String pageToken,
            BiFunction<Optional<Position>, Integer, Slice<S>> list, Function<S, T> response) {
        int size = pageSize == null ? DEFAULT_SIZE : pageSize;
        if (size < 1 || size > MAX_SIZE) {
            throw new InvalidException(List.of(Problem.of("/pageSize",
                    "must be between 1 and " + MAX_SIZE + ", was " + size)));
        }
        Slice<T> slice = list.apply(Optional.ofNullable(pageToken).map(token -> decode(token, mark(of))), size).map(response);
        return new PageResponse<>(slice.items(), slice.next().map(position -> encode(position, mark(of))).orElse(null));
    }

    private static int mark(List<?> of) {
        return Hashing.murmur3_32_fixed().hashString(of.toString(), StandardCharsets.UTF_8).asInt();
    }

    private static String encode(Position position, int mark) {
        ByteBuffer bytes = ByteBuffer.allocate(TOKEN_BYTES);
        Instant createdAt = position.createdAt();
        bytes.putLong(createdAt.getEpochSecond()).putInt(createdAt.getNano());
        bytes.putLong(position.id().getMostSignificantBits()).putLong(position.id().getLeastSignificantBits());
        bytes.putInt(mark);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static Position decode(String token, int mark) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length == TOKEN_BYTES) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                Instant createdAt = Instant.ofEpochSecond(Math.clamp(buffer.getLong(), 0, MAX_EPOCH_SECOND),
                        Math.max(0, buffer.getInt()));
                var position = new Position(createdAt, new UUID(buffer.getLong(), buffer.getLong()));
                if (buffer.getInt() == mark) {
                    return position;
                }
            }
        } catch (IllegalArgumentException e) {
            // Not base64: the same answer as for one of another length.
        }
        throw new InvalidException(List.of(Problem.of("/pageToken",
                "must be a nextPageToken of the same list with the same filter")));
    }
}
