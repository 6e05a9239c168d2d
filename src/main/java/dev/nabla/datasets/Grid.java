package dev.nabla.datasets;

import dev.nabla.documents.Bounds;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.language.Growth;
import dev.nabla.language.Scope;
import dev.nabla.network.Network;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Datasets on a grid, with targets that are equations over its axes. */
public final class Grid {

    /** As a double, as an array of its own, and twice as bytes to be stored. */
    private static final long BYTES_OF_COORDINATE = 56;
    private static final long BYTES_OF_TARGET = 24;

    private static final double MOST_COUNTED = 1e18;

    private final List<String> names;
    private final List<Axis> axes;
    private final Problems problems = new Problems();

    private Grid(Map<String, Axis> axes) {
        this.names = List.copyOf(axes.keySet());
        this.axes = List.copyOf(axes.values());
    }

    /**
     * All points of the grid, the first axis varying fastest.
     *
     * @param targets of each target its equation; there may be none
     * @throws InvalidException with what is wrong; its pointers begin at /grid and /targets
     */
    public static Samples of(SequencedMap<String, Axis> axes, SequencedMap<String, String> targets, Engine engine) {
        return new Grid(axes).samples(targets, engine);
    }

    private Samples samples(Map<String, String> targets, Engine engine) {
        int size = size(targets);
        Map<String, Expression> symbols = new LinkedHashMap<>();
        names.forEach(name -> symbols.put(name, Arithmetic.perSampleSymbol(name, Shape.SCALAR)));
        List<Expression> equations = equations(targets, symbols);
        problems.throwIfAny();
        List<double[]> points = axes.stream().map(Axis::points).toList();
        for (int a = 0; a < axes.size(); a++) {
            if (repeats(points.get(a))) {
                addTooFine(a);
            }
        }
        problems.throwIfAny();
        double[] inputs = new double[size * axes.size()];
        for (int point = 0; point < size; point++) {
            int rest = point;
            for (int a = 0; a < axes.size(); a++) {
                double[] ofAxis = points.get(a);
                inputs[point * axes.size() + a] = ofAxis[rest % ofAxis.length];
                rest /= ofAxis.length;
            }
        }
        return new Samples(names, List.copyOf(targets.keySet()), inputs,
                targets(List.copyOf(targets.keySet()), equations, symbols, inputs, size, engine));
    }

    private int size(Map<String, String> targets) {
        if (axes.isEmpty()) {
            problems.add("/grid", "must have at least one axis");
        }
        var seen = new HashSet<String>();
        names.forEach(name -> problems.requireNameOfField("/grid/" + token(name), name, seen));
        targets.keySet().forEach(name -> problems.requireNameOfField("/targets/" + token(name), name, seen));
        double points = 1;
        for (int a = 0; a < axes.size(); a++) {
            Axis axis = axes.get(a);
            String pointer = "/grid/" + token(names.get(a));
            List<Problem> beyondBounds = Bounds.problems(axis, pointer);
            if (Double.isNaN(axis.from()) || Double.isNaN(axis.to()) || Double.isNaN(axis.step())) {
                problems.add(pointer, "must have finite numbers");
            } else if (!beyondBounds.isEmpty()) {
                beyondBounds.forEach(problems::add);
            } else if (!(axis.from() <= axis.to())) {
                problems.add(pointer + "/from", "must not be above to, which is " + axis.to() + ", was " + axis.from());
            } else if (axis.from() < axis.to()
                    && (axis.from() + axis.step() == axis.from() || axis.to() - axis.step() == axis.to())) {
                addTooFine(a);
            } else {
                points *= axis.size();
            }
        }
        double cells = points * Math.max(axes.size(), targets.size());
        if (cells > Samples.MAX_CELLS) {
            problems.add("/grid", "must give at most " + Samples.MAX_CELLS + " numbers, gives "
                    + (cells < MOST_COUNTED ? String.format(Locale.ROOT, "%.0f", cells) : "more than " + MOST_COUNTED));
        }
        return cells > Samples.MAX_CELLS ? 0 : (int) points;
    }

    private static boolean repeats(double[] points) {
        return IntStream.range(1, points.length).anyMatch(i -> !(points[i] > points[i - 1]));
    }

    private void addTooFine(int a) {
        Axis axis = axes.get(a);
        problems.add("/grid/" + token(names.get(a)) + "/step", "must be larger, so that no point is there twice: "
                + "neighbouring numbers differ by " + Math.ulp(Math.max(Math.abs(axis.from()), Math.abs(axis.to())))
                + " there; was " + axis.step());
    }

    private List<Expression> equations(Map<String, String> targets, Map<String, Expression> symbols) {
        Map<String, Expression> scope = new LinkedHashMap<>(symbols);
        symbols.forEach((name, symbol) -> scope.put(Network.INPUTS + "." + name, symbol));
        var expressions = new ArrayList<Expression>();
        return Growth.together(() -> {
            targets.forEach((name, equation) -> parse("/targets/" + token(name), equation, Scope.of(scope), expressions));
            return expressions;
        });
    }

    private double[] targets(List<String> targetNames, List<Expression> expressions, Map<String, Expression> symbols,
            double[] inputs, int size, Engine engine) {
        if (expressions.isEmpty()) {
            return new double[0];
        }
        Work.hold(Place.HEAP, size * (BYTES_OF_COORDINATE * names.size() + BYTES_OF_TARGET * expressions.size()));
        Map<Symbol, double[][]> points = new LinkedHashMap<>();
        for (int a = 0; a < names.size(); a++) {
            double[][] column = new double[size][1];
            for (int point = 0; point < size; point++) {
                column[point][0] = inputs[point * names.size() + a];
            }
            points.put((Symbol) symbols.get(names.get(a)), column);
        }
        double[][][] computed = Evaluation.of(expressions, List.copyOf(points.keySet()), engine)
                .evaluate(Map.of(), points, size);
        double[] flat = new double[size * expressions.size()];
        for (int t = 0; t < computed.length; t++) {
            double[][] values = computed[t];
            int[] undefined = IntStream.range(0, size).filter(point -> !Double.isFinite(values[point][0])).toArray();
            if (undefined.length > 0) {
                int first = undefined[0] * names.size();
                problems.add("/targets/" + token(targetNames.get(t)), "is not a finite number at "
                        + describe(Arrays.copyOfRange(inputs, first, first + names.size()))
                        + switch (undefined.length) {
                            case 1 -> "";
                            case 2 -> ", nor at 1 other point";
                            default -> ", nor at " + (undefined.length - 1) + " other points";
                        });
            }
            for (int point = 0; point < size; point++) {
                flat[point * computed.length + t] = values[point][0];
            }
        }
        problems.throwIfAny();
        return flat;
    }

    private void parse(String pointer, String equation, Scope scope, List<Expression> expressions) {
        try {
            expressions.add(Equation.scalar(equation, scope));
        } catch (EquationException e) {
            problems.add(Problem.at(pointer, e.getMessage(), e.position()));
        }
    }

    private String describe(double[] point) {
        var description = new StringBuilder();
        for (int a = 0; a < point.length; a++) {
            description.append(a == 0 ? "" : ", ").append(names.get(a)).append(" = ").append(point[a]);
        }
        return description.toString();
    }

    private static String token(String name) {
        return Problem.token(name);
    }
}
