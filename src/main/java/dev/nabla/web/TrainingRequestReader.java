package dev.nabla.web;

import dev.nabla.jobs.Engines;
import dev.nabla.training.AdamSettings;
import dev.nabla.training.Loss;
import dev.nabla.training.TrainingSettings;
import dev.nabla.web.TrainingRequest.OptimizerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The settings of a training request, with what was left out filled in; errors are added to a list. */
final class TrainingRequestReader {

    private static final int DEFAULT_EPOCHS = 100;
    private static final int DEFAULT_BATCH_SIZE = 32;
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

    private Loss loss(@Nullable String text) {
        Optional<Loss> loss = text == null ? Optional.of(Loss.MSE) : Loss.named(text);
        require(loss.isPresent(), "/loss", "must be one of "
                + String.join(", ", Arrays.stream(Loss.values()).map(Loss::text).toList()) + ", was '" + text + "'");
        return loss.orElse(Loss.MSE);
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
