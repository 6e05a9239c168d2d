package dev.nabla.web.pictures;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.jobs.Engines;
import dev.nabla.network.Network;
import dev.nabla.network.UnmatchedNamesException;
import dev.nabla.plots.Contours;
import dev.nabla.plots.Curves;
import dev.nabla.plots.Curves.Line;
import dev.nabla.plots.Drawing;
import dev.nabla.plots.Lattice;
import dev.nabla.plots.PhasePortrait;
import dev.nabla.plots.PhasePortrait.Arrow;
import dev.nabla.plots.PhasePortrait.Way;
import dev.nabla.plots.Surface;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.program.Evaluation;
import dev.nabla.trajectories.DynamicalSystem;
import dev.nabla.trajectories.FailedTrajectoryException;
import dev.nabla.trajectories.Integration;
import dev.nabla.trajectories.Method.DormandPrince;
import dev.nabla.trajectories.TimeGrid;
import dev.nabla.trajectories.Trajectory;
import dev.nabla.web.Query;
import dev.nabla.web.expressions.Equations;
import dev.nabla.web.networks.Subjects.Subject;
import dev.nabla.web.pictures.PlotParameters.At;
import dev.nabla.web.pictures.PlotParameters.Request;
import dev.nabla.web.trajectories.DynamicalSystemReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a model says, as it is to be drawn. */
final class ModelPlots {

    private static final String EQUATION = "/equation";
    private static final int MOST_LINES = 100;
    private static final int ARROWS = 17;
    private static final int STEPS = 1000;
    private static final double TOLERANCE = 1e-6;

    private final Subject model;
    private final Network network;
    private final Engines engines;
    private final Request request;
    private final Query query;
    private final double[] fixed;
    private final int right;
    private final int up;

    /** @throws InvalidException if the names of inputs are wrong, or one has no value */
    ModelPlots(Subject model, Engines engines, Request request, Query query) {
        this.model = model;
        this.network = model.network();
        this.engines = engines;
        this.request = request;
        this.query = query;
        List<String> inputs = network.definition().inputs();
        this.fixed = new double[inputs.size()];
        boolean[] isGiven = new boolean[inputs.size()];
        this.right = place(request.x().name(), "x", isGiven);
        this.up = request.y().map(y -> place(y.name(), "y", isGiven)).orElse(-1);
        for (int i = 0; i < request.at().size(); i++) {
            At at = request.at().get(i);
            int place = place(at.name(), "at/" + i, isGiven);
            if (place >= 0) {
                fixed[place] = at.value();
            }
        }
        List<String> missing = IntStream.range(0, isGiven.length).filter(i -> !isGiven[i]).mapToObj(inputs::get).toList();
        if (query.isRight() && !missing.isEmpty()) {
            query.wrong("at", "must have the values of all other inputs as name:value, lacks " + String.join(", ", missing));
        }
        query.requireRight();
    }

    private int place(String name, String parameter, boolean[] isGiven) {
        int place = network.definition().inputs().indexOf(name);
        if (place < 0) {
            query.wrong(parameter, "names no input; the inputs are " + String.join(", ", network.definition().inputs()));
        } else if (isGiven[place]) {
            query.wrong(parameter, "names an input that has its values already");
        } else {
            isGiven[place] = true;
        }
        return place;
    }

    /** @param samples the data that are drawn too */
    Drawing drawing(@Nullable String equation, Optional<Samples> samples) {
        return switch (request.kind()) {
            case CURVE -> curves(equation, samples);
            case SURFACE -> new Surface(lattice(scalar(equation)));
            case CONTOUR -> new Contours(lattice(scalar(equation)), samples.map(this::places).stream().toList());
            case PHASE -> phase(equation);
        };
    }

    /** An expression and what it is called. */
    private record Named(String name, Expression expression) {}

    private Named scalar(@Nullable String equation) {
        List<String> outputs = network.definition().outputs();
        if (equation == null && outputs.size() > 1) {
            query.wrong("equation", "is missing, and the model has the outputs " + String.join(", ", outputs));
        }
        query.requireRight();
        return equation == null ? new Named(outputs.getFirst(), LinearAlgebra.entry(network.outputs(), 0))
                : new Named(equation, read(Equations.parseScalar(equation, EQUATION, network.scope(), query.errors())));
    }

    private <T> T read(Optional<T> found) {
        query.requireRight();
        return found.orElseThrow();
    }

    private Drawing curves(@Nullable String equation, Optional<Samples> samples) {
        Expression drawn = equation == null ? network.outputs()
                : read(Equations.parse(equation, EQUATION, network.scope(), query.errors()));
        if (drawn.shape().rank() > 1 || drawn.shape().size() > MOST_LINES) {
            query.wrong("equation", "must be a scalar or a vector of at most " + MOST_LINES + " entries, has shape " + drawn.shape());
        }
        query.requireRight();
        List<String> outputs = network.definition().outputs();
        String name = equation == null ? outputs.size() == 1 ? outputs.getFirst() : "outputs" : equation;
        double[] x = request.x().values();
        double[][] values = values(drawn, Arrays.stream(x).mapToObj(value -> point(value, 0)).toArray(double[][]::new));
        var lines = new ArrayList<Line>();
        var points = new ArrayList<Line>();
        for (int i = 0; i < drawn.shape().size(); i++) {
            int entry = i;
            Expression expression = drawn.shape().isScalar() ? drawn : LinearAlgebra.entry(drawn, i);
            int output = IntStream.range(0, outputs.size())
                    .filter(k -> LinearAlgebra.entry(network.outputs(), k) == expression).findFirst().orElse(-1);
            String line = output >= 0 ? outputs.get(output) : drawn.shape().isScalar() ? name : name + "[" + (i + 1) + "]";
            lines.add(new Line(line, x, Arrays.stream(values).mapToDouble(of -> of[entry]).toArray()));
            samples.filter(_ -> output >= 0).ifPresent(given -> points.add(targets(given, output)));
        }
        if (samples.isPresent() && points.isEmpty()) {
            query.wrong("data", "are targets, to be drawn beside outputs");
        }
        query.requireRight();
        return new Curves(request.x().name(), name, lines, points, false, "");
    }

    private static double[] column(double[] table, int columns, int column) {
        return IntStream.range(0, table.length / columns).mapToDouble(row -> table[row * columns + column]).toArray();
    }

    private Line targets(Samples samples, int output) {
        if (samples.targetDimension() != network.definition().outputs().size()) {
            query.wrong("data", "has targets that are no outputs of the model");
            query.requireRight();
        }
        return inside(new Line("data " + samples.targetNames().get(output), column(samples.inputs(), samples.inputDimension(), right),
                column(samples.targets(), samples.targetDimension(), output)), request.x(), Optional.empty());
    }

    private Line places(Samples samples) {
        return inside(new Line("data", column(samples.inputs(), samples.inputDimension(), right),
                column(samples.inputs(), samples.inputDimension(), up)), request.x(), request.y());
    }

    private static Line inside(Line line, Range x, Optional<Range> y) {
        int[] kept = IntStream.range(0, line.x().length).filter(i -> line.x()[i] >= x.from() && line.x()[i] <= x.to()
                && y.stream().allMatch(range -> line.y()[i] >= range.from() && line.y()[i] <= range.to())).toArray();
        return new Line(line.name(), Arrays.stream(kept).mapToDouble(i -> line.x()[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> line.y()[i]).toArray());
    }

    /** In the order of the model's inputs, of which there are no more than are drawn. */
    Samples matched(Samples samples) {
        if (fixed.length != (up < 0 ? 1 : 2)) {
            query.wrong("data", "is for models that have no other inputs");
        }
        query.requireRight();
        try {
            return samples.matched(network, network.definition().inputs());
        } catch (UnmatchedNamesException e) {
            throw new InvalidException(List.of(Problem.of("/data", e.getMessage())));
        }
    }

    private double[] point(double x, double y) {
        double[] point = fixed.clone();
        point[right] = x;
        if (up >= 0) {
            point[up] = y;
        }
        return point;
    }

    private double[][] points(double[] xs, double[] ys) {
        return Arrays.stream(ys).boxed().flatMap(y -> Arrays.stream(xs).mapToObj(x -> point(x, y))).toArray(double[][]::new);
    }

    /** {@code [point][entry]}; NaN where it is undefined. */
    private double[][] values(Expression expression, double[][] points) {
        var symbols = new ArrayList<Symbol>(network.parameters().symbols());
        symbols.add(network.inputs());
        return Evaluation.watched(List.of(expression), symbols, engines.byDefault()).evaluate(
                network.parameters().split(model.parameters().orElseThrow()), Map.of(network.inputs(), points), points.length)[0];
    }

    private Lattice lattice(Named named) {
        double[] xs = request.x().values();
        double[] ys = request.y().orElseThrow().values();
        double[][] values = values(named.expression(), points(xs, ys));
        return lattice(named.name(), xs, ys, IntStream.range(0, ys.length).mapToObj(row -> IntStream.range(0, xs.length)
                .mapToDouble(column -> values[row * xs.length + column][0]).toArray()).toArray(double[][]::new));
    }

    private Lattice lattice(String name, double[] xs, double[] ys, double[][] values) {
        return new Lattice(request.x().name(), request.y().orElseThrow().name(), name, xs, ys, values);
    }

    private Drawing phase(@Nullable String equation) {
        DynamicalSystem system = read(new DynamicalSystemReader(model, query.errors()).field(equation, EQUATION));
        double[] xs = request.x().middles(ARROWS);
        double[] ys = request.y().orElseThrow().middles(ARROWS);
        double[][] points = points(xs, ys);
        double[][] field = values(system.law(), points);
        List<Arrow> arrows = IntStream.range(0, points.length).mapToObj(i ->
                new Arrow(points[i][right], points[i][up], field[i][right], field[i][up])).toList();
        return new PhasePortrait(system.energy().map(energy -> lattice(new Named("energy", energy))).orElseGet(this::nowhere),
                arrows, ways(system));
    }

    /** The plane without values. */
    private Lattice nowhere() {
        double[] xs = {request.x().from(), request.x().to()};
        Range y = request.y().orElseThrow();
        return lattice("", xs, new double[] {y.from(), y.to()}, new double[][] {{Double.NaN, Double.NaN}, {Double.NaN, Double.NaN}});
    }

    private List<Way> ways(DynamicalSystem system) {
        if (request.starts().isEmpty()) {
            return List.of();
        }
        double[][] starts = request.starts().stream().map(start -> point(start[0], start[1])).toArray(double[][]::new);
        try {
            return Integration.of(system, engines.byDefault()).follow(starts, new DormandPrince(TOLERANCE),
                    new TimeGrid(request.time() / STEPS, STEPS, 1)).stream().map(this::way).toList();
        } catch (FailedTrajectoryException e) {
            throw new InvalidException(e.failures().stream().map(failure -> Problem.of("/start/" + failure.start(),
                    "at time " + failure.time() + " " + failure.reason())).toList());
        } catch (WorkLimitException e) {
            throw new InvalidException(List.of(Problem.of("/time", e.getMessage())));
        }
    }

    private Way way(Trajectory trajectory) {
        return new Way(Arrays.stream(trajectory.states()).mapToDouble(state -> state[right]).toArray(),
                Arrays.stream(trajectory.states()).mapToDouble(state -> state[up]).toArray());
    }
}
