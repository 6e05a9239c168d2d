package dev.nabla.trajectories;

import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import dev.nabla.program.Program;
import dev.nabla.trajectories.Method.DormandPrince;
import dev.nabla.trajectories.Method.ImplicitMidpoint;
import dev.nabla.trajectories.Method.Iteration;
import dev.nabla.trajectories.Method.StoermerVerlet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dynamical system compiled once, and followed from many starts. */
public final class Integration {

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
     * @throws FailedTrajectoryException for the first start that is found to get nowhere
     */
    public List<Trajectory> follow(double[][] starts, Method method, TimeGrid grid) {
        double[][][] states = method instanceof DormandPrince adaptive ? adaptively(starts, adaptive, grid)
                : stepByStep(starts, method, grid);
        Optional<Evaluation> energy = system.energy()
                .map(expression -> Evaluation.of(List.of(expression), system.symbols(), engine));
        var trajectories = new ArrayList<Trajectory>();
        for (int s = 0; s < starts.length; s++) {
            int start = s;
            trajectories.add(new Trajectory(states[s], energy.map(e -> energies(e, states[start], start, grid))));
        }
        return trajectories;
    }

    private double[][][] stepByStep(double[][] starts, Method method, TimeGrid grid) {
        double[][][] recorded = new double[starts.length][grid.size()][];
        int batch = law.largestBatch();
        for (int from = 0; from < starts.length; from += batch) {
            var states = new States(starts, from, Math.min(from + batch, starts.length), system.dimension());
            record(states, recorded, from, 0);
            Step step = step(method, grid, states);
            for (int k = 1; k <= grid.lastRecordedStep(); k++) {
                states.advanceTo(grid.time(k));
                step.advance();
                states.requireFinite();
                if (k % grid.every() == 0) {
                    record(states, recorded, from, k / grid.every());
                }
            }
        }
        return recorded;
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
    private double[][][] adaptively(double[][] starts, DormandPrince method, TimeGrid grid) {
        double[][][] recorded = new double[starts.length][][];
        var field = new StateFunction(law, system, 1, engine);
        int maxEvaluations = Math.toIntExact(Math.max(1, maxEvaluations(1) / starts.length));
        for (int s = 0; s < starts.length; s++) {
            var start = new States(starts, s, s + 1, system.dimension());
            recorded[s] = new AdaptiveIntegration(field, method, grid, maxEvaluations, start).run();
        }
        return recorded;
    }

    private double[] energies(Evaluation energy, double[][] states, int start, TimeGrid grid) {
        double[][] values = energy.evaluate(system.parameters(), Map.of(system.state(), states), states.length)[0];
        double[] energies = Arrays.stream(values).mapToDouble(entries -> entries[0]).toArray();
        for (int k = 0; k < energies.length; k++) {
            if (!Double.isFinite(energies[k])) {
                throw new FailedTrajectoryException(start, grid.time(k * grid.every()), "the energy is not finite");
            }
        }
        return energies;
    }
}
