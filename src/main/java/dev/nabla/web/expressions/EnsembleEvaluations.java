package dev.nabla.web.expressions;

import static java.util.Objects.requireNonNull;

import dev.nabla.documents.Document;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Shape;
import dev.nabla.expression.Work;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.web.Ids;
import dev.nabla.web.Undefined;
import dev.nabla.web.expressions.EvaluationResponse.Result;
import dev.nabla.web.expressions.Evaluations.Plan;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Computes what equations describe for all models of an ensemble: their mean and their spread. */
@Service
public class EnsembleEvaluations {

    private final Subjects subjects;
    private final Evaluations evaluations;

    EnsembleEvaluations(Subjects subjects, Evaluations evaluations) {
        this.subjects = subjects;
        this.evaluations = evaluations;
    }

    /** @param document one that names an ensemble */
    EvaluationResponse evaluate(Document<EvaluationRequest> document) {
        List<String> equations = document.value().map(EvaluationRequest::equations).orElse(List.of());
        var members = new ArrayList<Member>();
        List<Plan> plans = document.checked((request, errors) -> {
            Ids.find("ensemble", requireNonNull(request.ensembleId()), "/ensembleId", errors, subjects::ensemble)
                    .ifPresent(members::addAll);
            if (members.isEmpty()) {
                Equations.requireSyntax(equations, errors);
            }
            return plans(members, equations, request.inputNames(), request.inputs(), errors);
        });
        Spread spread = spread(members, Equations.together(equations, () -> plans.stream().map(evaluations::compiled).toList()),
                document.valid().undefined());
        var results = new ArrayList<Result>();
        for (int i = 0; i < equations.size(); i++) {
            Shape shape = plans.getFirst().equated().expressions().get(i).shape();
            results.add(new Result(equations.get(i), shape.dimensions(), null, Evaluations.nested(shape, spread.mean()[i]),
                    Evaluations.nested(shape, spread.deviation()[i])));
        }
        return new EvaluationResponse(results, spread.undefined());
    }

    /** What the models say of the outputs. */
    public EnsemblePredictionResponse predict(List<Member> members, Document<PredictionRequest> document) {
        Evaluations.refuseDeviations(document, "are of one model; those of the models of an ensemble from their mean are answered anyway");
        List<Plan> plans = document.checked((request, errors) ->
                plans(members, List.of("outputs"), request.inputNames(), request.inputs(), errors));
        Spread spread = spread(members, plans, document.valid().undefined());
        return new EnsemblePredictionResponse(spread.mean()[0], spread.deviation()[0], spread.undefined());
    }

    private Spread spread(List<Member> members, List<Plan> plans, Undefined.Choice choice) {
        List<UUID> models = members.stream().map(Member::model).toList();
        Spread spread = Spread.of(models, plans.stream().map(evaluations::compute).toList());
        Evaluations.refuse(choice, spread.undefined());
        return spread;
    }

    private static List<Plan> plans(List<Member> members, List<String> equations, @Nullable List<String> inputNames,
            double @Nullable [][] inputs, List<Problem> errors) {
        var plans = new ArrayList<Plan>();
        for (Member member : members) {
            Network network = member.subject().network();
            var own = new ArrayList<Problem>();
            List<Expression> expressions = Equations.parse(equations, network.scope(), own);
            boolean isFirst = plans.isEmpty();
            if (isFirst) {
                Evaluations.requireFew(expressions, members.size() * (inputs == null ? 0 : inputs.length), own);
            }
            var equated = new Equated(Optional.empty(), network, expressions, member.subject().parameters().orElseThrow(),
                    Work.taken());
            plans.add(Evaluations.plan(equated, inputNames, inputs, Undefined.Choice.NULL, own));
            if (isFirst) {
                errors.addAll(own);
            } else if (errors.isEmpty()) {
                own.stream().map(problem -> new Problem(problem.pointer(), "for model " + member.model() + ": " + problem.detail(),
                        problem.position(), problem.namesNothing(), problem.isOfName())).forEach(errors::add);
                requireSameShapes(members.getFirst(), plans.getFirst(), member, plans.getLast(), errors);
            }
        }
        return plans;
    }

    private static void requireSameShapes(Member first, Plan ofFirst, Member member, Plan ofMember, List<Problem> errors) {
        for (int i = 0; errors.isEmpty() && i < ofFirst.equated().expressions().size(); i++) {
            Shape here = ofFirst.equated().expressions().get(i).shape();
            Shape there = ofMember.equated().expressions().get(i).shape();
            if (!here.equals(there)) {
                errors.add(Problem.of("/equations/" + i, "must have the same shape for all models: it is " + here + " for model "
                        + first.model() + " and " + there + " for model " + member.model()));
            }
        }
    }
}
