package dev.nabla.web.trajectories;

import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.trajectories.DynamicalSystem;
import dev.nabla.trajectories.Method;
import dev.nabla.trajectories.TimeGrid;
import dev.nabla.web.InputNames;
import dev.nabla.web.networks.NetworkValues;
import dev.nabla.web.networks.Subjects.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is to be followed out of a request and collects everything that is wrong with it. */
final class TrajectoryRequestReader {

    private static final String MIDPOINT = "implicit-midpoint";
    private static final String VERLET = "stoermer-verlet";
    private static final String VERLET_ALIAS = "stormer-verlet";
    private static final String DORMAND_PRINCE = "dormand-prince";
    static final String MAP = "map";

    private static final int MAX_STEPS = 10_000_000;
    private static final double DEFAULT_TOLERANCE = 1e-9;
    private static final double LEAST_TOLERANCE = 1e-13;
    private static final double LARGEST_TOLERANCE = 0.1;

    private final TrajectoryRequest request;
    private final Subject model;
    private final List<Problem> errors = new ArrayList<>();

    TrajectoryRequestReader(TrajectoryRequest request, Subject model) {
        this.request = request;
        this.model = model;
    }

    /** A request without an error, but perhaps with too much work. */
    record Plan(DynamicalSystem system, Method method, TimeGrid grid, double[][] starts, InputNames names) {}

    /** @throws InvalidException with all errors */
    Plan read() {
        InputNames names = InputNames.of(request.inputNames(), model.network(), errors);
        double[][] starts = NetworkValues.inputs(request.starts(), "/starts", model.network(), errors);
        Optional<Method> method = method();
        Optional<TimeGrid> grid = grid();
        Optional<DynamicalSystem> system = new DynamicalSystemReader(model, errors).system(request);
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        return new Plan(system.orElseThrow(), method.orElseThrow(), grid.orElseThrow(),
                names.toNetwork(starts), names);
    }

    private Optional<Method> method() {
        double tolerance = tolerance();
        return switch (request.method()) {
            case null -> error("/method", "is missing, " + known());
            case MIDPOINT -> Optional.of(new Method.ImplicitMidpoint());
            case VERLET, VERLET_ALIAS -> stateDimension() % 2 == 0 ? Optional.of(new Method.StoermerVerlet())
                    : error("/method", VERLET + " needs an even number of inputs, the model has " + stateDimension());
            case DORMAND_PRINCE -> Optional.of(new Method.DormandPrince(tolerance));
            case MAP -> Optional.of(new Method.Iteration());
            default -> error("/method", known() + ", was '" + request.method() + "'");
        };
    }

    private static String known() {
        return "must be one of " + String.join(", ", MIDPOINT, VERLET, DORMAND_PRINCE, MAP);
    }

    private double tolerance() {
        Double tolerance = request.tolerance();
        if (tolerance != null && !DORMAND_PRINCE.equals(request.method())) {
            error("/tolerance", "is for " + DORMAND_PRINCE + " only");
        } else if (tolerance != null && !(tolerance >= LEAST_TOLERANCE && tolerance <= LARGEST_TOLERANCE)) {
            error("/tolerance", "must be between " + LEAST_TOLERANCE + " and " + LARGEST_TOLERANCE + ", was " + tolerance);
        }
        return tolerance == null ? DEFAULT_TOLERANCE : tolerance;
    }

    private Optional<TimeGrid> grid() {
        int before = errors.size();
        double step = step();
        int steps = steps("/steps", request.steps(), MAX_STEPS);
        int every = request.every() == null ? 1 : steps("/every", request.every(), steps);
        if (Double.isInfinite(step * steps)) {
            error("/step", "must be smaller, so that the last time is finite");
        }
        return errors.size() > before ? Optional.empty() : Optional.of(new TimeGrid(step, steps, every));
    }

    private double step() {
        Double step = request.step();
        if (step == null) {
            if (!MAP.equals(request.method())) {
                error("/step", "is missing");
            }
            return 1;
        }
        if (!(step > 0)) {
            error("/step", "must be above 0, was " + step);
        }
        return step;
    }

    private int steps(String pointer, @Nullable Integer steps, int max) {
        if (steps == null) {
            error(pointer, "is missing");
        } else if (steps < 1 || steps > max) {
            error(pointer, "must be between 1 and " + max + ", was " + steps);
        } else {
            return steps;
        }
        return max;
    }

    private int stateDimension() {
        return model.network().definition().stateDimension();
    }

    private <T> Optional<T> error(String pointer, String detail) {
        errors.add(Problem.of(pointer, detail));
        return Optional.empty();
    }
}
