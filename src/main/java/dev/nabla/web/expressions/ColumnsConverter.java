package dev.nabla.web.expressions;

import dev.nabla.datasets.files.CsvSamples;
import dev.nabla.datasets.files.NpyArray;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Writes tables as CSV, in which what is undefined is empty, and as arrays of NumPy, in which it is NaN. */
final class ColumnsConverter extends AbstractHttpMessageConverter<Columns> {

    ColumnsConverter() {
        super(Tables.CSV_TYPE, Tables.NPY_TYPE);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Columns.class;
    }

    @Override
    protected boolean canRead(@Nullable MediaType type) {
        return false;
    }

    @Override
    protected Columns readInternal(Class<? extends Columns> type, HttpInputMessage message) {
        throw new IllegalStateException("only writes");
    }

    @Override
    protected void writeInternal(Columns columns, HttpOutputMessage message) throws IOException {
        OutputStream body = message.getBody();
        if (Tables.NPY_TYPE.isCompatibleWith(message.getHeaders().getContentType())) {
            if (columns.shape().isEmpty()) {
                throw new InvalidException(List.of(Problem.of("/equations", "an NPY file has one array: ask for one equation, such as "
                        + "[a, b], or accept text/csv or application/json")));
            }
            NpyArray.writeHeader(columns.shape(), body);
            for (int s = 0; s < columns.rows(); s++) {
                NpyArray.write(columns.row().apply(s), body);
            }
            return;
        }
        try (var csv = new OutputStreamWriter(body, StandardCharsets.UTF_8)) {
            CsvSamples.write(columns.names(), columns.rows(), columns.row(), csv);
        }
    }
}
