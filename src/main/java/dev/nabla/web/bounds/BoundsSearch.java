package dev.nabla.web.bounds;

import static java.util.Objects.requireNonNull;

import dev.nabla.bounds.Bounds;
import dev.nabla.datasets.points.Range;
import dev.nabla.documents.Document;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Interval;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.web.bounds.BoundsResponse.Result;
import dev.nabla.web.expressions.Equations;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;

/** Looks for the bounds that a request asks for. */
@Service
class BoundsSearch {

    /** Each is looked for on its own. */
    private static final int MOST_ENTRIES = 1000;

    private final Subjects subjects;

    BoundsSearch(Subjects subjects) {
        this.subjects = subjects;
    }

    /** A request in which everything fits. */
    private record Plan(Network network, double[] parameters, List<Expression> expressions, Interval[] box) {}

    BoundsResponse find(Document<BoundsRequest> document) {
        BoundsRequest request = document.value().orElse(null);
        Plan plan = document.checked((asked, errors) -> plan(document, asked, errors)).orElseThrow();
        BoundsRequest known = requireNonNull(request);
        List<String> equations = requireNonNull(known.equations());
        List<Bounds> bounds = Bounds.of(plan.expressions(), plan.network().inputs(), plan.network().parameters().split(plan.parameters()),
                plan.box(), known.tolerance(), known.maxBoxes());
        return new BoundsResponse(IntStream.range(0, equations.size()).mapToObj(i ->
                Result.of(equations.get(i), plan.expressions().get(i).shape(), bounds.get(i))).toList());
    }

    private Optional<Plan> plan(Document<?> document, BoundsRequest request, List<Problem> errors) {
        Optional<Subject> model = subjects.find(document, null, null, request.modelId(), errors);
        if (model.isEmpty() || request.equations() == null || request.box() == null) {
            Equations.requireSyntax(request.equations(), errors);
            return Optional.empty();
        }
        Network network = model.get().network();
        List<Expression> expressions = Equations.parse(request.equations(), network.scope(), errors);
        int entries = expressions.stream().mapToInt(expression -> expression.shape().size()).sum();
        if (entries > MOST_ENTRIES) {
            errors.add(Problem.of("/equations", "have " + entries + " entries together, more than " + MOST_ENTRIES
                    + ": every one has bounds of its own"));
        }
        Interval[] box = box(request.box(), network.definition().inputs(), errors);
        return Optional.of(new Plan(network, model.get().parameters().orElseThrow(), expressions, box));
    }

    private static Interval[] box(Map<String, Range> ranges, List<String> inputs, List<Problem> errors) {
        inputs.stream().filter(name -> !ranges.containsKey(name)).forEach(name ->
                errors.add(Problem.of("/box", "has no range of the input '" + name + "'")));
        ranges.keySet().stream().filter(name -> !inputs.contains(name)).forEach(name ->
                errors.add(Problem.of("/box/" + Problem.token(name),
                        "is no input of the network, which has " + String.join(", ", inputs))));
        return inputs.stream().map(ranges::get).map(range -> range == null ? Interval.ALL : new Interval(range.low(), range.high()))
                .toArray(Interval[]::new);
    }
}
