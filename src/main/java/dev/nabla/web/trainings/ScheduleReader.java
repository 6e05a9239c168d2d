package dev.nabla.web.trainings;

import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.LearningRateSchedule.Constant;
import dev.nabla.optimizers.LearningRateSchedule.Cosine;
import dev.nabla.optimizers.LearningRateSchedule.Exponential;
import dev.nabla.optimizers.LearningRateSchedule.Geometric;
import dev.nabla.optimizers.LearningRateSchedule.Step;
import dev.nabla.web.json.NumberReader;
import dev.nabla.web.trainings.TrainingRequest.ScheduleRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The learning-rate schedule of a training request; errors are added to a list. */
public final class ScheduleReader {

    private static final String POINTER = "/optimizer/schedule";
    private static final List<String> TYPES =
            List.of(Constant.TYPE, Exponential.TYPE, Geometric.TYPE, Cosine.TYPE, Step.TYPE);

    private final NumberReader numbers;

    public ScheduleReader(NumberReader numbers) {
        this.numbers = numbers;
    }

    public LearningRateSchedule read(@Nullable ScheduleRequest request) {
        if (request == null) {
            return LearningRateSchedule.CONSTANT;
        }
        String type = numbers.given(request.type(), Constant.TYPE, POINTER + "/type");
        return switch (type) {
            case Exponential.TYPE -> {
                requireOnly(request, "decay");
                yield new Exponential(numbers.upTo1(request.decay(), POINTER + "/decay"));
            }
            case Geometric.TYPE -> {
                requireOnly(request, "finalLearningRate");
                String pointer = POINTER + "/finalLearningRate";
                yield new Geometric(numbers.positive(numbers.given(request.finalLearningRate(), 1.0, pointer), 1,
                        pointer));
            }
            case Cosine.TYPE -> {
                requireOnly(request, "finalLearningRate");
                yield new Cosine(numbers.notNegative(request.finalLearningRate(), 0, POINTER + "/finalLearningRate"));
            }
            case Step.TYPE -> {
                requireOnly(request, "every", "factor");
                yield new Step(numbers.atLeast1(numbers.given(request.every(), 1, POINTER + "/every"),
                        POINTER + "/every"), numbers.upTo1(request.factor(), POINTER + "/factor"));
            }
            case Constant.TYPE -> {
                if (request.type() != null) {
                    requireOnly(request);
                }
                yield LearningRateSchedule.CONSTANT;
            }
            default -> {
                numbers.require(false, POINTER + "/type",
                        "must be one of " + String.join(", ", TYPES) + ", was '" + type + "'");
                yield LearningRateSchedule.CONSTANT;
            }
        };
    }

    private void requireOnly(ScheduleRequest request, String... known) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("decay", request.decay());
        fields.put("finalLearningRate", request.finalLearningRate());
        fields.put("every", request.every());
        fields.put("factor", request.factor());
        numbers.requireOnly(Set.of(known), fields, String.valueOf(request.type()), POINTER);
    }
}
