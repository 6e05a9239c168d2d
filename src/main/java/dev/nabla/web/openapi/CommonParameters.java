package dev.nabla.web.openapi;

import dev.nabla.documents.Labels;
import dev.nabla.documents.RecordShape;
import dev.nabla.web.PageResponse;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
            "Last-Event-ID", parameter -> describe(parameter,
                    "The id of the last event that was received; those behind it follow.", "string"));

    private CommonParameters() {}

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
                Optional.ofNullable(labels.byName().get(parameter.getName())).map(RecordShape.Component::use).ifPresent(use -> {
                    SchemaBounds.set(parameter.getSchema(), use.bounds());
                    use.parts().forEach(part -> SchemaBounds.set(parameter.getSchema().getItems(), part.bounds()));
                }));
    }

    private static Parameter describe(Parameter parameter, String description, String type) {
        return parameter.description(description).schema(new JsonSchema().typesItem(type));
    }
}
