package dev.nabla.web.datasets;

import dev.nabla.datasets.Axis;
import dev.nabla.datasets.DatasetRequest;
import dev.nabla.datasets.Grid;
import dev.nabla.datasets.Rows;
import dev.nabla.datasets.Samples;
import dev.nabla.datasets.Targets;
import dev.nabla.documents.Document;
import dev.nabla.jobs.Engines;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes samples of a dataset request. */
@Component
public class DatasetReader {

    private final Engines engines;

    DatasetReader(Engines engines) {
        this.engines = engines;
    }

    /**
     * The samples; empty where something is wrong, which is added with pointers that begin with {@code prefix}.
     *
     * @param document in which the request stands at {@code prefix}
     */
    public Optional<Samples> read(Document<?> document, DatasetRequest request, String prefix, List<Problem> errors) {
        Targets targets = request.targets();
        double[][] rows = request.inputs();
        LinkedHashMap<String, Axis> grid = request.grid();
        Optional<Samples> samples = Optional.empty();
        if (rows != null) {
            double[][] targetRows = targets == null ? null : targets.rows();
            boolean areTargetsKnown = targetRows != null || document.isSound(prefix + "/targets");
            samples = orErrors(prefix, errors, () -> Rows.of(orEmpty(request.inputNames()),
                    areTargetsKnown ? orEmpty(request.targetNames()) : List.of(), rows, targetRows));
        } else if (grid != null) {
            LinkedHashMap<String, String> equations = targets == null ? null : targets.equations();
            samples = orErrors(prefix, errors, () -> Grid.of(grid, equations == null ? new LinkedHashMap<>() : equations,
                    engines.byDefault()));
        }
        return samples.filter(_ -> document.isSound(prefix));
    }

    /** What {@code reading} makes, or its errors. */
    static <T> Optional<T> orErrors(String prefix, List<Problem> errors, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidException e) {
            e.problems().forEach(problem -> errors.add(problem.within(prefix)));
            return Optional.empty();
        }
    }

    private static List<String> orEmpty(@Nullable List<String> names) {
        return names == null ? List.of() : names;
    }
}
