package dev.nabla.web.trainings;

import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.MomentumSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.web.json.NumberReader;
import dev.nabla.web.trainings.TrainingRequest.OptimizerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The optimizer of a training request, with what was left out filled in; errors are added to a list. */
final class OptimizerReader {

    private static final String POINTER = "/optimizer";
    private static final int MAX_HISTORY = 1000;
    private static final List<String> TYPES = List.of(GradientDescentSettings.TYPE, MomentumSettings.TYPE,
            AdamSettings.TYPE, AdamWSettings.TYPE, LbfgsSettings.TYPE);

    private final NumberReader numbers;
    private final ScheduleReader schedules;

    OptimizerReader(NumberReader numbers) {
        this.numbers = numbers;
        this.schedules = new ScheduleReader(numbers);
    }

    OptimizerSettings read(@Nullable OptimizerRequest request) {
        if (request == null) {
            return AdamSettings.DEFAULT;
        }
        String type = request.type() == null ? AdamSettings.TYPE : request.type();
        return switch (type) {
            case GradientDescentSettings.TYPE -> {
                requireOnly(request, type, "learningRate", "schedule");
                yield new GradientDescentSettings(learningRate(request, GradientDescentSettings.DEFAULT.learningRate()),
                        schedules.read(request.schedule()));
            }
            case MomentumSettings.TYPE -> {
                requireOnly(request, type, "learningRate", "momentum", "schedule");
                yield new MomentumSettings(learningRate(request, MomentumSettings.DEFAULT.learningRate()),
                        numbers.below1(request.momentum(), MomentumSettings.DEFAULT.momentum(), POINTER + "/momentum"),
                        schedules.read(request.schedule()));
            }
            case AdamSettings.TYPE -> {
                requireOnly(request, type, "learningRate", "beta1", "beta2", "epsilon", "schedule");
                yield adam(request);
            }
            case AdamWSettings.TYPE -> {
                requireOnly(request, type, "learningRate", "beta1", "beta2", "epsilon", "weightDecay", "decayAll",
                        "schedule");
                AdamSettings adam = adam(request);
                yield new AdamWSettings(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon(),
                        numbers.notNegative(request.weightDecay(), AdamWSettings.DEFAULT.weightDecay(),
                                POINTER + "/weightDecay"), Boolean.TRUE.equals(request.decayAll()), adam.schedule());
            }
            case LbfgsSettings.TYPE -> {
                requireOnly(request, type, "history", "gradientTolerance");
                yield new LbfgsSettings(history(request), numbers.notNegative(request.gradientTolerance(),
                        LbfgsSettings.DEFAULT.gradientTolerance(), POINTER + "/gradientTolerance"));
            }
            default -> {
                numbers.require(false, POINTER + "/type",
                        "must be one of " + String.join(", ", TYPES) + ", was '" + type + "'");
                yield adam(request);
            }
        };
    }

    private AdamSettings adam(OptimizerRequest request) {
        AdamSettings otherwise = AdamSettings.DEFAULT;
        return new AdamSettings(learningRate(request, otherwise.learningRate()),
                numbers.below1(request.beta1(), otherwise.beta1(), POINTER + "/beta1"),
                numbers.below1(request.beta2(), otherwise.beta2(), POINTER + "/beta2"),
                numbers.positive(request.epsilon(), otherwise.epsilon(), POINTER + "/epsilon"),
                schedules.read(request.schedule()));
    }

    private int history(OptimizerRequest request) {
        int history = request.history() == null ? LbfgsSettings.DEFAULT.history() : request.history();
        numbers.require(history >= 1 && history <= MAX_HISTORY, POINTER + "/history",
                "must be between 1 and " + MAX_HISTORY + ", was " + history);
        return history;
    }

    private double learningRate(OptimizerRequest request, double otherwise) {
        return numbers.positive(request.learningRate(), otherwise, POINTER + "/learningRate");
    }

    private void requireOnly(OptimizerRequest request, String type, String... known) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("learningRate", request.learningRate());
        fields.put("momentum", request.momentum());
        fields.put("beta1", request.beta1());
        fields.put("beta2", request.beta2());
        fields.put("epsilon", request.epsilon());
        fields.put("weightDecay", request.weightDecay());
        fields.put("decayAll", request.decayAll());
        fields.put("schedule", request.schedule());
        fields.put("history", request.history());
        fields.put("gradientTolerance", request.gradientTolerance());
        numbers.requireOnly(Set.of(known), fields, type, POINTER);
    }
}
