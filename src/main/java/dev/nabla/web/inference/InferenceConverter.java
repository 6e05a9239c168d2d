package dev.nabla.web.inference;

import com.google.common.io.ByteStreams;
import com.google.common.io.CountingInputStream;
import dev.nabla.documents.Document;
import dev.nabla.web.json.RequestConverter;
import dev.nabla.web.problems.MalformedRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractSmartHttpMessageConverter;

/**
 * Reads the JSON of a request that may have binary numbers behind it, and leaves these; a header says how long the JSON is
 * then. Clients of the protocol name no media type, or the one of bytes.
 */
final class InferenceConverter extends AbstractSmartHttpMessageConverter<Object> {

    static final String LENGTH_OF_JSON = "Inference-Header-Content-Length";

    private final RequestConverter json;

    InferenceConverter(RequestConverter json) {
        super(MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM);
        this.json = json;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Document.class;
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return json.canRead(type, MediaType.APPLICATION_JSON) && type.getGeneric().toClass() == InferenceRequest.class
                && canRead(mediaType);
    }

    @Override
    public boolean canWrite(ResolvableType type, Class<?> valueClass, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected void writeInternal(Object body, ResolvableType type, HttpOutputMessage message,
            @Nullable Map<String, Object> hints) {
        throw new IllegalStateException("only reads");
    }

    @Override
    public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        String given = message.getHeaders().getFirst(LENGTH_OF_JSON);
        if (given == null) {
            return json.read(type, message, hints);
        }
        long length = length(given);
        var part = new CountingInputStream(ByteStreams.limit(message.getBody(), length));
        Object document = json.read(type, new Part(part, message.getHeaders()), hints);
        if (part.getCount() < length) {
            throw new MalformedRequestException(LENGTH_OF_JSON + " is " + length + ", and the body has " + part.getCount()
                    + " bytes only");
        }
        return document;
    }

    private static long length(String given) {
        try {
            return Math.max(0, Long.parseLong(given));
        } catch (NumberFormatException e) {
            throw new MalformedRequestException(LENGTH_OF_JSON + " must be the number of bytes that the JSON has");
        }
    }

    private record Part(InputStream getBody, HttpHeaders getHeaders) implements HttpInputMessage {}
}
