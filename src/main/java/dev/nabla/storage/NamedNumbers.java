package dev.nabla.storage;

import dev.nabla.network.layers.Coefficients;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values of coefficients as JSON by name. */
final class NamedNumbers {

    private static final JsonMapper JSON = JsonMapper.shared();

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

    /** Empty where there are none; what is null in an array is NaN. */
    static Map<String, Object> read(ResultSet row, String column) throws SQLException {
        return read(row.getString(column));
    }

    /** The same of a text that was written here. */
    static Map<String, Object> read(@Nullable String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (text != null) {
            JSON.readTree(text).forEachEntry((name, value) -> values.put(name, nested(value)));
        }
        return values;
    }

    private static Object nested(JsonNode value) {
        return value.isArray() ? value.valueStream().map(NamedNumbers::nested).toList() : value.isNull() ? Double.NaN : value.doubleValue();
    }
}
