package dev.nabla.web;

import dev.nabla.jobs.Engines;
import dev.nabla.network.Violation;
import dev.nabla.training.Axis;
import dev.nabla.training.Grid;
import dev.nabla.training.InvalidSamplesException;
import dev.nabla.training.Rows;
import dev.nabla.training.Samples;
import dev.nabla.web.DatasetRequest.AxisRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes samples of a dataset request. */
@Component
class DatasetReader {

    private final Engines engines;

    DatasetReader(Engines engines) {
        this.engines = engines;
    }

    /** The samples; empty where there are errors, which are added with pointers that begin with {@code prefix}. */
    Optional<Samples> read(DatasetRequest request, String prefix, List<FieldError> errors) {
        int before = errors.size();
        if ((request.inputs() == null) == (request.grid() == null)) {
            errors.add(FieldError.of(prefix, "must have exactly one of inputs and grid"));
        } else if (request.inputs() != null && request.targets() != null && request.targets().rows() == null) {
            errors.add(FieldError.of(prefix + "/targets", "must be an array of rows, as inputs are"));
        } else if (request.grid() != null) {
            return grid(request, prefix, errors);
        }
        if (errors.size() > before) {
            return Optional.empty();
        }
        return orErrors(prefix, errors, () -> Rows.of(orEmpty(request.inputNames()), orEmpty(request.targetNames()),
                request.inputs(), request.targets() == null ? null : request.targets().rows()));
    }

    private Optional<Samples> grid(DatasetRequest request, String prefix, List<FieldError> errors) {
        int before = errors.size();
        if (request.targets() != null && request.targets().equations() == null) {
            errors.add(FieldError.of(prefix + "/targets", "must be an object of equations, as there is a grid"));
        }
        if (request.inputNames() != null || request.targetNames() != null) {
            errors.add(FieldError.of(prefix + (request.inputNames() != null ? "/inputNames" : "/targetNames"),
                    "must be left out, as a grid has names"));
        }
        var axes = new LinkedHashMap<String, Axis>();
        request.grid().forEach((name, axis) -> axes.put(name,
                axis(axis, prefix + "/grid/" + Violation.token(name), errors)));
        return errors.size() > before ? Optional.empty()
                : orErrors(prefix, errors, () -> Grid.of(axes, request.targets() == null
                        ? new LinkedHashMap<>() : request.targets().equations(), engines.byDefault()));
    }

    private static Axis axis(@Nullable AxisRequest axis, String pointer, List<FieldError> errors) {
        if (axis == null) {
            errors.add(FieldError.of(pointer, "must not be null"));
            return new Axis(0, 0, 1);
        }
        return new Axis(required(axis.from(), pointer + "/from", errors), required(axis.to(), pointer + "/to", errors),
                required(axis.step(), pointer + "/step", errors));
    }

    private static double required(@Nullable Double number, String pointer, List<FieldError> errors) {
        if (number == null) {
            errors.add(FieldError.of(pointer, "is missing"));
            return 1;
        }
        return number;
    }

    /** What {@code reading} makes, or its errors. */
    static Optional<Samples> orErrors(String prefix, List<FieldError> errors,
            Supplier<Samples> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidSamplesException e) {
            e.problems().forEach(problem -> errors.add(new FieldError(prefix + problem.pointer(), problem.detail(),
                    problem.position().isPresent() ? problem.position().getAsInt() : null)));
            return Optional.empty();
        }
    }

    private static List<String> orEmpty(@Nullable List<String> names) {
        return names == null ? List.of() : names;
    }
}
