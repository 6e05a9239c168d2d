package dev.nabla.web.trajectories;

import dev.nabla.documents.Document;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.jobs.Engines;
import dev.nabla.network.Network;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.trajectories.DynamicalSystem;
import dev.nabla.trajectories.FailedTrajectoryException;
import dev.nabla.trajectories.FailedTrajectoryException.Failure;
import dev.nabla.trajectories.Integration;
import dev.nabla.trajectories.Method;
import dev.nabla.trajectories.TimeGrid;
import dev.nabla.web.InputNames;
import dev.nabla.web.networks.NetworkValues;
import dev.nabla.web.networks.Subjects.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Follows the fields and maps of models. */
@Service
class Trajectories {

    /** The most numbers that one answer may hold, not counting times and energies. */
    private static final long MAX_VALUES = 10_000_000;

    private static final int STARTS_NAMED = 100;

    private final Engines engines;

    Trajectories(Engines engines) {
        this.engines = engines;
    }

    /** A request in which everything fits, but perhaps with too much work. */
    private record Plan(DynamicalSystem system, Method method, TimeGrid grid, double[][] starts, InputNames names) {}

    TrajectoryResponse follow(Subject model, Document<TrajectoryRequest> document) {
        Plan plan = document.checked((request, errors) -> plan(model, document, request, errors)).orElseThrow();
        Integration integration = Integration.of(plan.system(), engines.byDefault());
        requireAffordable(plan, integration);
        try {
            return TrajectoryResponse.of(plan.grid().times(),
                    integration.follow(plan.starts(), plan.method(), plan.grid()), plan.names());
        } catch (FailedTrajectoryException e) {
            throw new InvalidException(errors(e.failures()));
        } catch (WorkLimitException e) {
            throw new InvalidException(List.of(Problem.of("/steps", e.getMessage())));
        }
    }

    private static Optional<Plan> plan(Subject model, Document<?> document, TrajectoryRequest request, List<Problem> errors) {
        Network network = model.network();
        InputNames names = InputNames.of(request.inputNames(), network, errors);
        double[][] starts = NetworkValues.inputs(request.starts(), "/starts", network, errors);
        Optional<Method> method = request.chosen();
        int dimension = network.definition().stateDimension();
        if (request.method() == Method.Name.STOERMER_VERLET && dimension % 2 != 0) {
            errors.add(Problem.of("/method", "stoermer-verlet needs an even number of inputs, the model has " + dimension));
        }
        Optional<DynamicalSystem> system = new DynamicalSystemReader(model, errors).system(request);
        return errors.isEmpty() && document.isSound() ? Optional.of(new Plan(system.orElseThrow(), method.orElseThrow(),
                request.grid().orElseThrow(), names.toNetwork(starts), names)) : Optional.empty();
    }

    private static List<Problem> errors(List<Failure> failures) {
        var errors = new ArrayList<Problem>();
        failures.stream().limit(STARTS_NAMED).forEach(failure -> errors.add(Problem.of("/starts/" + failure.start(),
                "at time " + failure.time() + " " + failure.reason())));
        if (failures.size() > STARTS_NAMED) {
            errors.add(Problem.of("/starts", "and " + (failures.size() - STARTS_NAMED) + " more"));
        }
        return errors;
    }

    private static void requireAffordable(Plan plan, Integration integration) {
        var errors = new ArrayList<Problem>();
        int starts = plan.starts().length;
        int dimension = plan.starts()[0].length;
        long values = (long) starts * plan.grid().size() * dimension;
        if (values > MAX_VALUES) {
            errors.add(Problem.of("/every", "would give " + values + " numbers (" + starts + " starts × "
                    + plan.grid().size() + " times × " + dimension + " entries), more than " + MAX_VALUES));
        }
        long evaluations = (long) starts * plan.grid().steps();
        long most = integration.maxEvaluations(starts);
        if (evaluations > most) {
            errors.add(Problem.of("/steps", "would take " + evaluations + " steps (" + starts + " starts × "
                    + plan.grid().steps() + "), more than " + most + " for this field"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
    }
}
