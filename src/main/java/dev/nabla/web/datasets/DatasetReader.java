package dev.nabla.web.datasets;

import dev.nabla.datasets.Grid;
import dev.nabla.datasets.Rows;
import dev.nabla.datasets.Samples;
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
        boolean hasTargets = request.targets() != null && document.isSound(prefix + "/targets");
        Optional<Samples> samples = Optional.empty();
        if (request.inputs() != null) {
            samples = orErrors(prefix, errors, () -> Rows.of(orEmpty(request.inputNames()),
                    hasTargets ? orEmpty(request.targetNames()) : List.of(), request.inputs(),
                    hasTargets ? request.targets().rows() : null));
        } else if (request.grid() != null) {
            LinkedHashMap<String, String> equations = hasTargets ? request.targets().equations() : null;
            samples = orErrors(prefix, errors, () -> Grid.of(request.grid(),
                    equations == null ? new LinkedHashMap<>() : equations, engines.byDefault()));
        }
        return samples.filter(_ -> document.isSound(prefix));
    }

    /** What {@code reading} makes, or its errors. */
    static Optional<Samples> orErrors(String prefix, List<Problem> errors,
            Supplier<Samples> reading) {
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
