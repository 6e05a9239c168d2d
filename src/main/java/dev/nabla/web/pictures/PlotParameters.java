package dev.nabla.web.pictures;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.web.Query;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is drawn of a model. */
record PlotParameters(
        @Parameter(description = "What is drawn, of the model's names: a scalar, or for a curve also a vector, of which every entry "
                + "is a line, and for phase the field. If left out the output, and for a curve all outputs; for phase the field of "
                + "the architecture, and where there is none the outputs.", example = "z") @Nullable String equation,
        @Parameter(description = "The input to the right and where it goes, as name:from:to, or as name:from:to:points.",
                example = "x:-1:1") @Nullable String x,
        @Parameter(description = "The same of the input that goes up; none for a curve.", example = "y:-1:1")
        @Nullable String y,
        @Parameter(description = "If left out a curve where there is no y, and a surface where there is.",
                schema = @Schema(type = "string", allowableValues = {"curve", "surface", "contour", "phase"}))
        @Nullable String kind,
        @Parameter(description = "The values of all other inputs, each as name:value.") @Nullable List<String> at,
        @Parameter(description = "For phase: from where the field is followed, each as x:y; at most 20.")
        @Nullable List<String> start,
        @Parameter(description = "For phase: how long it is followed, 10 if left out.", schema = @Schema(type = "number"))
        @Nullable String time,
        @Parameter(description = "Whether the data of the training are drawn too: the targets beside the outputs in a curve, where "
                + "they lie in a contour; for models that have no other inputs.", schema = @Schema(type = "boolean"))
        @Nullable String data,
        @Parameter(description = Pictures.WIDTH, schema = @Schema(type = "integer", format = "int32",
                minimum = "" + Pictures.LEAST, maximum = "" + Pictures.MOST)) @Nullable String width,
        @Parameter(description = Pictures.HEIGHT, schema = @Schema(type = "integer", format = "int32",
                minimum = "" + Pictures.LEAST, maximum = "" + Pictures.MOST)) @Nullable String height) {

    private static final int MOST_STARTS = 20;
    private static final double USUAL_TIME = 10;
    private static final double LONGEST = 1e6;

    /** In which ways a model is drawn, with how many points in each direction if nothing is said, and how many at most. */
    enum Kind {
        @JsonProperty("curve") CURVE(401, 4000),
        @JsonProperty("surface") SURFACE(41, 201),
        @JsonProperty("contour") CONTOUR(81, 201),
        @JsonProperty("phase") PHASE(81, 201);

        private final int usual;
        private final int most;

        Kind(int usual, int most) {
            this.usual = usual;
            this.most = most;
        }
    }

    /** A value that an input has. */
    record At(String name, double value) {}

    /**
     * The same, read.
     *
     * @param y empty for a curve
     * @param starts each a pair
     */
    record Request(Kind kind, Range x, Optional<Range> y, List<At> at, List<double[]> starts, double time, boolean data) {}

    /** Empty where something is wrong, which is added. */
    Optional<Request> read(Query query) {
        Kind chosen = query.word("kind", kind, Kind.class).orElse(y == null ? Kind.CURVE : Kind.SURFACE);
        Optional<Range> right = query.required("x", x).flatMap(text -> range(query, "x", text, chosen));
        Optional<Range> up = Optional.ofNullable(y).flatMap(text -> range(query, "y", text, chosen));
        if (chosen == Kind.CURVE && y != null) {
            query.wrong("y", "is not for a curve");
        } else if (chosen != Kind.CURVE) {
            query.required("y", y);
        }
        if (right.isPresent() && up.isPresent() && right.get().name().equals(up.get().name())) {
            query.wrong("y", "must be another input than x");
        }
        List<At> values = new ArrayList<>();
        List<String> given = at == null ? List.of() : at;
        for (int i = 0; i < given.size(); i++) {
            at(query, given.get(i), "at/" + i).ifPresent(values::add);
        }
        List<double[]> starts = starts(query, chosen);
        boolean hasData = query.flag("data", data);
        if (hasData && chosen != Kind.CURVE && chosen != Kind.CONTOUR) {
            query.wrong("data", "is for a curve or a contour");
        }
        double length = time(query, chosen);
        return query.isRight() ? Optional.of(new Request(chosen, right.orElseThrow(), up, values, starts, length, hasData))
                : Optional.empty();
    }

    private static Optional<Range> range(Query query, String parameter, String text, Kind kind) {
        return Range.read(text, kind.usual, kind.most, detail -> query.wrong(parameter, detail));
    }

    private static Optional<At> at(Query query, String text, String pointer) {
        int colon = text.lastIndexOf(':');
        OptionalDouble value = colon < 1 ? OptionalDouble.empty() : Range.number(text.substring(colon + 1));
        if (value.isEmpty()) {
            query.wrong(pointer, "must be name:value with a number as value");
            return Optional.empty();
        }
        return Optional.of(new At(text.substring(0, colon), value.getAsDouble()));
    }

    private List<double[]> starts(Query query, Kind kind) {
        List<String> given = start == null ? List.of() : start;
        if (!given.isEmpty() && kind != Kind.PHASE) {
            query.wrong("start", "is for phase only");
        } else if (given.size() > MOST_STARTS) {
            query.wrong("start", "must be at most " + MOST_STARTS + ", were " + given.size());
        }
        var starts = new ArrayList<double[]>();
        for (int i = 0; i < given.size(); i++) {
            double[] pair = Stream.of(given.get(i).split(":", -1)).map(Range::number).flatMapToDouble(OptionalDouble::stream)
                    .toArray();
            if (pair.length == 2 && given.get(i).indexOf(':') == given.get(i).lastIndexOf(':')) {
                starts.add(pair);
            } else {
                query.wrong("start/" + i, "must be two numbers as x:y");
            }
        }
        return starts;
    }

    private double time(Query query, Kind kind) {
        OptionalDouble given = time == null ? OptionalDouble.of(USUAL_TIME) : Range.number(time);
        if (given.isEmpty() || !(given.getAsDouble() > 0 && given.getAsDouble() <= LONGEST)) {
            query.wrong("time", "must be a number above 0, at most 1000000");
        } else if (time != null && kind != Kind.PHASE) {
            query.wrong("time", "is for phase only");
        }
        return given.orElse(USUAL_TIME);
    }
}
