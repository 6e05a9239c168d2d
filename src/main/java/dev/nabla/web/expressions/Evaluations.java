package dev.nabla.web.expressions;

import static java.util.Objects.requireNonNull;

import dev.nabla.documents.Document;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.expression.Work.Taken;
import dev.nabla.jobs.Engines;
import dev.nabla.network.Network;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.program.Diagnosis;
import dev.nabla.storage.FoundModel;
import dev.nabla.storage.ModelReference;
import dev.nabla.storage.Models;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Computes what equations describe. */
@Service
public class Evaluations {

    /** The most numbers that one answer may hold. */
    private static final long MAX_VALUES = 10_000_000;

    private final Models models;
    private final Subjects subjects;
    private final Engines engines;
    private final KeptPrograms programs;
    private final LearnedOutputs learned;

    Evaluations(Models models, Subjects subjects, Engines engines, KeptPrograms programs, LearnedOutputs learned) {
        this.models = models;
        this.subjects = subjects;
        this.engines = engines;
        this.programs = programs;
        this.learned = learned;
    }

    /**
     * A request in which everything fits.
     *
     * @param inputs a row for every sample, in the order of the network
     */
    public record Plan(Equated equated, double[][] inputs, Undefined.Choice choice) {

        private List<Expression> expressions() {
            return equated.expressions();
        }
    }

    EvaluationResponse evaluate(Document<EvaluationRequest> document) {
        List<String> equations = document.value().map(EvaluationRequest::equations).orElse(List.of());
        Plan plan = plan(document);
        Computed computed = compute(Equations.together(equations, () -> compiled(plan)));
        var results = new ArrayList<Result>();
        for (int i = 0; i < plan.expressions().size(); i++) {
            Shape shape = plan.expressions().get(i).shape();
            results.add(new Result(equations.get(i), shape.dimensions(), nested(shape, computed.values()[i]), null, null));
        }
        return new EvaluationResponse(results, computed.undefined());
    }

    private Plan plan(Document<EvaluationRequest> document) {
        return document.checked((request, errors) -> {
            Optional<Equated> equated = equated(document, request, errors);
            if (equated.isEmpty()) {
                Equations.requireSyntax(request.equations(), errors);
            }
            return equated.map(known -> plan(known, request.inputNames(), request.inputs(), request.undefined(), errors));
        }).orElseThrow();
    }

    /** Every sample nested as the shape says; null where it is. */
    static List<@Nullable Object> nested(Shape shape, double[] @Nullable [] samples) {
        return new Values(samples.length, sample -> {
            double[] entries = samples[sample];
            return entries == null ? null : nest(shape, entries, 0);
        });
    }

    /**
     * The values of the equations in columns: those of a scalar by the equation, those of an array by its entries.
     *
     * @throws InvalidException also if it is about an ensemble
     */
    Columns columns(Document<EvaluationRequest> document) {
        if (document.value().filter(request -> request.ensembleId() != null).isPresent()) {
            throw new InvalidException(List.of(Problem.of("/ensembleId", "is answered in JSON only: accept application/json")));
        }
        List<String> equations = document.value().map(EvaluationRequest::equations).orElse(List.of());
        Plan plan = plan(document);
        Computed computed = compute(Equations.together(equations, () -> compiled(plan)));
        return columns(plan, computed, IntStream.range(0, plan.expressions().size()).boxed()
                .flatMap(i -> entries(equations.get(i), plan.expressions().get(i).shape())).toList());
    }

    private static Stream<String> entries(String equation, Shape shape) {
        return shape.isScalar() ? Stream.of(equation) : IntStream.range(0, shape.size()).mapToObj(entry -> equation + "["
                + shape.index(entry).stream().map(i -> String.valueOf(i + 1)).collect(Collectors.joining(",")) + "]");
    }

    private static Columns columns(Plan plan, Computed computed, List<String> names) {
        List<Shape> shapes = plan.expressions().stream().map(Expression::shape).toList();
        int[] sizes = shapes.stream().mapToInt(Shape::size).toArray();
        return new Columns(names, shapes.size() > 1 ? List.of() : Stream.concat(Stream.of(plan.inputs().length),
                shapes.getFirst().dimensions().stream()).toList(), plan.inputs().length, s -> {
                    double[] row = new double[names.size()];
                    int column = 0;
                    for (int i = 0; i < sizes.length; i++) {
                        double[] values = computed.values()[i][s];
                        for (int e = 0; e < sizes[i]; e++) {
                            row[column++] = values == null ? Double.NaN : values[e];
                        }
                    }
                    return row;
                });
    }

    /** The outputs of a model in columns by their names. */
    public Optional<Columns> predictColumns(ModelReference model, Document<PredictionRequest> document) {
        refuseDeviations(document, "are answered in JSON only: accept application/json");
        return predicted(model, document).map(predicted -> columns(predicted.plan(), predicted.computed(),
                predicted.plan().equated().network().definition().outputs()));
    }

    private record Predicted(Plan plan, Computed computed) {}

    private Optional<Equated> equated(Document<EvaluationRequest> document, EvaluationRequest request, List<Problem> errors) {
        Taken before = Work.taken();
        Optional<Equated.Key> key = Optional.ofNullable(request.modelId())
                .filter(_ -> document.isSound() && request.parameters() == null).flatMap(models::resolve)
                .map(model -> new Equated.Key(model, requireNonNull(request.equations())));
        return key.flatMap(programs::find).or(() -> subjects.find(document, request.network(), request.networkId(),
                request.modelId(), errors).map(subject -> {
                    Network network = subject.network();
                    List<Expression> expressions = request.equations() == null ? List.of()
                            : Equations.parse(request.equations(), network.scope(), errors);
                    return new Equated(key, network, expressions, parameters(document, request, subject, errors), before);
                }));
    }

    /** The outputs of a model, if there is one that is called so. */
    public Optional<PredictionResponse> predict(ModelReference model, Document<PredictionRequest> document) {
        return predicted(model, document).map(predicted -> {
            double[] @Nullable [] outputs = predicted.computed().values()[0];
            if (!document.valid().standardDeviations()) {
                return new PredictionResponse(outputs, null, predicted.computed().undefined());
            }
            var undefined = new ArrayList<>(predicted.computed().undefined());
            double[] @Nullable [] deviations = learned.deviations(predicted.plan(), outputs, undefined);
            refuse(predicted.plan().choice(), undefined);
            return new PredictionResponse(outputs, deviations, undefined);
        });
    }

    /** @throws InvalidException if they are asked for */
    static void refuseDeviations(Document<PredictionRequest> document, String why) {
        if (document.value().filter(PredictionRequest::standardDeviations).isPresent()) {
            throw new InvalidException(List.of(Problem.of(LearnedOutputs.POINTER, why)));
        }
    }

    private Optional<Predicted> predicted(ModelReference model, Document<PredictionRequest> document) {
        return models.resolve(model).flatMap(found -> about(found, List.of(Network.OUTPUTS), _ -> "", new ArrayList<>()))
                .map(outputs -> {
                    Plan plan = document.checked((request, errors) ->
                            plan(outputs, request.inputNames(), request.inputs(), request.undefined(), errors));
                    return new Predicted(plan, compute(plan));
                });
    }

    /**
     * Equations about a model, if it still is there; what is wrong with them is added to the errors.
     *
     * @param pointer where the equation of a number is
     */
    public Optional<Equated> about(FoundModel model, List<String> equations, IntFunction<String> pointer, List<Problem> errors) {
        Taken before = Work.taken();
        var key = new Equated.Key(model, equations);
        return programs.find(key).or(() -> subjects.model(model.id()).map(subject -> new Equated(Optional.of(key), subject.network(),
                Equations.parse(equations, pointer, subject.network().scope(), errors), subject.parameters().orElseThrow(),
                before)));
    }

    static Plan plan(Equated equated, @Nullable List<String> inputNames, double @Nullable [][] given, Undefined.Choice choice,
            List<Problem> errors) {
        Network network = equated.network();
        InputNames names = InputNames.of(inputNames, network, errors);
        double[][] inputs = NetworkValues.inputs(given, "/inputs", network, errors);
        requireFew(equated.expressions(), inputs.length, errors);
        return new Plan(equated, errors.isEmpty() ? names.toNetwork(inputs) : inputs, choice);
    }

    /** Adds an error if there would be more values than an answer may hold. */
    public static void requireFew(List<Expression> expressions, int samples, List<Problem> errors) {
        long values = expressions.stream().mapToLong(e -> (long) e.shape().size() * samples).sum();
        if (values > MAX_VALUES) {
            errors.add(Problem.of("/inputs", "would give " + values + " values, more than " + MAX_VALUES));
        }
    }

    /** @param values {@code [equation][sample][entry]}; null for a sample where the equation is undefined */
    public record Computed(double[][] @Nullable [] values, List<Undefined> undefined) {}

    /** The same, its equations compiled if that was not done before. */
    Plan compiled(Plan plan) {
        plan.equated().compile(engines.byDefault());
        return plan;
    }

    /** Computes all equations, compiled first if that was not done before. */
    public Computed compute(Plan plan) {
        Equated equated = plan.equated();
        Symbol variable = equated.network().inputs();
        double[][] inputs = plan.inputs();
        compiled(plan);
        double[][] @Nullable [] values = equated.evaluate(inputs);
        programs.keep(equated);
        var undefined = new ArrayList<Undefined>();
        for (int i = 0; i < values.length; i++) {
            double[] @Nullable [] ofEquation = values[i];
            int[] samples = IntStream.range(0, inputs.length).filter(s -> !areFinite(requireNonNull(ofEquation[s]))).toArray();
            double[][] rows = Arrays.stream(samples).mapToObj(s -> inputs[s]).toArray(double[][]::new);
            List<String> reasons = samples.length == 0 ? List.of()
                    : new Diagnosis(equated.expressions().get(i), equated.symbols(), engines.byDefault())
                            .reasons(equated.parameters(), Map.of(variable, rows), rows.length);
            for (int k = 0; k < samples.length; k++) {
                undefined.add(new Undefined(samples[k], i, reasons.get(k)));
                values[i][samples[k]] = null;
            }
        }
        refuse(plan.choice(), undefined);
        return new Computed(values, undefined);
    }

    private static boolean areFinite(double[] entries) {
        for (double entry : entries) {
            if (!Double.isFinite(entry)) {
                return false;
            }
        }
        return true;
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
