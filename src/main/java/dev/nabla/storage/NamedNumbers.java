package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.network.layers.Coefficients;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Values of coefficients as JSON by name. */
final class NamedNumbers {

    private NamedNumbers() {}

    static @Nullable String json(JsonMapper json, Optional<Coefficients.Values> values) {
        return values.map(present -> json.writeValueAsString(present.named())).orElse(null);
    }

    /** The same of values of which there may be none: of a number there is no entry then, in an array null. */
    static @Nullable String jsonOfKnown(JsonMapper json, Optional<Coefficients.Values> values) {
        return values.map(present -> {
            Map<String, Object> known = new LinkedHashMap<>();
            present.named().forEach((name, value) -> {
                Object finite = finite(value);
                if (finite != null) {
                    known.put(name, finite);
                }
            });
            return json.writeValueAsString(known);
        }).orElse(null);
    }

    private static @Nullable Object finite(Object value) {
        return value instanceof List<?> list ? list.stream().map(NamedNumbers::finite).toList()
                : value instanceof Double number && Double.isFinite(number) ? number : null;
    }

    /** Empty where there are none. */
    static Map<String, Object> read(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? Map.of() : DocumentReader.named(text);
    }
}
