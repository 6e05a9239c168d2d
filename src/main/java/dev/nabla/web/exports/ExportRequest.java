package dev.nabla.web.exports;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.documents.Checked;
import dev.nabla.documents.OneOf;
import dev.nabla.documents.Words;
import dev.nabla.exports.ExportFormat;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Layout;
import dev.nabla.network.NetworkDocument;
import dev.nabla.problems.Problem;
import dev.nabla.program.Precision;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.printing.Printer;
import dev.nabla.storage.ModelReference;
import dev.nabla.web.expressions.Equations;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is to be taken away, of which network or model, and as what. */
record ExportRequest(
        @Nullable NetworkDocument network,
        @Schema(description = "The id of a stored network, instead of network.") @Nullable UUID networkId,
        @Schema(description = "Instead of network: " + ModelReference.DESCRIPTION, format = ModelReference.FORMAT)
        @Nullable ModelReference modelId,
        @Schema(example = "[\"z\", \"D(z, inputs)\"]")
        @NotNull @Nullable @Size(min = 1, max = Equations.MAX_EQUATIONS) List<String> equations,
        @NotNull @Nullable ExportFormat format,
        @Schema(description = "What the function is called, and the files.", example = "gaussian")
        @Pattern(regexp = NAME, message =
                "must be a letter followed by at most 62 letters, digits or underscores, in ASCII")
        @JsonProperty(defaultValue = "network") String name,
        @Schema(description = "Takes the model's parameters away too; otherwise they are an argument.")
        @JsonProperty(defaultValue = "false") boolean substituteParameters,
        @JsonProperty(defaultValue = "double") Precision precision,
        @Schema(description = OF_LAYOUT + "array if left out.") @Nullable Form form,
        @Schema(description = OF_LAYOUT + "true if left out.") @Nullable Boolean shareSubexpressions,
        @Schema(description = OF_LAYOUT + "17 if left out.")
        @Min(1) @Max(Printer.ALL_DIGITS) @Nullable Integer digits) implements Checked {

    private static final String NAME = "^[A-Za-z][A-Za-z0-9_]{0,62}$";

    private static final String OF_LAYOUT = "Of formats with that choice, as latex; as in /v1/expressions; ";

    /** What files call something of their own, in any format. */
    private static final java.util.regex.Pattern OWN_NAMES =
            java.util.regex.Pattern.compile("(nabla_|own_).*|(t|result|i)[0-9]+");

    boolean isSingle() {
        return precision == Precision.SINGLE;
    }

    /** What makes the files; only where the format is known. */
    Exporter exporter() {
        Exporter usual = requireNonNull(format).exporter();
        return usual.laidOut(layout -> new Layout(requireNonNullElse(form, layout.form()),
                requireNonNullElse(shareSubexpressions, layout.shareSubexpressions()),
                requireNonNullElse(digits, layout.digits()))).orElse(usual);
    }

    @Override
    public List<Problem> problems(Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        new OneOf(wrong).field("network", network).field("networkId", networkId).field("modelId", modelId).one()
                .ifPresent(problems::add);
        if (substituteParameters && modelId == null && !wrong.contains("modelId")) {
            problems.add(Problem.of("/substituteParameters", "takes the parameters of a model, so modelId is needed"));
        }
        if (format != null) {
            problems.addAll(problemsOf(format, wrong));
        }
        return problems;
    }

    private List<Problem> problemsOf(ExportFormat known, Set<String> wrong) {
        var problems = new ArrayList<Problem>();
        if (precision == Precision.SINGLE && !known.exporter().hasSinglePrecision()) {
            problems.add(Problem.of("/precision", "must be double in this format"));
        }
        if (substituteParameters && !known.exporter().takesValues()) {
            problems.add(Problem.of("/substituteParameters", "must be false in this format, which shows no values"));
        }
        if (!hasLayout(known)) {
            Stream.of(form == null ? null : "/form", shareSubexpressions == null ? null : "/shareSubexpressions",
                    digits == null ? null : "/digits").filter(Objects::nonNull)
                    .forEach(pointer -> problems.add(Problem.of(pointer, "must be left out in this format; formats with it are "
                            + Stream.of(ExportFormat.values()).filter(ExportRequest::hasLayout)
                                    .map(Words.of(ExportFormat.class)::word).collect(Collectors.joining(", ")))));
        }
        if (!wrong.contains("name") && (known.exporter().reserved().contains(name)
                || OWN_NAMES.matcher(name.toLowerCase(Locale.ROOT)).matches())) {
            problems.add(Problem.of("/name", "must not be '" + name + "', which the files use for something else"));
        }
        return problems;
    }

    private static boolean hasLayout(ExportFormat format) {
        return format.exporter().laidOut(UnaryOperator.identity()).isPresent();
    }
}
