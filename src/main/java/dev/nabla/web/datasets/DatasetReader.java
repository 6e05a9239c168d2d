package dev.nabla.web.datasets;

import static java.util.Objects.requireNonNull;

import dev.nabla.datasets.Axis;
import dev.nabla.datasets.Grid;
import dev.nabla.datasets.Rows;
import dev.nabla.datasets.Samples;
import dev.nabla.jobs.Engines;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.web.datasets.DatasetRequest.AxisRequest;
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

    /** The samples; empty where there are errors, which are added with pointers that begin with {@code prefix}. */
    public Optional<Samples> read(DatasetRequest request, String prefix, List<Problem> errors) {
        int before = errors.size();
        if ((request.inputs() == null) == (request.grid() == null)) {
            errors.add(Problem.of(prefix, "must have exactly one of inputs and grid"));
        } else if (request.inputs() != null && request.targets() != null && request.targets().rows() == null) {
            errors.add(Problem.of(prefix + "/targets", "must be an array of rows, as inputs are"));
        } else if (request.grid() != null) {
            return grid(request, prefix, errors);
        }
        if (errors.size() > before) {
            return Optional.empty();
        }
        return orErrors(prefix, errors, () -> Rows.of(orEmpty(request.inputNames()), orEmpty(request.targetNames()),
                requireNonNull(request.inputs()), request.targets() == null ? null : request.targets().rows()));
    }

    private Optional<Samples> grid(DatasetRequest request, String prefix, List<Problem> errors) {
        int before = errors.size();
        if (request.targets() != null && request.targets().equations() == null) {
            errors.add(Problem.of(prefix + "/targets", "must be an object of equations, as there is a grid"));
        }
        if (request.inputNames() != null || request.targetNames() != null) {
            errors.add(Problem.of(prefix + (request.inputNames() != null ? "/inputNames" : "/targetNames"),
                    "must be left out, as a grid has names"));
        }
        var axes = new LinkedHashMap<String, Axis>();
        requireNonNull(request.grid()).forEach((name, axis) -> axes.put(name,
                axis(axis, prefix + "/grid/" + Problem.token(name), errors)));
        return errors.size() > before ? Optional.empty()
                : orErrors(prefix, errors, () -> Grid.of(axes, request.targets() == null
                        ? new LinkedHashMap<>() : requireNonNull(request.targets().equations()), engines.byDefault()));
    }

    private static Axis axis(@Nullable AxisRequest axis, String pointer, List<Problem> errors) {
        if (axis == null) {
            errors.add(Problem.of(pointer, "must not be null"));
            return new Axis(0, 0, 1);
        }
        return new Axis(required(axis.from(), pointer + "/from", errors), required(axis.to(), pointer + "/to", errors),
                required(axis.step(), pointer + "/step", errors));
    }

    private static double required(@Nullable Double number, String pointer, List<Problem> errors) {
        if (number == null) {
            errors.add(Problem.of(pointer, "is missing"));
            return 1;
        }
        return number;
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
