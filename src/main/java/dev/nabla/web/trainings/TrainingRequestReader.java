package dev.nabla.web.trainings;

import static java.util.Objects.requireNonNull;

import dev.nabla.jobs.Engines;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.Objective;
import dev.nabla.optimizers.FirstOrderSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.problems.Problem;
import dev.nabla.training.EarlyStopping;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.ValidationSplit;
import dev.nabla.web.Ids;
import dev.nabla.web.json.NumberReader;
import dev.nabla.web.trainings.TrainingRequest.EarlyStoppingRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The settings of a training request, with what was left out filled in; errors are added to a list. */
public final class TrainingRequestReader {

    private static final int DEFAULT_EPOCHS = 100;
    private static final int DEFAULT_BATCH_SIZE = 32;
    private static final int MAX_TERMS = 100;
    private static final int MAX_EPOCHS = 10_000_000;

    /** A seed that is chosen here is below this, so that every JSON reader keeps it exactly. */
    private static final long SEED_BOUND = 1L << 53;

    private final NumberReader numbers;

    public TrainingRequestReader(List<Problem> errors) {
        this.numbers = new NumberReader(errors);
    }

    /** @param samples of the dataset, where it is known */
    TrainingSettings settings(TrainingRequest request, OptionalInt samples) {
        int epochs = request.epochs() == null ? DEFAULT_EPOCHS : request.epochs();
        OptimizerSettings optimizer = new OptimizerReader(numbers).read(request.optimizer());
        int batchSize = batchSize(request, optimizer, samples);
        Objective loss = loss(request.loss());
        numbers.require(request.validationFraction() == null || !(loss instanceof EquationLoss equations)
                || equations.terms().stream().anyMatch(term -> term.dataset().isEmpty()), "/validationFraction",
                "is of rows of the training's own dataset, which no term of the loss uses");
        numbers.require(epochs >= 1 && epochs <= MAX_EPOCHS, "/epochs",
                "must be between 1 and " + MAX_EPOCHS + ", was " + epochs);
        return new TrainingSettings(loss, Math.max(1, epochs), batchSize,
                request.shuffle() == null || request.shuffle(),
                request.seed() == null ? ThreadLocalRandom.current().nextLong(SEED_BOUND) : request.seed(),
                optimizer, gradientClipping(request.gradientClipping(), optimizer),
                validationFraction(request.validationFraction(), samples), earlyStopping(request.earlyStopping()));
    }

    String engine(TrainingRequest request, Engines engines) {
        String engine = request.engine() == null ? engines.byDefault().name() : request.engine();
        numbers.require(engines.named(engine).isPresent(), "/engine",
                "must be one of " + String.join(", ", engines.names()) + ", was '" + engine + "'");
        return engine;
    }

    public Objective loss(@Nullable LossRequest request) {
        String name = request == null ? "" : request.name();
        if (request != null && name == null) {
            return terms(request.terms());
        }
        Optional<Loss> loss = request == null ? Optional.of(Loss.MSE) : Loss.named(requireNonNull(name));
        numbers.require(loss.isPresent(), "/loss", "must be one of "
                + String.join(", ", Arrays.stream(Loss.values()).map(Loss::text).toList())
                + ", or an object of terms, was '" + name + "'");
        return loss.orElse(Loss.MSE);
    }

    private EquationLoss terms(@Nullable List<LossRequest.@Nullable Term> terms) {
        numbers.require(terms != null && !terms.isEmpty() && terms.size() <= MAX_TERMS, "/loss/terms",
                terms == null ? "is missing" : "must have between 1 and " + MAX_TERMS + " items, had " + terms.size());
        var read = new ArrayList<LossTerm>();
        for (int i = 0; terms != null && i < Math.min(terms.size(), MAX_TERMS); i++) {
            String pointer = "/loss/terms/" + i;
            LossRequest.Term term = terms.get(i);
            if (term == null || term.equation() == null) {
                numbers.require(false, term == null ? pointer : pointer + "/equation",
                        term == null ? "must not be null" : "is missing");
                continue;
            }
            double weight = numbers.positive(term.weight(), 1, pointer + "/weight");
            read.add(new LossTerm(term.equation(), Optional.ofNullable(term.dataset()).flatMap(id -> dataset(id, pointer)),
                    weight));
        }
        return new EquationLoss(read);
    }

    private Optional<UUID> dataset(String id, String pointer) {
        Optional<UUID> parsed = Ids.parse(id);
        numbers.require(parsed.isPresent(), pointer + "/dataset", "must be the id of a stored dataset");
        return parsed;
    }

    private int batchSize(TrainingRequest request, OptimizerSettings optimizer, OptionalInt samples) {
        if (request.batchSize() != null) {
            int least = optimizer instanceof LbfgsSettings ? samples.orElse(1) : 1;
            numbers.require(request.batchSize() >= least, "/batchSize", least == 1
                    ? "must be at least 1, was " + request.batchSize()
                    : "must be all " + least + " samples with lbfgs, or be left out, was " + request.batchSize());
            return Math.max(1, request.batchSize());
        }
        return optimizer instanceof LbfgsSettings ? samples.orElse(DEFAULT_BATCH_SIZE) : DEFAULT_BATCH_SIZE;
    }

    private OptionalDouble gradientClipping(@Nullable Double given, OptimizerSettings optimizer) {
        numbers.require(given == null || optimizer instanceof FirstOrderSettings, "/gradientClipping",
                "does not belong to '" + LbfgsSettings.TYPE + "', whose line search limits the step");
        return given == null ? OptionalDouble.empty()
                : OptionalDouble.of(numbers.positive(given, given, "/gradientClipping"));
    }

    private OptionalDouble validationFraction(@Nullable Double given, OptionalInt samples) {
        if (given == null) {
            return OptionalDouble.empty();
        }
        if (!(given > 0 && given < 1)) {
            numbers.require(false, "/validationFraction", "must be above 0 and below 1, was " + given);
            return OptionalDouble.empty();
        }
        if (samples.isPresent()) {
            int rows = ValidationSplit.validationRows(samples.getAsInt(), given);
            if (rows == 0 || rows == samples.getAsInt()) {
                numbers.require(false, "/validationFraction", "must leave rows on both sides, gives " + rows + " of "
                        + samples.getAsInt() + " to validation");
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.of(given);
    }

    private Optional<EarlyStopping> earlyStopping(@Nullable EarlyStoppingRequest request) {
        return request == null ? Optional.empty() : Optional.of(new EarlyStopping(
                numbers.atLeast1(numbers.given(request.patience(), 1, "/earlyStopping/patience"),
                        "/earlyStopping/patience"),
                numbers.notNegative(request.minDelta(), 0, "/earlyStopping/minDelta")));
    }
}
