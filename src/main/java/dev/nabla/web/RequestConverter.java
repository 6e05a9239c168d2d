package dev.nabla.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractSmartHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Binds request bodies, and says of all that does not fit where it stands and what may stand there. */
final class RequestConverter extends AbstractSmartHttpMessageConverter<Object> {

    static final String NOT_FINITE = "must be a finite number";

    private static final int MOST_ERRORS = 50;

    /** Of larger bodies only the first error is reported. */
    private static final int LARGEST_SEARCHED = 1 << 20;

    private final JsonMapper mapper;

    RequestConverter(JsonMapper mapper) {
        super(MediaType.APPLICATION_JSON);
        this.mapper = mapper;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type.getPackage() == RequestConverter.class.getPackage();
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
        byte[] body = message.getBody().readAllBytes();
        JavaType javaType = mapper.constructType(type.getType());
        try {
            Object bound = mapper.readValue(body, javaType);
            if (bound == null) {
                throw new InvalidRequestException(List.of(FieldError.of("", "must not be null")));
            }
            return bound;
        } catch (DatabindException e) {
            if (e.getOriginalMessage().startsWith("Trailing token")) {
                throw new HttpMessageNotReadableException(describe(e), e, message);
            }
            throw new InvalidRequestException(body.length > LARGEST_SEARCHED ? List.of(error(e))
                    : allErrors(body, javaType, e, message));
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(describe(e), e, message);
        }
    }

    /** Takes out what does not fit and binds the rest, until it does. */
    private List<FieldError> allErrors(byte[] body, JavaType type, DatabindException first, HttpInputMessage message) {
        var errors = new ArrayList<FieldError>();
        try {
            JsonNode tree = mapper.readTree(body);
            DatabindException next = first;
            while (next != null) {
                FieldError error = error(next);
                if (errors.stream().anyMatch(other -> other.pointer().equals(error.pointer()))) {
                    return errors;
                }
                errors.add(error);
                next = errors.size() < MOST_ERRORS && takeOut(tree, next) ? bindingError(tree, type) : null;
            }
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(describe(e), e, message);
        }
        return errors;
    }

    private @Nullable DatabindException bindingError(JsonNode tree, JavaType type) {
        try {
            mapper.treeToValue(tree, type);
            return null;
        } catch (DatabindException e) {
            return e;
        }
    }

    private boolean takeOut(JsonNode tree, DatabindException e) {
        List<Reference> path = e.getPath();
        if (path.isEmpty()) {
            return false;
        }
        JsonNode parent = tree.at(pointer(path.subList(0, path.size() - 1)));
        Reference last = path.getLast();
        if (parent instanceof ObjectNode object && last.getPropertyName() != null) {
            object.remove(last.getPropertyName());
            return true;
        }
        if (parent instanceof ArrayNode array && last.getIndex() >= 0 && last.getIndex() < array.size()) {
            array.set(last.getIndex(), replacement(e));
            return true;
        }
        return false;
    }

    /** Something of the kind that fits. */
    private JsonNode replacement(DatabindException e) {
        Class<?> type = e instanceof MismatchedInputException m && m.getTargetType() != null ? target(m) : Object.class;
        return type == String.class ? mapper.getNodeFactory().stringNode("")
                : type.isArray() || Collection.class.isAssignableFrom(type) ? mapper.createArrayNode()
                : Number.class.isAssignableFrom(type) || type.isPrimitive() ? mapper.getNodeFactory().numberNode(0)
                : mapper.createObjectNode();
    }

    /** What was expected; of an element of an array, Jackson names the array. */
    private static Class<?> target(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        return type.isArray() && e.getOriginalMessage().contains("element of") ? type.getComponentType() : type;
    }

    private static FieldError error(DatabindException e) {
        return FieldError.of(pointer(e.getPath()), detail(e));
    }

    private static String detail(DatabindException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown -> "is not a field here; known are " + known(unknown);
            case InvalidNullException _ -> "must not be null";
            case InvalidFormatException format when NOT_FINITE.equals(message(format)) -> NOT_FINITE;
            case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
                "must be " + describe(target(mismatch));
            default -> "does not fit";
        };
    }

    private static String message(JacksonException e) {
        String message = e.getOriginalMessage();
        return message.contains(NOT_FINITE) ? NOT_FINITE : message;
    }

    private static String known(UnrecognizedPropertyException e) {
        Collection<Object> known = e.getKnownPropertyIds();
        return known == null ? "none" : known.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String describe(Class<?> type) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "an integer" + (type == int.class || type == Integer.class ? " that fits 32 bits" : "");
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        return "an object";
    }

    /** Where the text ends to be JSON, without advice to those who configure the parser. */
    private static String describe(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return "line 1: is nested too deeply, or has a name or a number that is too long";
        }
        String what = e.getOriginalMessage().split(": enable|: was expecting| \\(|; ", 2)[0];
        return "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ": " + what;
    }

    private static String pointer(List<Reference> path) {
        return path.stream().map(reference -> "/" + (reference.getPropertyName() != null
                ? reference.getPropertyName().replace("~", "~0").replace("/", "~1")
                : String.valueOf(reference.getIndex()))).collect(Collectors.joining());
    }
}
