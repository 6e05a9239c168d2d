package dev.nabla.web.once;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** What a JSON text says, whatever its spaces and the order of its fields; a number is what is written. */
final class CanonicalJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private CanonicalJson() {}

    /** The same for two texts that say the same; that of the bytes for what says nothing: no JSON, or a field twice. */
    static HashCode hash(byte[] text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            Hasher hasher = Hashing.sha256().newHasher();
            while (parser.nextToken() != null) {
                put(parser, hasher);
            }
            return hasher.hash();
        } catch (JacksonException e) {
            return Hashing.sha256().hashBytes(text);
        }
    }

    /** The value at which the parser is, which is then at its end; not deeper than the parser goes. */
    private static void put(JsonParser parser, Hasher hasher) {
        JsonToken token = parser.currentToken();
        hasher.putInt(token.id());
        if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                put(parser, hasher);
            }
            hasher.putInt(JsonToken.END_ARRAY.id());
        } else if (token == JsonToken.START_OBJECT) {
            var fields = new TreeMap<String, HashCode>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                Hasher value = Hashing.sha256().newHasher();
                parser.nextToken();
                put(parser, value);
                fields.put(name, value.hash());
            }
            fields.forEach((name, value) -> putText(name, hasher).putBytes(value.asBytes()));
            hasher.putInt(JsonToken.END_OBJECT.id());
        } else {
            putText(parser.getString(), hasher);
        }
    }

    private static Hasher putText(String text, Hasher hasher) {
        return hasher.putInt(text.length()).putUnencodedChars(text);
    }
}
