package dev.nabla.web.expressions;

import static java.util.Objects.requireNonNull;

import dev.nabla.documents.Document;
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
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
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

    /** A request in which everything fits. */
    record Plan(Network network, List<Expression> expressions, double[] parameters, double[][] inputs,
            Undefined.Choice choice) {}

    EvaluationResponse evaluate(Document<EvaluationRequest> document) {
        List<String> equations = document.value().map(EvaluationRequest::equations).orElse(List.of());
        Plan plan = document.checked((request, errors) -> {
            Optional<Subject> subject = subjects.find(document, request.network(), request.networkId(), request.modelId(), errors);
            if (subject.isEmpty()) {
                Equations.requireSyntax(request.equations(), errors);
            }
            return subject.map(known -> plan(document, request, known, errors));
        }).orElseThrow();
        Computed computed = compute(plan);
        var results = new ArrayList<Result>();
        for (int i = 0; i < plan.expressions().size(); i++) {
            Shape shape = plan.expressions().get(i).shape();
            results.add(new Result(equations.get(i), shape.dimensions(), nested(shape, computed.values()[i]), null, null));
        }
        return new EvaluationResponse(results, computed.undefined());
    }

    /** Every sample nested as the shape says; null where it is. */
    static List<@Nullable Object> nested(Shape shape, double[] @Nullable [] samples) {
        return new Values(samples.length, sample -> {
            double[] entries = samples[sample];
            return entries == null ? null : nest(shape, entries, 0);
        });
    }

    private static Plan plan(Document<?> document, EvaluationRequest request, Subject subject, List<Problem> errors) {
        Network network = subject.network();
        List<Expression> expressions = request.equations() == null ? List.of()
                : Equations.parse(request.equations(), network.scope(), errors);
        double[] parameters = parameters(document, request, subject, errors);
        return plan(network, expressions, parameters, request.inputNames(), request.inputs(), request.undefined(), errors);
    }

    /** The outputs of a model. */
    public PredictionResponse predict(Subject model, Document<PredictionRequest> document) {
        Network network = model.network();
        Computed computed = compute(document.checked((request, errors) -> plan(network, List.of(network.outputs()),
                model.parameters().orElseThrow(), request.inputNames(), request.inputs(), request.undefined(), errors)));
        return new PredictionResponse(computed.values()[0], computed.undefined());
    }

    static Plan plan(Network network, List<Expression> expressions, double[] parameters,
            @Nullable List<String> inputNames, double @Nullable [][] given, Undefined.Choice choice, List<Problem> errors) {
        InputNames names = InputNames.of(inputNames, network, errors);
        double[][] inputs = NetworkValues.inputs(given, "/inputs", network, errors);
        requireFew(expressions, inputs.length, errors);
        return new Plan(network, expressions, parameters, errors.isEmpty() ? names.toNetwork(inputs) : inputs, choice);
    }

    /** Adds an error if there would be more values than an answer may hold. */
    public static void requireFew(List<Expression> expressions, int samples, List<Problem> errors) {
        long values = expressions.stream().mapToLong(e -> (long) e.shape().size() * samples).sum();
        if (values > MAX_VALUES) {
            errors.add(Problem.of("/inputs", "would give " + values + " values, more than " + MAX_VALUES));
        }
    }

    /** @param values {@code [equation][sample][entry]}; null for a sample where the equation is undefined */
    record Computed(double[][] @Nullable [] values, List<Undefined> undefined) {}

    Computed compute(Plan plan) {
        Network network = plan.network();
        List<Expression> expressions = plan.expressions();
        double[][] inputs = plan.inputs();
        var symbols = new ArrayList<Symbol>(network.parameters().symbols());
        symbols.add(network.inputs());
        Map<Symbol, double[]> shared = network.parameters().split(plan.parameters());
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
        refuse(plan.choice(), undefined);
        return new Computed(values, undefined);
    }

    /** @throws InvalidException if there are such places and that is to be so */
    static void refuse(Undefined.Choice choice, List<Undefined> undefined) {
        if (choice == Undefined.Choice.REFUSE && !undefined.isEmpty()) {
            throw new InvalidException(undefined.stream().map(place -> Problem.of("/inputs/" + place.sample(),
                    "equation " + place.equation() + " is not a finite number there: " + place.reason())).toList());
        }
    }

    private static double[] parameters(Document<?> document, EvaluationRequest request, Subject subject,
            List<Problem> errors) {
        if (request.parameters() != null) {
            return NetworkValues.parameters(request.parameters(), subject.network(), "/parameters", errors);
        }
        if (subject.parameters().isEmpty() && document.isSound("/parameters")) {
            errors.add(Problem.of("/parameters", "is missing"));
        }
        return subject.parameters().orElseGet(() -> new double[0]);
    }

    /** The entries nested as the shape says; null for those that are not finite. */
    public static @Nullable Object nested(Shape shape, double[] entries) {
        return nest(shape, entries, 0);
    }

    private static @Nullable Object nest(Shape shape, double[] entries, int from) {
        if (shape.isScalar()) {
            return Double.isFinite(entries[from]) ? entries[from] : null;
        }
        Shape part = shape.withoutLeading(1);
        return new Values(shape.dimension(0), i -> nest(part, entries, from + i * part.size()));
    }

    /** Elements that are made when they are written, as all of them would take more memory than the numbers in them. */
    private static final class Values extends AbstractList<@Nullable Object> {

        private final int size;
        private final IntFunction<@Nullable Object> element;

        private Values(int size, IntFunction<@Nullable Object> element) {
            this.size = size;
            this.element = element;
        }

        @Override
        public @Nullable Object get(int index) {
            return element.apply(index);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
