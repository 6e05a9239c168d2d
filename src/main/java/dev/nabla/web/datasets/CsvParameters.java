package dev.nabla.web.datasets;

import dev.nabla.datasets.files.CsvSyntax;
import dev.nabla.datasets.files.DecimalMark;
import dev.nabla.datasets.files.Delimiter;
import dev.nabla.datasets.files.Missing;
import dev.nabla.datasets.files.Renaming;
import dev.nabla.datasets.files.TableReading;
import dev.nabla.documents.Labels;
import dev.nabla.web.Query;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters beside a CSV file: how it is read, and the labels of its dataset. */
record CsvParameters(
        @Parameter(description = "The columns of the inputs, by their headers or by the names that they get; all that are no "
                + "targets if left out.", example = "[\"Horse power [kW]\", \"origin\"]") @Nullable List<String> inputs,
        @Parameter(description = "The columns of the targets; none if left out, and then inputs are named.",
                example = "[\"MPG.city\"]") @Nullable List<String> targets,
        @Parameter(description = "What separates fields; if left out, what the first lines show, where that is certain.",
                example = ";", schema = @Schema(type = "string", allowableValues = {",", ";", "|", "tab"}))
        @Nullable String delimiter,
        @Parameter(description = "What stands before decimals, '.' if left out. Thousands are not separated.", example = ",",
                schema = @Schema(type = "string", allowableValues = {".", ","})) @Nullable String decimal,
        @Parameter(description = "Whether the first line has headers, without which columns are called c1, c2 and so on. If left "
                + "out it has, and one of numbers only is refused.", schema = @Schema(type = "boolean")) @Nullable String header,
        @Parameter(description = "New names of columns: a header or the name that it gets, a colon and the new "
                + "name. Where several columns have a header a, they are a_1, a_2 and so on.",
                example = "[\"MPG.city:mpg\"]") @Nullable List<String> rename,
        @Parameter(description = "What means that a value is missing, beside an empty field.",
                example = "[\"?\"]") @Nullable List<String> na,
        @Parameter(description = "What becomes of rows in which a chosen value is missing, refuse if left out.",
                example = "drop", schema = @Schema(type = "string", allowableValues = {"refuse", "drop"}))
        @Nullable String missing,
        @Parameter(description = "Columns of words, which become a column of 0 and 1 for every word, at most 1000.",
                example = "[\"origin\"]") @Nullable List<String> oneHot,
        @Parameter(description = "A free label.") @Nullable String name,
        @Parameter(description = "To find it again by, each once.") @Nullable List<String> tags) {

    /** How the file is written; empty where that is not told rightly, which is added to what is wrong. */
    Optional<CsvSyntax> syntax(Query query) {
        var syntax = new CsvSyntax(query.word("delimiter", delimiter, Delimiter.class),
                query.word("decimal", decimal, DecimalMark.class).orElse(DecimalMark.POINT),
                Optional.ofNullable(header).map(given -> query.flag("header", given)));
        return query.areRight("delimiter", "decimal", "header") ? Optional.of(syntax) : Optional.empty();
    }

    /** What is read of it, without what is wrong, which is added to the rest. */
    TableReading reading(Query query) {
        return new TableReading(inputs, orEmpty(targets), renamings(query), new HashSet<>(orEmpty(na)),
                query.word("missing", missing, Missing.class).orElse(Missing.REFUSE), orEmpty(oneHot));
    }

    private List<Renaming> renamings(Query query) {
        var renamings = new ArrayList<Renaming>();
        for (int i = 0; i < orEmpty(rename).size(); i++) {
            Renaming.of(orEmpty(rename).get(i), "/rename/" + i, query.errors()).ifPresent(renamings::add);
        }
        return renamings;
    }

    Labels labels(Query query) {
        return Labels.of(name, tags, "", query.errors());
    }

    private static List<String> orEmpty(@Nullable List<String> given) {
        return given == null ? List.of() : given;
    }
}
