package dev.nabla.web.expressions;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.Document;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.UndefinedException;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.language.Identifier;
import dev.nabla.language.Scope;
import dev.nabla.losses.InvalidLossException;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.problems.Problem;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.PrintTooLargeException;
import dev.nabla.rendering.Renderer;
import dev.nabla.rendering.names.Notation;
import dev.nabla.storage.Datasets;
import dev.nabla.web.Ids;
import dev.nabla.web.Query;
import dev.nabla.web.expressions.ExpressionResponse.Result;
import dev.nabla.web.limits.RequestLimits;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Subject;
import dev.nabla.web.datasets.DatasetReader;
import dev.nabla.web.trainings.DatasetFit;
import dev.nabla.web.trainings.TermSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import org.springframework.stereotype.Service;

/** Builds and prints the expressions that equations describe. */
@Service
class Expressions {

    private final Subjects subjects;
    private final Datasets datasets;
    private final DatasetReader datasetReader;
    private final long maxPrintSize;

    Expressions(Subjects subjects, Datasets datasets, DatasetReader datasetReader, RequestLimits limits) {
        this.subjects = subjects;
        this.datasets = datasets;
        this.datasetReader = datasetReader;
        this.maxPrintSize = limits.maxPrintSize();
    }

    /** A request in which everything fits, but perhaps with too much to print. */
    private record Plan(Subject subject, List<String> equations, List<Expression> expressions, Notation notation) {}

    /** What equations may name: all of it, or where something is wrong, what they may name for certain. */
    private record Names(Scope scope, boolean areAll) {

        /** With δ of the loss where there is one, as textbooks have it. */
        Notation notation(Network network) {
            return scope.resolve(Identifier.LOSS).filter(loss -> loss.shape().rank() == 0).map(network::notation)
                    .orElseGet(network::notation);
        }
    }

    /** How expressions are printed. */
    record Style(Form form, Format format, boolean shareSubexpressions, int digits) {}

    ExpressionResponse print(Document<ExpressionRequest> document) {
        return document.checked((request, errors) -> {
            Optional<Subject> subject = subjects.find(document, request.network(), request.networkId(), request.modelId(),
                    errors);
            Optional<Samples> columns = Optional.ofNullable(request.datasetId())
                    .flatMap(id -> Ids.find("dataset", id, "/datasetId", errors, this::columns));
            Optional<TermSamples> ofTerms = Optional.ofNullable(request.loss())
                    .flatMap(given -> DatasetFit.readable(document, given))
                    .map(given -> TermSamples.of(document, given, datasetReader, this::columns, errors));
            Optional<Objective> loss = ofTerms.map(TermSamples::loss);
            Map<UUID, Samples> others = ofTerms.map(TermSamples::samples).orElse(Map.of());
            if (subject.isEmpty()) {
                Equations.requireSyntax(request.equations(), errors);
                loss.ifPresent(given -> DatasetFit.requireSyntax(given, errors));
            }
            Optional<Plan> plan = subject.flatMap(known -> plan(request, known,
                    names(document, request, known.network(), loss, columns, others, errors), errors));
            return plan.filter(_ -> errors.isEmpty() && document.isSound()).map(p -> response(p, results(p,
                    request.substituteParameters(), new Style(request.form(), request.format(),
                            request.shareSubexpressions(), request.digits()), i -> "/equations/" + i, errors)));
        }).orElseThrow();
    }

    /** Prints one equation of a query. */
    ExpressionResponse print(NetworkDefinition definition, Optional<String> equation, Style style, Query query) {
        var subject = new Subject(Network.of(definition), Optional.empty(), Optional.empty());
        List<Expression> expressions = equation.flatMap(text ->
                Equations.parse(text, "/equation", subject.network().scope(), query.errors())).stream().toList();
        query.requireRight();
        var plan = new Plan(subject, equation.stream().toList(), expressions, subject.network().notation());
        List<Result> results = results(plan, false, style, _ -> "/equation", query.errors());
        query.requireRight();
        return response(plan, results);
    }

    private static ExpressionResponse response(Plan plan, List<Result> results) {
        return new ExpressionResponse(results, plan.subject().network().parameters().size());
    }

    private static Optional<Plan> plan(ExpressionRequest request, Subject subject, Names names, List<Problem> errors) {
        List<String> equations = request.equations();
        return equations == null ? Optional.empty() : Optional.of(new Plan(subject, equations, names.areAll()
                ? Equations.parse(equations, names.scope(), errors)
                : Equations.parseKnown(equations, names.scope(), errors), names.notation(subject.network())));
    }

    private List<Result> results(Plan plan, boolean substituteParameters, Style style, IntFunction<String> pointer,
            List<Problem> errors) {
        var results = new ArrayList<Result>();
        for (int i = 0; i < plan.expressions().size(); i++) {
            try {
                Expression expression = substituteParameters
                        ? withParameters(plan.expressions().get(i), plan.subject()) : plan.expressions().get(i);
                results.add(Result.of(plan.equations().get(i), expression, Renderer.render(expression,
                        plan.notation(), style.form(), style.format(), style.shareSubexpressions(), style.digits(),
                        maxPrintSize), style.form() == Form.SCALAR));
            } catch (PrintTooLargeException | UndefinedException | WorkLimitException e) {
                errors.add(Problem.of(pointer.apply(i), e.getMessage()));
            }
        }
        return results;
    }

    /** @param loss empty where there is none, or none that can be read */
    private static Names names(Document<?> document, ExpressionRequest request, Network network, Optional<Objective> loss,
            Optional<Samples> columns, Map<UUID, Samples> others, List<Problem> errors) {
        if (loss.isEmpty()) {
            return new Names(network.scope(), document.isSound("/loss"));
        }
        int before = errors.size();
        DatasetFit fit = DatasetFit.of(network, loss, columns, "/datasetId", others, errors);
        boolean isWhole = document.isSound("/loss") && document.isSound("/datasetId") && errors.size() == before
                && (request.datasetId() == null || columns.isPresent())
                && others.keySet().containsAll(loss.get().datasets());
        if (!isWhole) {
            fit.requireUnderstood(document, network, loss.get(), errors);
            return new Names(fit.scope(network), false);
        }
        try {
            return new Names(loss.get().scope(network, columns, others), true);
        } catch (InvalidLossException e) {
            errors.addAll(e.problems("/loss"));
            return new Names(fit.scope(network), false);
        }
    }

    private Optional<Samples> columns(UUID datasetId) {
        return datasets.find(datasetId).map(dataset ->
                new Samples(dataset.inputNames(), dataset.targetNames(), new double[0], new double[0]));
    }

    private static Expression withParameters(Expression expression, Subject subject) {
        return Graph.withValues(expression, subject.network().parameters().split(subject.parameters().orElseThrow()));
    }
}
