package dev.nabla.web.json;

import dev.nabla.documents.Document;
import dev.nabla.documents.DocumentReader;
import dev.nabla.web.problems.MalformedRequestException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractSmartHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bodies of requests, which are JSON, as documents. */
public final class RequestConverter extends AbstractSmartHttpMessageConverter<Object> {

    private static final MediaType MERGE_PATCH = MediaType.valueOf("application/merge-patch+json");

    private final JsonMapper mapper;

    public RequestConverter(JsonMapper mapper) {
        super(MediaType.APPLICATION_JSON, MERGE_PATCH);
        this.mapper = mapper;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Document.class;
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return supports(type.toClass()) && canRead(mediaType);
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
        try (JsonParser parser = mapper.createParser(new Utf8Body(message.getBody()))) {
            if (parser.nextToken() == null) {
                throw new MalformedRequestException("the body is missing");
            }
            return document(parser, type);
        } catch (JacksonException e) {
            throw new MalformedRequestException(describe(e));
        }
    }

    private static Document<?> document(JsonParser parser, ResolvableType type) {
        Document<?> document = DocumentReader.read(parser, type.getGeneric().getType());
        requireEnd(parser);
        return document;
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new MalformedRequestException(where(parser.currentTokenLocation().getLineNr(),
                    parser.currentTokenLocation().getColumnNr()) + "there is more behind the end of the JSON");
        }
    }

    /** Where the text ends to be JSON. */
    private static String describe(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        String where = location == null ? "" : where(location.getLineNr(), location.getColumnNr());
        return switch (e) {
            case StreamConstraintsException _ ->
                where + "is nested too deeply, or has a name or a number that is too long";
            case UnexpectedEndOfInputException _ -> where + "ends before the JSON does";
            default -> where + "is no JSON any more (which has no NaN, no Infinity, no comments, no comma behind a last "
                    + "element, and only double quotes)";
        };
    }

    private static String where(int line, int column) {
        return "line " + line + ", column " + column + ": ";
    }
}
