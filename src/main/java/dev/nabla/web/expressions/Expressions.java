package dev.nabla.web.expressions;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.Document;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.UndefinedException;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.language.Scope;
import dev.nabla.losses.InvalidLossException;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.PrintTooLargeException;
import dev.nabla.rendering.Renderer;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.StoredDataset;
import dev.nabla.web.Ids;
import dev.nabla.web.expressions.ExpressionResponse.Result;
import dev.nabla.web.limits.RequestLimits;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Subject;
import dev.nabla.web.trainings.DatasetFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Builds and prints the expressions that equations describe. */
@Service
class Expressions {

    private final Subjects subjects;
    private final Datasets datasets;
    private final long maxPrintSize;

    Expressions(Subjects subjects, Datasets datasets, RequestLimits limits) {
        this.subjects = subjects;
        this.datasets = datasets;
        this.maxPrintSize = limits.maxPrintSize();
    }

    /** A request in which everything fits, but perhaps with too much to print. */
    private record Plan(Subject subject, List<String> equations, List<Expression> expressions) {}

    ExpressionResponse print(Document<ExpressionRequest> document) {
        return document.checked((request, errors) -> {
            Form form = choice(request.form(), Form.SCALAR, Form.values(), "/form", errors);
            Format format = choice(request.format(), Format.LATEX, Format.values(), "/format", errors);
            Optional<Plan> plan = subjects.find(document, request.network(), request.networkId(), request.modelId())
                    .flatMap(subject -> plan(document, request, subject, errors));
            return plan.filter(_ -> errors.isEmpty() && document.isSound())
                    .map(p -> new ExpressionResponse(results(p, request, form, format, errors)));
        }).orElseThrow();
    }

    private Optional<Plan> plan(Document<?> document, ExpressionRequest request, Subject subject, List<Problem> errors) {
        List<String> equations = request.equations();
        return equations == null ? Optional.empty() : scope(document, request, subject.network(), errors)
                .map(scope -> new Plan(subject, equations, Equations.parse(equations, scope, errors)));
    }

    private List<Result> results(Plan plan, ExpressionRequest request, Form form, Format format, List<Problem> errors) {
        var results = new ArrayList<Result>();
        for (int i = 0; i < plan.expressions().size(); i++) {
            try {
                Expression expression = request.substituteParameters()
                        ? withParameters(plan.expressions().get(i), plan.subject()) : plan.expressions().get(i);
                results.add(Result.of(plan.equations().get(i), expression, Renderer.render(expression,
                        plan.subject().network().notation(), form, format, request.shareSubexpressions(),
                        request.digits() == null ? ExpressionRequest.MOST_DIGITS : request.digits(), maxPrintSize),
                        form == Form.SCALAR));
            } catch (PrintTooLargeException | UndefinedException | WorkLimitException e) {
                errors.add(Problem.of("/equations/" + i, e.getMessage()));
            }
        }
        return results;
    }

    /** What equations may name; empty where the loss is wrong, whose errors are added. */
    private Optional<Scope> scope(Document<?> document, ExpressionRequest request, Network network, List<Problem> errors) {
        Objective loss = request.loss();
        if (loss == null || !document.isSound("/loss")) {
            return loss == null && document.isSound("/loss") ? Optional.of(network.scope()) : Optional.empty();
        }
        Optional<Samples> columns = Optional.ofNullable(request.datasetId()).map(this::columns);
        Map<UUID, Samples> others = new HashMap<>();
        loss.datasets().forEach(id -> others.put(id, columns(id.toString())));
        var misfits = new ArrayList<Problem>();
        DatasetFit.require(network, loss, columns, "/datasetId", others, misfits);
        errors.addAll(misfits);
        try {
            return misfits.isEmpty() ? Optional.of(loss.scope(network, columns, others)) : Optional.empty();
        } catch (InvalidLossException e) {
            errors.addAll(e.problems("/loss"));
            return Optional.empty();
        }
    }

    private Samples columns(String datasetId) {
        StoredDataset dataset = Ids.require("dataset", datasetId, datasets::find);
        return new Samples(dataset.inputNames(), dataset.targetNames(), new double[0], new double[0]);
    }

    private static Expression withParameters(Expression expression, Subject subject) {
        Network network = subject.network();
        Map<Expression, Expression> values = new HashMap<>();
        network.parameters().split(subject.parameters().orElseThrow()).forEach((symbol, entries) -> values.put(symbol,
                LinearAlgebra.array(symbol.shape(), Arrays.stream(entries).mapToObj(Arithmetic::constant).toList())));
        return Graph.substitute(expression, values);
    }

    /** The choice of this name in lower case; {@code otherwise} where it is left out. */
    static <E extends Enum<E>> E choice(@Nullable String text, E otherwise, E[] choices, String pointer,
            List<Problem> errors) {
        if (text == null) {
            return otherwise;
        }
        Optional<E> chosen = Arrays.stream(choices).filter(choice -> text(choice).equals(text)).findFirst();
        if (chosen.isEmpty()) {
            errors.add(Problem.of(pointer, "must be one of "
                    + String.join(", ", Arrays.stream(choices).map(Expressions::text).toList()) + ", was '" + text + "'"));
        }
        return chosen.orElse(otherwise);
    }

    private static String text(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
