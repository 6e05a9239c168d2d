package dev.nabla.web.expressions;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.files.CsvSamples;
import dev.nabla.datasets.files.CsvSyntax;
import dev.nabla.datasets.files.NpyArray;
import dev.nabla.datasets.files.TableReading;
import dev.nabla.documents.Document;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractSmartHttpMessageConverter;

/** Reads points as CSV, whose header names the inputs in any order, or as an array of NumPy with a row for every sample. */
final class PointsConverter extends AbstractSmartHttpMessageConverter<Object> {

    PointsConverter() {
        super(Tables.CSV_TYPE, Tables.NPY_TYPE);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Document.class;
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return supports(type.toClass()) && type.getGeneric().toClass() == PredictionRequest.class && canRead(mediaType);
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
        boolean isCsv = Tables.CSV_TYPE.isCompatibleWith(message.getHeaders().getContentType());
        return Document.of(isCsv ? csv(message) : npy(message), List.of());
    }

    private static PredictionRequest csv(HttpInputMessage message) throws IOException {
        Samples samples = CsvSamples.read(message.getBody(), CsvSyntax.STANDARD, TableReading.ALL_INPUTS).samples();
        return new PredictionRequest(rows(samples.inputs(), samples.inputDimension()), samples.inputNames());
    }

    private static PredictionRequest npy(HttpInputMessage message) throws IOException {
        NpyArray array = NpyArray.read(message.getBody());
        if (array.shape().size() != 2 || array.numbers().length == 0) {
            throw new InvalidException(List.of(Problem.of("", "as an NPY file it must have the shape (samples, inputs), with at least "
                    + "one of each, has " + array.shape())));
        }
        return new PredictionRequest(rows(array.numbers(), array.shape().getLast()), null);
    }

    private static double[][] rows(double[] flat, int columns) {
        return IntStream.range(0, flat.length / columns).mapToObj(row -> Arrays.copyOfRange(flat,
                row * columns, (row + 1) * columns)).toArray(double[][]::new);
    }
}
