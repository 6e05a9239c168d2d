package dev.nabla.web.once;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.problems.InvalidException;
import dev.nabla.storage.GivenAnswers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes what a request asks for once, however often it comes with one Idempotency-Key: what is made and what is
 * answered are one transaction, so of two at once only one makes anything, whichever replica they come to, and nothing
 * is made without its answer being known. A handler that makes something has this among its arguments.
 */
public final class Once {

    /** The header by which a request is told when it comes again. */
    public static final String HEADER = "Idempotency-Key";

    private final Optional<IdempotencyKey> key;
    private final String request;
    private final Storage storage;
    private @Nullable Supplier<HashCode> body;

    /** What all requests share. */
    record Storage(GivenAnswers answers, TransactionTemplate transaction, JsonMapper json) {}

    /** @param request what it is beside its body */
    Once(Optional<IdempotencyKey> key, String request, Storage storage) {
        this.key = key;
        this.request = request;
        this.storage = storage;
    }

    /** The body, to be read to its end before it is known what is asked for. */
    public InputStream reading(InputStream stream) {
        var hashing = new HashingInputStream(Hashing.sha256(), stream);
        body = hashing::hash;
        return hashing;
    }

    /** The same of a body that is JSON, which is the same whatever its spaces and the order of its fields. */
    InputStream readingJson(InputStream stream) throws IOException {
        if (key.isEmpty()) {
            return stream;
        }
        byte[] json = stream.readAllBytes();
        Work.hold(Place.HEAP, json.length);
        HashCode hash = CanonicalJson.hash(json);
        body = () -> hash;
        return new ByteArrayInputStream(json);
    }

    /**
     * @throws InvalidException if there is a key that somebody could guess who sees the database: the answer is a
     *     secret
     */
    public Once requireUnguessable() {
        if (key.filter(given -> given.text().length() < 32).isPresent()) {
            throw IdempotencyKey.wrong("must have 32 characters or more here, chosen at random, as it protects the "
                    + "answer");
        }
        return this;
    }

    /**
     * What is answered.
     *
     * @param making makes something, in a transaction
     */
    public <T> ResponseEntity<T> answer(Supplier<ResponseEntity<T>> making) {
        return answer(making, made -> made);
    }

    /**
     * What is answered.
     *
     * @param making makes something, in a transaction
     * @param later what is answered when that is over
     */
    public <T> ResponseEntity<T> answer(Supplier<ResponseEntity<T>> making, UnaryOperator<ResponseEntity<T>> later) {
        if (key.isEmpty()) {
            return later.apply(made(making));
        }
        IdempotencyKey known = key.get();
        byte[] fingerprint = fingerprint();
        requireNew(known, fingerprint);
        ResponseEntity<T> answer;
        try {
            answer = made(() -> {
                ResponseEntity<T> made = making.get();
                storage.answers().insert(known.id(), new GivenAnswers.Given(fingerprint, kept(known, made)));
                return made;
            });
        } catch (DuplicateKeyException e) {
            requireNew(known, fingerprint);
            throw e;
        } catch (ConcurrencyFailureException e) {
            throw new StillMadeException(e);
        }
        ResponseEntity<T> last = later.apply(answer);
        if (last != answer) {
            storage.answers().replace(known.id(), kept(known, last));
        }
        return last;
    }

    private <T> ResponseEntity<T> made(Supplier<ResponseEntity<T>> making) {
        return storage.transaction().execute(_ -> making.get());
    }

    private byte[] kept(IdempotencyKey known, ResponseEntity<?> answer) {
        return known.encrypt(storage.json().writeValueAsBytes(KeptAnswer.of(answer, storage.json())));
    }

    private byte[] fingerprint() {
        if (body == null) {
            throw new IllegalStateException("the body of a request that may come again is read through Once.reading");
        }
        return Hashing.sha256().newHasher().putUnencodedChars(request).putBytes(body.get().asBytes()).hash().asBytes();
    }

    /** @throws RepeatedException with the answer that was given before, if one was */
    private void requireNew(IdempotencyKey known, byte[] fingerprint) {
        storage.answers().find(known.id()).ifPresent(given -> {
            if (!MessageDigest.isEqual(given.fingerprint(), fingerprint)) {
                throw IdempotencyKey.wrong("was given to another request, which was answered; choose a new one for "
                        + "this");
            }
            throw new RepeatedException(storage.json().readValue(known.decrypt(given.answer()), KeptAnswer.class)
                    .again());
        });
    }
}
