package dev.nabla.web.expressions;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import dev.nabla.jobs.Engines;
import dev.nabla.network.Network;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.program.Diagnosis;
import dev.nabla.program.Evaluation;
import dev.nabla.web.InputNames;
import dev.nabla.web.Undefined;
import dev.nabla.web.expressions.EvaluationResponse.Result;
import dev.nabla.web.networks.NetworkValues;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Computes what equations describe. */
@Service
public class Evaluations {

    /** The most numbers that one answer may hold. */
    private static final long MAX_VALUES = 10_000_000;

    private final Subjects subjects;
    private final Engines engines;

    Evaluations(Subjects subjects, Engines engines) {
        this.subjects = subjects;
        this.engines = engines;
    }

    EvaluationResponse evaluate(EvaluationRequest request) {
        Subject subject = subjects.find(request.network(), request.networkId(), request.modelId());
        Network network = subject.network();
        List<Expression> expressions = Equations.parse(request.equations(), network.scope());
        var errors = new ArrayList<Problem>();
        double[] parameters = parameters(request, subject, errors);
        InputNames names = InputNames.of(request.inputNames(), network, errors);
        double[][] inputs = NetworkValues.inputs(request.inputs(), "/inputs", network, errors);
        Undefined.Choice choice = choice(request.undefined(), errors);
        requireFew(expressions, inputs.length, errors);
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        Computed computed = compute(network, expressions, parameters, names.toNetwork(inputs), choice);
        var results = new ArrayList<Result>();
        for (int i = 0; i < expressions.size(); i++) {
            Shape shape = expressions.get(i).shape();
            List<@Nullable Object> values = new ArrayList<>();
            for (double[] entries : computed.values()[i]) {
                values.add(entries == null ? null : nest(shape, entries, 0));
            }
            results.add(new Result(requireNonNull(request.equations()).get(i), shape.dimensions(), values));
        }
        return new EvaluationResponse(results, computed.undefined());
    }

    /** The outputs of a model. */
    public PredictionResponse predict(Subject model, PredictionRequest request) {
        var errors = new ArrayList<Problem>();
        InputNames names = InputNames.of(request.inputNames(), model.network(), errors);
        double[][] inputs = NetworkValues.inputs(request.inputs(), "/inputs", model.network(), errors);
        Undefined.Choice choice = choice(request.undefined(), errors);
        requireFew(List.of(model.network().outputs()), inputs.length, errors);
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        Computed computed = compute(model.network(), List.of(model.network().outputs()),
                model.parameters().orElseThrow(), names.toNetwork(inputs), choice);
        return new PredictionResponse(computed.values()[0], computed.undefined());
    }

    private static Undefined.Choice choice(@Nullable String undefined, List<Problem> errors) {
        return Expressions.choice(undefined, Undefined.Choice.NULL, Undefined.Choice.values(), "/undefined", errors);
    }

    /** Adds an error if there would be more values than an answer may hold. */
    public static void requireFew(List<Expression> expressions, int samples, List<Problem> errors) {
        long values = expressions.stream().mapToLong(e -> (long) e.shape().size() * samples).sum();
        if (values > MAX_VALUES) {
            errors.add(Problem.of("/inputs", "would give " + values + " values, more than " + MAX_VALUES));
        }
    }

    /** @param values {@code [equation][sample][entry]}; null for a sample where the equation is undefined */
    private record Computed(double[][] @Nullable [] values, List<Undefined> undefined) {}

    private Computed compute(Network network, List<Expression> expressions, double[] parameters, double[][] inputs,
            Undefined.Choice choice) {
        var symbols = new ArrayList<Symbol>(network.parameters().symbols());
        symbols.add(network.inputs());
        Map<Symbol, double[]> shared = network.parameters().split(parameters);
        double[][] @Nullable [] values = Evaluation.watched(expressions, symbols, engines.byDefault())
                .evaluate(shared, Map.of(network.inputs(), inputs), inputs.length);
        var undefined = new ArrayList<Undefined>();
        for (int i = 0; i < values.length; i++) {
            double[] @Nullable [] ofEquation = values[i];
            int[] samples = IntStream.range(0, inputs.length)
                    .filter(s -> !Arrays.stream(requireNonNull(ofEquation[s])).allMatch(Double::isFinite)).toArray();
            double[][] rows = Arrays.stream(samples).mapToObj(s -> inputs[s]).toArray(double[][]::new);
            List<String> reasons = samples.length == 0 ? List.of()
                    : new Diagnosis(expressions.get(i), symbols, engines.byDefault())
                            .reasons(shared, Map.of(network.inputs(), rows), rows.length);
            for (int k = 0; k < samples.length; k++) {
                undefined.add(new Undefined(samples[k], i, reasons.get(k)));
                values[i][samples[k]] = null;
            }
        }
        if (choice == Undefined.Choice.REFUSE && !undefined.isEmpty()) {
            throw new InvalidException(undefined.stream().map(place -> Problem.of("/inputs/" + place.sample(),
                    "equation " + place.equation() + " is not a finite number there: " + place.reason())).toList());
        }
        return new Computed(values, undefined);
    }

    private static double[] parameters(EvaluationRequest request, Subject subject, List<Problem> errors) {
        if (request.parameters() == null) {
            if (subject.parameters().isEmpty()) {
                errors.add(Problem.of("/parameters", "is missing"));
            }
            return subject.parameters().orElseGet(() -> new double[subject.network().parameters().size()]);
        }
        return NetworkValues.parameters(request.parameters(), subject.network(), "/parameters", errors);
    }

    private static Object nest(Shape shape, double[] entries, int from) {
        if (shape.isScalar()) {
            return entries[from];
        }
        Shape part = shape.withoutLeading(1);
        return IntStream.range(0, shape.dimension(0)).mapToObj(i -> nest(part, entries, from + i * part.size()))
                .toList();
    }
}
