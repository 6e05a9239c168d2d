package dev.nabla.datasets;

import com.google.common.primitives.ImmutableDoubleArray;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.nabla.expression.Decimal;
import dev.nabla.problems.InvalidException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Datasets as CSV (RFC 4180, UTF-8) with a header. */
public final class CsvSamples {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final List<String> inputColumns;
    private final List<String> targetColumns;
    private final Problems problems = new Problems();
    private final ImmutableDoubleArray.Builder inputs = ImmutableDoubleArray.builder();
    private final ImmutableDoubleArray.Builder targets = ImmutableDoubleArray.builder();
    private long rows;

    private CsvSamples(List<String> inputColumns, List<String> targetColumns) {
        this.inputColumns = inputColumns;
        this.targetColumns = targetColumns;
    }

    /**
     * Reads the named columns, in the given order.
     *
     * @throws InvalidException with line and column of what is wrong
     */
    public static Samples read(InputStream csv, List<String> inputColumns, List<String> targetColumns) {
        return new CsvSamples(inputColumns, targetColumns).read(csv);
    }

    private Samples read(InputStream csv) {
        requireColumns();
        try {
            Iterator<CsvRecord> records = CsvReader.builder().detectBomHeader(true).allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(csv, StandardCharsets.UTF_8).iterator();
            if (!records.hasNext()) {
                problems.add("", "is empty, must begin with a header");
                problems.throwIfAny();
            }
            readAll(records);
        } catch (CsvParseException _) {
            problems.add("", "is no CSV from some line on: a field in quotation marks has no end, or a line is too long");
        } catch (UncheckedIOException e) {
            problems.add("", "cannot be read to its end");
        }
        problems.throwIfAny();
        return new Samples(inputColumns, targetColumns, inputs.build().toArray(), targets.build().toArray());
    }

    private void requireColumns() {
        if (inputColumns.isEmpty()) {
            problems.add("/inputs", "is missing: it chooses the columns of the inputs, as ?inputs=x,y&targets=z does");
        }
        var seen = new HashSet<String>();
        problems.requireNames("/inputs", inputColumns, seen);
        problems.requireNames("/targets", targetColumns, seen);
    }

    private void readAll(Iterator<CsvRecord> records) {
        List<String> header = records.next().getFields();
        int[] inputFields = fields(inputColumns, header);
        int[] targetFields = fields(targetColumns, header);
        while (records.hasNext()) {
            CsvRecord record = records.next();
            if (record.getFieldCount() != header.size()) {
                problems.add("", "line " + record.getStartingLineNumber() + " has " + record.getFieldCount()
                        + " fields, the header has " + header.size());
                continue;
            }
            rows++;
            if (rows * Math.max(inputFields.length, targetFields.length) > Samples.MAX_CELLS) {
                problems.add("", "must have at most " + Samples.MAX_CELLS + " numbers");
                return;
            }
            read(record, header, inputFields, inputs);
            read(record, header, targetFields, targets);
        }
        if (rows == 0 && problems.areNone()) {
            problems.add("", "must have at least one row below the header");
        }
    }

    /** The number of the field of each column, −1 for one that there is not. */
    private int[] fields(List<String> columns, List<String> header) {
        return columns.stream().mapToInt(column -> {
            int field = header.indexOf(column);
            if (field < 0) {
                problems.add("", "there is no column '" + column + "'; columns are " + String.join(", ", header));
            } else if (field != header.lastIndexOf(column)) {
                problems.add("", "there are several columns '" + column + "'");
            }
            return field;
        }).toArray();
    }

    private void read(CsvRecord record, List<String> header, int[] fields, ImmutableDoubleArray.Builder numbers) {
        for (int field : fields) {
            if (field < 0) {
                continue;
            }
            String text = record.getField(field).strip();
            try {
                numbers.add(number(text));
            } catch (ArithmeticException e) {
                problems.add("", "line " + record.getStartingLineNumber() + ", column '" + header.get(field) + "': "
                        + e.getMessage());
            }
        }
    }

    private static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new ArithmeticException("'" + text + "' is not a finite number");
        }
        return Decimal.read(text);
    }

    /** Writes a header and all rows; every number is read back as it was. */
    public static void write(Samples samples, Writer csv) {
        CsvWriter writer = CsvWriter.builder().bufferSize(0).build(csv);
        writer.writeRecord(Stream.concat(samples.inputNames().stream(), samples.targetNames().stream()).toList());
        String[] record = new String[samples.inputDimension() + samples.targetDimension()];
        for (int row = 0; row < samples.size(); row++) {
            for (int i = 0; i < samples.inputDimension(); i++) {
                record[i] = text(samples.inputs()[row * samples.inputDimension() + i]);
            }
            for (int i = 0; i < samples.targetDimension(); i++) {
                record[samples.inputDimension() + i] = text(samples.targets()[row * samples.targetDimension() + i]);
            }
            writer.writeRecord(record);
        }
    }

    private static String text(double number) {
        return String.valueOf(Decimal.withoutSignOfZero(number));
    }
}
