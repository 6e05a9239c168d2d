package dev.nabla.datasets.files;

import com.google.common.base.Throwables;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.FieldModifier;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.nabla.datasets.Problems;
import dev.nabla.datasets.Samples;
import dev.nabla.expression.Decimal;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.problems.InvalidException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Datasets as CSV (RFC 4180 and its dialects). */
public final class CsvSamples {

    private static final double NANOS_OF_CELL_WRITTEN = 200;
    private static final int MOST_FIELDS = 1 << 14;
    /** While an array of them grows. */
    private static final long BYTES_OF_EMPTY_FIELD = 12;

    private final CsvSyntax syntax;
    private final TableReading reading;
    private final Problems problems = new Problems();

    private CsvSamples(CsvSyntax syntax, TableReading reading) {
        this.syntax = syntax;
        this.reading = reading;
    }

    /**
     * Reads the chosen columns, in the given order.
     *
     * @throws InvalidException with everything that is wrong: lines and columns of the file, and pointers to parts of the reading
     */
    public static Table read(InputStream csv, CsvSyntax syntax, TableReading reading) {
        return new CsvSamples(syntax, reading).read(csv);
    }

    private Table read(InputStream csv) {
        Optional<Table> table = Optional.empty();
        try {
            var text = new CsvText(csv);
            var delimiters = new Delimiters(text.sample());
            Optional<Delimiter> delimiter = syntax.delimiter().or(() -> delimiters.certain(syntax.header(), syntax.decimal()));
            if (delimiter.isEmpty()) {
                problems.add("/delimiter", "is not certain, as the first line has " + delimiters.found()
                        + ": must be one of ',', ';', '|' and 'tab'");
                problems.throwIfAny();
            }
            table = readAll(CsvReader.builder().fieldSeparator(delimiter.orElseThrow().character()).allowUnclosedQuote(false)
                    .trimWhitespacesAroundQuotes(true).extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE).build(records(), text.reader()).iterator());
        } catch (CsvParseException e) {
            problems.add("", "the file is no CSV: " + Throwables.getRootCause(e).getMessage());
        } catch (UncheckedIOException e) {
            addUnreadable(e.getCause());
        } catch (IOException e) {
            addUnreadable(e);
        }
        problems.throwIfAny();
        return table.orElseThrow();
    }

    /** Makes records of lines; of one that has more fields than may be, which are counted, the others are empty. */
    private static CsvRecordHandler records() {
        return CsvRecordHandler.builder().maxFields(Integer.MAX_VALUE).fieldModifier(new FieldModifier() {
            @Override
            public String modify(long line, int index, boolean isQuoted, String field) {
                if (index < MOST_FIELDS) {
                    return field;
                }
                Work.hold(Place.HEAP, BYTES_OF_EMPTY_FIELD);
                return "";
            }
        }).build();
    }

    private void addUnreadable(@Nullable IOException e) {
        problems.add("", e instanceof CharacterCodingException
                ? "the file is not UTF-8 throughout; spreadsheets save it so as 'CSV UTF-8'" : "the file cannot be read to its end");
    }

    private Optional<Table> readAll(Iterator<CsvRecord> records) {
        if (!records.hasNext()) {
            problems.add("", syntax.header() ? "the file is empty, must begin with a header" : "the file is empty, must have at least one row");
            return Optional.empty();
        }
        CsvRecord first = records.next();
        int fields = first.getFieldCount();
        if (fields > MOST_FIELDS) {
            problems.add("", "the file must have at most " + MOST_FIELDS + " fields on a line, has " + fields + " on line "
                    + first.getStartingLineNumber());
            return Optional.empty();
        }
        if (syntax.given().isEmpty() && isOfNumbers(first.getFields())) {
            problems.add("/header", "is not certain, as the first line has numbers only: must be false if it is a row, or true if "
                    + "these are the names of the columns");
            return Optional.empty();
        }
        var headers = new Headers(first.getFields(), syntax.header(), reading.rename(), problems);
        var rows = new TableReader(reading, headers, syntax.decimal(), "line", problems);
        var ragged = new Listing();
        boolean more = syntax.header() || rows.read(first.getStartingLineNumber(), first::getField);
        while (more && !ragged.isFull() && records.hasNext()) {
            CsvRecord record = records.next();
            if (record.getFieldCount() == fields) {
                more = rows.read(record.getStartingLineNumber(), record::getField);
            } else {
                ragged.add("line " + record.getStartingLineNumber() + " has " + record.getFieldCount()
                        + (record.getFieldCount() == 1 ? " field, the " : " fields, the ")
                        + (syntax.header() ? "header" : "first line") + " has " + fields);
            }
        }
        if (!ragged.isEmpty()) {
            problems.add("", ragged.joined("; ") + (ragged.isFull() ? "; what follows was not read" : ""));
        }
        return rows.table();
    }

    /** Whether there is a number among fields of which the others say that they have none. */
    private boolean isOfNumbers(List<String> fields) {
        List<String> values = fields.stream().map(String::strip).filter(field -> !field.isEmpty() && !reading.na().contains(field))
                .toList();
        return !values.isEmpty() && values.stream().allMatch(syntax.decimal()::isNumber);
    }

    /** Writes a header and all rows; every number is read back as it was. */
    public static void write(Samples samples, Writer csv) {
        int inputs = samples.inputDimension();
        int targets = samples.targetDimension();
        write(Stream.concat(samples.inputNames().stream(), samples.targetNames().stream()).toList(), samples.size(), row -> {
            double[] numbers = Arrays.copyOfRange(samples.inputs(), row * inputs, row * inputs + inputs + targets);
            System.arraycopy(samples.targets(), row * targets, numbers, inputs, targets);
            return numbers;
        }, csv);
    }

    /** Writes a header and rows of numbers, of which NaN is an empty field, in quotes: a row of it alone is no empty line. */
    public static void write(List<String> names, int rows, IntFunction<double[]> numbers, Writer csv) {
        CsvWriter writer = CsvWriter.builder().bufferSize(0).quoteStrategy(QuoteStrategies.EMPTY).build(csv);
        writer.writeRecord(names);
        for (int row = 0; row < rows; row++) {
            Work.spend(NANOS_OF_CELL_WRITTEN * names.size());
            writer.writeRecord(Arrays.stream(numbers.apply(row)).mapToObj(CsvSamples::text).toArray(String[]::new));
        }
    }

    private static String text(double number) {
        return Double.isNaN(number) ? "" : String.valueOf(Decimal.withoutSignOfZero(number));
    }
}
