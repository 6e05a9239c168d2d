package dev.nabla.web;

import com.google.common.hash.Hashing;
import dev.nabla.problems.InvalidException;
import dev.nabla.storage.Owner;
import dev.nabla.storage.Position;
import dev.nabla.storage.Slice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
     * @param query from which the filter has been read
     * @param of what the list is of, with its filter: a token goes on with the same list of the same owner only
     * @param list lists from a position on, at most a number of items
     * @throws InvalidException with everything that is wrong with the query
     */
    public static <S, T> PageResponse<T> of(Query query, List<?> of, Paging paging,
            BiFunction<Optional<Position>, Integer, Slice<S>> list, Function<S, T> response) {
        OptionalInt mark = query.isRight() ? OptionalInt.of(mark(of)) : OptionalInt.empty();
        int size = query.integer("pageSize", paging.pageSize(), DEFAULT_SIZE, 1, MAX_SIZE);
        Optional<Position> after = query.given("pageToken", paging.pageToken()).flatMap(token -> {
            Optional<Position> position = decode(token, mark);
            if (position.isEmpty()) {
                query.wrong("pageToken", "must be a nextPageToken of the same list with the same filter");
            }
            return position;
        });
        query.requireRight();
        Slice<T> slice = list.apply(after, size).map(response);
        return new PageResponse<>(slice.items(), slice.next().map(position -> encode(position, mark(of))).orElse(null));
    }

    private static int mark(List<?> of) {
        return Hashing.murmur3_32_fixed().hashString(Owner.current() + of.toString(), StandardCharsets.UTF_8).asInt();
    }

    private static String encode(Position position, int mark) {
        ByteBuffer bytes = ByteBuffer.allocate(TOKEN_BYTES);
        Instant createdAt = position.createdAt();
        bytes.putLong(createdAt.getEpochSecond()).putInt(createdAt.getNano());
        bytes.putLong(position.id().getMostSignificantBits()).putLong(position.id().getLeastSignificantBits());
        bytes.putInt(mark);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @param mark empty where it is not known of which list the token should be */
    private static Optional<Position> decode(String token, OptionalInt mark) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length == TOKEN_BYTES) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                Instant createdAt = Instant.ofEpochSecond(Math.clamp(buffer.getLong(), 0, MAX_EPOCH_SECOND),
                        Math.max(0, buffer.getInt()));
                var position = new Position(createdAt, new UUID(buffer.getLong(), buffer.getLong()));
                int found = buffer.getInt();
                return Optional.of(position).filter(_ -> mark.isEmpty() || mark.getAsInt() == found);
            }
        } catch (IllegalArgumentException e) {
            // Not base64: the same answer as for one of another length.
        }
        return Optional.empty();
    }
}
