package dev.nabla.web.expressions;

import static java.util.Objects.requireNonNull;

import dev.nabla.datasets.Samples;
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
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.rendering.Form;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.PrintTooLargeException;
import dev.nabla.rendering.Renderer;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.StoredDataset;
import dev.nabla.web.Ids;
import dev.nabla.web.expressions.ExpressionResponse.Result;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Subject;
import dev.nabla.web.trainings.DatasetFit;
import dev.nabla.web.trainings.TrainingRequestReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** Builds and prints the expressions that equations describe. */
@Service
class Expressions {

    private final Subjects subjects;
    private final Datasets datasets;
    private final long maxPrintSize;

    Expressions(Subjects subjects, Datasets datasets, @Value("${nabla.max-print-size}") long maxPrintSize) {
        this.subjects = subjects;
        this.datasets = datasets;
        this.maxPrintSize = maxPrintSize;
    }

    ExpressionResponse print(ExpressionRequest request) {
        var errors = new ArrayList<Problem>();
        Form form = choice(request.form(), Form.SCALAR, Form.values(), "/form", errors);
        Format format = choice(request.format(), Format.LATEX, Format.values(), "/format", errors);
        boolean substitute = Boolean.TRUE.equals(request.substituteParameters());
        if (substitute && request.modelId() == null) {
            errors.add(Problem.of("/substituteParameters", "takes the parameters of a model, so modelId is needed"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        Subject subject = subjects.find(request.network(), request.networkId(), request.modelId());
        List<Expression> expressions = Equations.parse(request.equations(), scope(request, subject.network()));
        var results = new ArrayList<Result>();
        for (int i = 0; i < expressions.size(); i++) {
            try {
                Expression expression = substitute ? withParameters(expressions.get(i), subject) : expressions.get(i);
                results.add(Result.of(requireNonNull(request.equations()).get(i), expression,
                        Renderer.render(expression, subject.network().notation(), form, format,
                        Boolean.TRUE.equals(request.shareSubexpressions()), maxPrintSize), form == Form.SCALAR));
            } catch (PrintTooLargeException | UndefinedException | WorkLimitException e) {
                errors.add(Problem.of("/equations/" + i, e.getMessage()));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        return new ExpressionResponse(results);
    }

    private Scope scope(ExpressionRequest request, Network network) {
        var errors = new ArrayList<Problem>();
        if (request.loss() == null) {
            if (request.datasetId() != null) {
                throw new InvalidException(List.of(Problem.of("/datasetId", "is of use with a loss only")));
            }
            return network.scope();
        }
        Objective loss = new TrainingRequestReader(errors).loss(request.loss());
        Optional<Samples> columns = Optional.ofNullable(request.datasetId()).map(this::columns);
        Map<UUID, Samples> others = new HashMap<>();
        loss.datasets().forEach(id -> others.put(id, columns(id.toString())));
        DatasetFit.require(network, loss, columns, "/datasetId", others, errors);
        try {
            if (errors.isEmpty()) {
                return loss.scope(network, columns, others);
            }
        } catch (InvalidLossException e) {
            errors.addAll(e.problems("/loss"));
        }
        throw new InvalidException(errors);
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
