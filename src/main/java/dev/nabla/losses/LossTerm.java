package dev.nabla.losses;

import static dev.nabla.expression.Arithmetic.apply;
import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.LinearAlgebra.broadcast;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.documents.Checked;
import dev.nabla.documents.OneOf;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.ScalarFunction;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.language.Growth;
import dev.nabla.language.Scope;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * weight · mean over samples of sample weight · loss of the equation.
 *
 * @param equation a value per sample, over the names of the network and the columns of the dataset
 * @param dataset where the samples are from, if not from the training's own dataset
 * @param loss what is made of the value
 * @param sampleWeight a scalar per sample over the same names as the equation; 1 if left out
 * @param sample points to be drawn, instead of a dataset
 */
public record LossTerm(
        @Schema(description = "A value per sample over the network's names and the dataset's columns, of which loss makes "
                + "the number that is averaged over the samples.", example = "D(z, x, x) + D(z, y, y)")
        String equation,
        @Schema(description = "The id of a stored dataset, or a dataset in its place, which is stored with the training; the "
                + "training's own if left out.")
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TermDataset> dataset,
        @Schema(example = "1") @Positive @JsonProperty(defaultValue = "1") double weight,
        @Schema(description = "What is made of the equation's value r in a sample, of an array the sum over its entries: "
                + "\"square\" r^2, \"absolute\" |r|, \"none\" r itself, which may be negative (an energy, or the negative "
                + "logarithm of a likelihood), or {\"huber\": d}: r^2 / 2 where |r| <= d, d (|r| - d/2) beyond. Their "
                + "derivative at r = 0 is 0, but for none.", example = "square")
        @JsonProperty(defaultValue = "square") TermLoss loss,
        @Schema(description = "A scalar per sample over the same names, which multiplies the loss of the sample: the term is "
                + "weight * (sum of sampleWeight * loss) / (number of samples), whatever the weights add up to. It is part of "
                + "the loss, so a gradient is also by what the network contributes to it. 1 if left out.", example = "1 + x^2")
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> sampleWeight,
        @Schema(description = "Points that the training draws, instead of a dataset: the same ones for the same seed.")
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PointSample> sample) implements Checked {

    /** weight · mean over samples of ‖equation‖². */
    public LossTerm(String equation, Optional<UUID> dataset, double weight) {
        this(equation, dataset.map(TermDataset::of), weight, TermLoss.Named.SQUARE, Optional.empty(), Optional.empty());
    }

    @Override
    public List<Problem> problems(Set<String> wrong) {
        return new OneOf(wrong).field("dataset", dataset.orElse(null)).field("sample", sample.orElse(null)).atMostOne().stream()
                .toList();
    }

    /** The stored dataset that it names; empty where it has the training's own, or one that is not stored yet. */
    public Optional<UUID> datasetId() {
        return dataset.flatMap(TermDataset::id);
    }

    /** The same on a stored dataset. */
    public LossTerm on(UUID stored) {
        return new LossTerm(equation, Optional.of(TermDataset.of(stored)), weight, loss, sampleWeight, Optional.empty());
    }

    /** Whether its samples are those of the training's own dataset. */
    public boolean usesOwnDataset() {
        return dataset.isEmpty() && sample.isEmpty();
    }

    /**
     * What is averaged over the samples.
     *
     * @param pointer of this term
     * @param problems where is added what is wrong; what is returned then is 0
     */
    PerSample perSample(Scope scope, String pointer, List<Problem> problems) {
        Optional<Expression> value = parsed(() -> Equation.parse(equation, scope), pointer + "/equation", problems);
        Optional<Expression> root = value.filter(_ -> loss == TermLoss.Named.SQUARE);
        Expression ofValue = value.map(loss::of).orElse(constant(0));
        return sampleWeight(scope, pointer, problems).map(factor -> new PerSample(product(factor, ofValue),
                root.filter(_ -> !(factor instanceof Expression.Constant number && number.value() < 0))
                        .map(r -> product(broadcast(apply(ScalarFunction.SQRT, factor), r.shape()), r))))
                .orElse(new PerSample(ofValue, root));
    }

    /**
     * What is averaged over the samples.
     *
     * @param loss a scalar
     * @param root an array whose squares add up to it, if that is what it is
     */
    record PerSample(Expression loss, Optional<Expression> root) {}

    /** Adds where its texts are no equations, whatever their names stand for. */
    void requireSyntax(String pointer, List<Problem> problems) {
        requireSyntax(equation, pointer + "/equation", problems);
        sampleWeight.ifPresent(text -> requireSyntax(text, pointer + "/sampleWeight", problems));
    }

    private static void requireSyntax(String equation, String pointer, List<Problem> problems) {
        Equation.faultOfSyntax(equation).ifPresent(e -> problems.add(Problem.at(pointer, e.getMessage(), e.position())));
    }

    /** How far the equation of a term that is right is from 0, the norm of an array. */
    Optional<Expression> residual(Scope scope) {
        return Growth.counted(() -> parsed(() -> Equation.parse(equation, scope), "", new ArrayList<>()))
                .map(LinearAlgebra::norm);
    }

    /** The weight of a sample, a scalar, if there is one. */
    Optional<Expression> sampleWeight(Scope scope, String pointer, List<Problem> problems) {
        String place = pointer + "/sampleWeight";
        return sampleWeight.flatMap(text -> parsed(() -> Equation.scalar(text, scope), place, problems));
    }

    private static Optional<Expression> parsed(Supplier<Expression> reading, String pointer, List<Problem> problems) {
        try {
            return Optional.of(reading.get());
        } catch (EquationException e) {
            problems.add(Problem.at(pointer, e.getMessage(), e.position()));
            return Optional.empty();
        }
    }
}
