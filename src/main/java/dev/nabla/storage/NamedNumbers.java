package dev.nabla.storage;

import dev.nabla.documents.DocumentReader;
import dev.nabla.network.layers.Coefficients;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** Empty where there are none. */
    static Map<String, Object> read(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? Map.of() : DocumentReader.named(text);
    }
}
