package dev.nabla.web.openapi;

import dev.nabla.documents.Labels;
import dev.nabla.documents.RecordShape;
import dev.nabla.storage.ModelReference;
import dev.nabla.web.IfMatch;
import dev.nabla.web.PageResponse;
import dev.nabla.web.once.Once;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;

/** Parameters that many operations have and that mean the same in all of them. */
final class CommonParameters {

    private static final Map<String, Consumer<Parameter>> BY_NAME = Map.of(
            "id", parameter -> describe(parameter, "The id that the service gave it.", "string").getSchema()
                    .setFormat("uuid"),
            "pageSize", parameter -> describe(parameter, "The most items of the page.", "integer").getSchema()
                    .minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(PageResponse.MAX_SIZE))
                    .setDefault(PageResponse.DEFAULT_SIZE),
            "pageToken", parameter -> describe(parameter, "nextPageToken of the page before.", "string"),
            "Prefer", parameter -> describe(parameter, "wait=20 waits up to 20 seconds, and 60 at most, for the end; "
                    + "respond-async does not wait (RFC 7240).", "string").setExample("wait=20"),
            Once.HEADER, parameter -> describe(parameter, "What the client calls this request: whoever sends the same "
                    + "again within 24 hours gets the same answer, and nothing is made twice. JSON is the same "
                    + "whatever its spaces and the order of its fields, with numbers as they are written. A UUID will "
                    + "do.", "string")
                    .getSchema().minLength(1).maxLength(200),
            HttpHeaders.IF_MATCH, parameter -> describe(parameter, "The ETag of the answer to GET that the client "
                    + "knows; if it does not hold any more, nothing is changed, and the answer is 412. That of "
                    + "a training changes with every "
                    + "epoch while it runs: pause it, or leave this out.", "string"),
            "Last-Event-ID", parameter -> describe(parameter,
                    "The id of the last event that was received; those behind it follow.", "string"));

    private static final Map<Class<?>, String> HEADERS =
            Map.of(Once.class, Once.HEADER, IfMatch.class, HttpHeaders.IF_MATCH);

    private CommonParameters() {}

    /** Says of what names a model that it need not be its id. */
    static void describeModels(Operation operation, List<Class<?>> arguments) {
        if (arguments.contains(ModelReference.class)) {
            operation.getParameters().stream().filter(parameter -> parameter.getName().equals("id")).forEach(parameter ->
                    describe(parameter, ModelReference.DESCRIPTION, "string").getSchema().setFormat(ModelReference.FORMAT));
        }
    }

    /** Adds the headers that the arguments of a handler are made of. */
    static void add(Operation operation, List<Class<?>> arguments) {
        arguments.stream().map(HEADERS::get).filter(Objects::nonNull).forEach(name -> operation.addParametersItem(
                new HeaderParameter().name(name).required(false).schema(new JsonSchema().typesItem("string"))));
    }

    static void describe(Operation operation) {
        Optional.ofNullable(operation.getParameters()).orElse(List.of()).forEach(parameter -> {
            Optional.ofNullable(BY_NAME.get(parameter.getName())).ifPresent(described -> described.accept(parameter));
            // What is left out is not there; nothing in a query or a header is null.
            Optional.ofNullable(parameter.getSchema().getTypes()).ifPresent(types -> types.remove("null"));
            if (parameter.getName().endsWith("Id") && parameter.getIn().equals("query")) {
                parameter.getSchema().setFormat("uuid");
            }
            if (parameter.getRequired()) {
                parameter.getSchema().setDefault(null);
                parameter.getSchema().setDefaultSetFlag(false);
            }
        });
        if (operation.getRequestBody() != null) {
            describeLabels(operation);
        }
    }

    /** What is made has labels; a list has the same names for those that it is filtered by, which may be anything. */
    private static void describeLabels(Operation operation) {
        RecordShape labels = RecordShape.of(Labels.Given.class);
        Optional.ofNullable(operation.getParameters()).orElse(List.of()).forEach(parameter ->
                Optional.ofNullable(labels.byName().get(parameter.getName())).map(RecordShape.Component::use)
                        .ifPresent(use -> {
                    SchemaBounds.set(parameter.getSchema(), use.bounds());
                    use.parts().forEach(part -> SchemaBounds.set(parameter.getSchema().getItems(), part.bounds()));
                }));
    }

    private static Parameter describe(Parameter parameter, String description, String type) {
        return parameter.description(description).schema(new JsonSchema().typesItem(type));
    }
}
