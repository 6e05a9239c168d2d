package dev.nabla.trajectories;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import dev.nabla.program.Program;
import dev.nabla.trajectories.FailedTrajectoryException.Failure;
import dev.nabla.trajectories.Method.DormandPrince;
import dev.nabla.trajectories.Method.ImplicitMidpoint;
import dev.nabla.trajectories.Method.Iteration;
import dev.nabla.trajectories.Method.StoermerVerlet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A dynamical system compiled once, and followed from many starts. */
public final class Integration {

    /** An array of doubles, the reference to it and its energy. */
    private static final long BYTES_OF_ROW = 40;

    private static final long MAX_EVALUATIONS = 50_000_000;
    private static final double MAX_NANOS = 60e9;

    private final DynamicalSystem system;
    private final Engine engine;
    private final Program law;

    private Integration(DynamicalSystem system, Engine engine) {
        this.system = system;
        this.engine = engine;
        this.law = Program.compile(List.of(system.law()), system.symbols());
    }

    public static Integration of(DynamicalSystem system, Engine engine) {
        return new Integration(system, engine);
    }

    /**
     * The most starts × steps that are reasonable: fewer the more work the law is, so that one evaluation in each would
     * take a minute at most by the cost model of kernels.
     */
    public long maxEvaluations(int starts) {
        int batch = Math.clamp(starts, 1, law.largestBatch());
        return (long) Math.min(MAX_EVALUATIONS, MAX_NANOS / law.predictedNanos(batch) * batch);
    }

    /**
     * The trajectories of all starts.
     *
     * @throws FailedTrajectoryException with all starts that get nowhere, or those found with the work that may be done
     */
    public List<Trajectory> follow(double[][] starts, Method method, TimeGrid grid) {
        var failures = new ArrayList<Failure>();
        List<Trajectory> trajectories = List.of();
        try {
            trajectories = follow(starts, method, grid, failures);
        } catch (WorkLimitException e) {
            if (failures.isEmpty()) {
                throw e;
            }
        }
        if (!failures.isEmpty()) {
            throw new FailedTrajectoryException(failures);
        }
        return trajectories;
    }

    /** The trajectories of the starts that do not fail. */
    private List<Trajectory> follow(double[][] starts, Method method, TimeGrid grid, List<Failure> failures) {
        double[][][] states = method instanceof DormandPrince adaptive ? adaptively(starts, adaptive, grid, failures)
                : stepByStep(starts, method, grid, failures);
        Set<Integer> failed = failures.stream().map(Failure::start).collect(Collectors.toSet());
        Optional<Evaluation> energy = system.energy()
                .map(expression -> Evaluation.of(List.of(expression), system.symbols(), engine));
        var trajectories = new ArrayList<Trajectory>();
        for (int s = 0; s < starts.length; s++) {
            if (!failed.contains(s)) {
                int start = s;
                trajectories.add(new Trajectory(states[s],
                        energy.map(e -> energies(e, states[start], start, grid, failures))));
            }
        }
        return trajectories;
    }

    private double[][][] stepByStep(double[][] starts, Method method, TimeGrid grid, List<Failure> failures) {
        Work.hold(Place.HEAP, (BYTES_OF_ROW + (long) Double.BYTES * system.dimension()) * starts.length * grid.size());
        double[][][] recorded = new double[starts.length][grid.size()][];
        int batch = law.largestBatch();
        for (int from = 0; from < starts.length; from += batch) {
            var states = new States(starts, from, Math.min(from + batch, starts.length), system.dimension());
            record(states, recorded, from, 0);
            try {
                advance(step(method, grid, states), states, grid, recorded, from);
            } finally {
                failures.addAll(states.failures());
            }
        }
        return recorded;
    }

    private static void advance(Step step, States states, TimeGrid grid, double[][][] recorded, int from) {
        for (int k = 1; k <= grid.lastRecordedStep() && states.failures().size() < states.count(); k++) {
            states.advanceTo(grid.time(k));
            step.advance();
            states.failWhereNotFinite();
            if (k % grid.every() == 0) {
                record(states, recorded, from, k / grid.every());
            }
        }
    }

    private Step step(Method method, TimeGrid grid, States states) {
        var function = new StateFunction(law, system, states.count(), engine);
        return switch (method) {
            case ImplicitMidpoint _ -> new ImplicitMidpointStep(system, function, grid.step(), engine, states);
            case StoermerVerlet _ -> new StoermerVerletStep(system, function, grid.step(), engine, states);
            case Iteration _ -> new IterationStep(function, states);
            case DormandPrince _ -> throw new IllegalArgumentException("has steps of its own");
        };
    }

    private static void record(States states, double[][][] recorded, int from, int time) {
        for (int s = 0; s < states.count(); s++) {
            recorded[from + s][time] = states.state(s);
        }
    }

    /** Each start alone, because each has step sizes of its own. */
    private double[][][] adaptively(double[][] starts, DormandPrince method, TimeGrid grid, List<Failure> failures) {
        double[][][] recorded = new double[starts.length][][];
        var field = new StateFunction(law, system, 1, engine);
        double nanos = law.workOfRun(1) + AdaptiveIntegration.nanosOfEvaluation(system.dimension());
        int maxEvaluations = (int) Math.max(1, Math.min(MAX_EVALUATIONS, MAX_NANOS / nanos) / starts.length);
        for (int s = 0; s < starts.length; s++) {
            var start = new States(starts, s, s + 1, system.dimension());
            recorded[s] = new AdaptiveIntegration(field, method, grid, maxEvaluations, start).run();
            failures.addAll(start.failures());
        }
        return recorded;
    }

    private double[] energies(Evaluation energy, double[][] states, int start, TimeGrid grid, List<Failure> failures) {
        double[][] values = energy.evaluate(system.parameters(), Map.of(system.state(), states), states.length)[0];
        double[] energies = Arrays.stream(values).mapToDouble(entries -> entries[0]).toArray();
        IntStream.range(0, energies.length).filter(k -> !Double.isFinite(energies[k])).findFirst().ifPresent(k ->
                failures.add(new Failure(start, grid.time(k * grid.every()), "the energy is not finite")));
        return energies;
    }
}
