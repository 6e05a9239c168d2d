package dev.nabla.network;

import dev.nabla.network.architectures.Integrator;
import dev.nabla.network.layers.Activation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes an object of plain values, its type first. */
final class Document {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    Document(String type) {
        fields.put(Fields.TYPE, type);
    }

    Document with(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    Document with(Activation activation) {
        return with(Fields.ACTIVATION, activation.text());
    }

    Document with(Integrator integrator) {
        return with(Fields.INTEGRATOR, integrator.text());
    }

    Map<String, Object> fields() {
        return Collections.unmodifiableMap(fields);
    }
}
