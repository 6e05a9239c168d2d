package dev.nabla.web;

import dev.nabla.jobs.Engines;
import dev.nabla.training.AdamSettings;
import dev.nabla.training.EquationLoss;
import dev.nabla.training.Loss;
import dev.nabla.training.LossTerm;
import dev.nabla.training.Objective;
import dev.nabla.training.TrainingSettings;
import dev.nabla.web.TrainingRequest.OptimizerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The settings of a training request, with what was left out filled in; errors are added to a list. */
final class TrainingRequestReader {

    private static final int DEFAULT_EPOCHS = 100;
    private static final int DEFAULT_BATCH_SIZE = 32;
    private static final int MAX_TERMS = 100;
    private static final int MAX_EPOCHS = 10_000_000;

    /** A seed that is chosen here is below this, so that every JSON reader keeps it exactly. */
    private static final long SEED_BOUND = 1L << 53;

    private final List<FieldError> errors;

    TrainingRequestReader(List<FieldError> errors) {
        this.errors = errors;
    }

    TrainingSettings settings(TrainingRequest request) {
        int epochs = request.epochs() == null ? DEFAULT_EPOCHS : request.epochs();
        int batchSize = request.batchSize() == null ? DEFAULT_BATCH_SIZE : request.batchSize();
        require(epochs >= 1 && epochs <= MAX_EPOCHS, "/epochs",
                "must be between 1 and " + MAX_EPOCHS + ", was " + epochs);
        require(batchSize >= 1, "/batchSize", "must be at least 1, was " + batchSize);
        return new TrainingSettings(loss(request.loss()), Math.max(1, epochs), Math.max(1, batchSize),
                request.shuffle() == null || request.shuffle(),
                request.seed() == null ? ThreadLocalRandom.current().nextLong(SEED_BOUND) : request.seed(),
                optimizer(request.optimizer()));
    }

    String engine(TrainingRequest request, Engines engines) {
        String engine = request.engine() == null ? engines.byDefault().name() : request.engine();
        require(engines.named(engine).isPresent(), "/engine",
                "must be one of " + String.join(", ", engines.names()) + ", was '" + engine + "'");
        return engine;
    }

    Objective loss(@Nullable LossRequest request) {
        if (request != null && request.name() == null) {
            return terms(request.terms());
        }
        Optional<Loss> loss = request == null ? Optional.of(Loss.MSE) : Loss.named(request.name());
        require(loss.isPresent(), "/loss", "must be one of "
                + String.join(", ", Arrays.stream(Loss.values()).map(Loss::text).toList()) + ", or have terms");
        return loss.orElse(Loss.MSE);
    }

    private EquationLoss terms(@Nullable List<LossRequest.@Nullable Term> terms) {
        require(terms != null && !terms.isEmpty() && terms.size() <= MAX_TERMS, "/loss/terms",
                terms == null ? "is missing" : "must have between 1 and " + MAX_TERMS + " items, had " + terms.size());
        var read = new ArrayList<LossTerm>();
        for (int i = 0; terms != null && i < Math.min(terms.size(), MAX_TERMS); i++) {
            String pointer = "/loss/terms/" + i;
            LossRequest.Term term = terms.get(i);
            if (term == null || term.equation() == null) {
                require(false, term == null ? pointer : pointer + "/equation", term == null ? "must not be null" : "is missing");
                continue;
            }
            double weight = positive(term.weight(), 1, pointer + "/weight");
            read.add(new LossTerm(term.equation(), Optional.ofNullable(term.dataset()).flatMap(id -> dataset(id, pointer)),
                    weight));
        }
        return new EquationLoss(read);
    }

    private Optional<UUID> dataset(String id, String pointer) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            require(false, pointer + "/dataset", "must be the id of a stored dataset");
            return Optional.empty();
        }
    }

    private AdamSettings optimizer(@Nullable OptimizerRequest request) {
        AdamSettings adam = AdamSettings.DEFAULT;
        if (request == null) {
            return adam;
        }
        require(request.type() == null || request.type().equals("adam"), "/optimizer/type",
                "must be 'adam', was '" + request.type() + "'");
        return new AdamSettings(positive(request.learningRate(), adam.learningRate(), "/optimizer/learningRate"),
                decay(request.beta1(), adam.beta1(), "/optimizer/beta1"),
                decay(request.beta2(), adam.beta2(), "/optimizer/beta2"),
                positive(request.epsilon(), adam.epsilon(), "/optimizer/epsilon"));
    }

    private double positive(@Nullable Double given, double otherwise, String pointer) {
        double number = given == null ? otherwise : given;
        require(number > 0, pointer, "must be above 0, was " + number);
        return number;
    }

    private double decay(@Nullable Double given, double otherwise, String pointer) {
        double number = given == null ? otherwise : given;
        require(number >= 0 && number < 1, pointer, "must be at least 0 and below 1, was " + number);
        return number;
    }

    private void require(boolean holds, String pointer, String detail) {
        if (!holds) {
            errors.add(FieldError.of(pointer, detail));
        }
    }
}
