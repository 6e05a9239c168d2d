package dev.nabla.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.datasets.Samples;
import dev.nabla.documents.Words;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.problems.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/** What is read next to a loss that compares outputs ŷ with targets y; ŷ is a probability where the loss is an entropy. */
@Schema(description = "r2: 1 - sum (y - ŷ)^2 / sum (y - mean of y's column)^2 over samples and outputs. mae: the mean over samples "
        + "and outputs of |y - ŷ|. accuracy: the part of the samples whose largest output is that of the largest target; of one "
        + "output, and of every output with binary-cross-entropy, the part of those that are on the target's side of 0.5. ŷ is "
        + "the probability that logits are of, where the loss is an entropy.")
public enum Metric {

    @JsonProperty("r2") R2,
    @JsonProperty("mae") MAE,
    @JsonProperty("accuracy") ACCURACY;

    public static final String DESCRIPTION = "What is computed beside the loss after the last update of every epoch, of the "
            + "rows of validation where there are any, else of those of training.";

    /** What is wrong with metrics of a loss, with pointers that begin at their list. */
    public static List<Problem> problems(List<Metric> metrics, Objective loss) {
        var problems = new ArrayList<Problem>();
        if (!(loss instanceof Loss)) {
            problems.add(Problem.of("", "are of a loss that compares outputs with targets, which have a name: "
                    + String.join(", ", Words.of(Loss.class).words())));
            return problems;
        }
        for (int i = 0; i < metrics.size(); i++) {
            if (metrics.indexOf(metrics.get(i)) < i) {
                problems.add(Problem.of("/" + i, "must not be there twice"));
            }
            if (metrics.get(i) == ACCURACY && loss == Loss.HAMILTONIAN) {
                problems.add(Problem.of("/" + i, "is of classes, and the targets of hamiltonian are derivatives"));
            }
        }
        return problems;
    }

    /** The same of metrics for these rows. */
    public static List<Problem> problems(List<Metric> metrics, Samples rows) {
        return metrics.contains(R2) && squaredDeviations(rows) == 0 ? List.of(Problem.of("/" + metrics.indexOf(R2),
                "is undefined where the targets of all rows that it is of are the same")) : List.of();
    }

    /** Σ (y − ȳ)² over samples and columns, ȳ the mean of the column; 0 of a column whose numbers are all the same. */
    static double squaredDeviations(Samples samples) {
        int columns = samples.targetDimension();
        double[] targets = samples.targets();
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            double mean = 0;
            boolean isConstant = true;
            for (int i = column; i < targets.length; i += columns) {
                mean += targets[i] / samples.size();
                isConstant &= targets[i] == targets[column];
            }
            for (int i = column; i < targets.length && !isConstant; i += columns) {
                sum += (targets[i] - mean) * (targets[i] - mean);
            }
        }
        return sum;
    }
}
