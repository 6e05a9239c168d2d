package dev.nabla.web.sweeps;

import dev.nabla.datasets.DatasetRequest;
import dev.nabla.datasets.Samples;
import dev.nabla.documents.Document;
import dev.nabla.documents.DocumentReader;
import dev.nabla.problems.InvalidException;
import dev.nabla.storage.Datasets;
import dev.nabla.web.datasets.DatasetReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The datasets that trainings of one sweep have with them: of equal ones the first is stored, and all name it by its id. One
 * with which something is wrong stays where it is, to be found there.
 */
final class SharedDatasets {

    private final DatasetReader reader;
    private final Datasets datasets;
    private final Map<JsonNode, Optional<UUID>> stored = new HashMap<>();

    SharedDatasets(DatasetReader reader, Datasets datasets) {
        this.reader = reader;
        this.datasets = datasets;
    }

    /** The training with ids in the place of its datasets. */
    JsonNode storedOf(JsonNode training) {
        if (!(training instanceof ObjectNode object)) {
            return training;
        }
        ObjectNode copy = copy(object);
        if (!object.hasNonNull("datasetId")) {
            id(object.path("dataset")).ifPresent(id -> {
                copy.remove("dataset");
                copy.put("datasetId", id.toString());
            });
        }
        if (object.path("loss") instanceof ObjectNode loss && loss.path("terms") instanceof ArrayNode terms) {
            ArrayNode copies = JsonNodeFactory.instance.arrayNode(terms.size());
            terms.forEach(term -> copies.add(ofTerm(term)));
            copy.set("loss", copy(loss).set("terms", copies));
        }
        return copy;
    }

    private JsonNode ofTerm(JsonNode term) {
        return id(term.path("dataset")).<JsonNode>map(id -> copy((ObjectNode) term).put("dataset", id.toString())).orElse(term);
    }

    private static ObjectNode copy(ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        return copy;
    }

    /** Empty for what is no dataset. */
    private Optional<UUID> id(JsonNode dataset) {
        return dataset.isObject() ? stored.computeIfAbsent(dataset, this::store) : Optional.empty();
    }

    private Optional<UUID> store(JsonNode dataset) {
        try {
            Document<DatasetRequest> document = DocumentReader.read(dataset, DatasetRequest.class);
            Samples samples = document.checked((posted, errors) -> reader.read(document, posted, "", errors)).orElseThrow();
            return Optional.of(datasets.insert(samples, document.valid().labels()).id());
        } catch (InvalidException e) {
            return Optional.empty();
        }
    }
}
