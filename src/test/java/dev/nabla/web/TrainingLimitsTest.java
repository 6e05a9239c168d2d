package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.training.AdamSettings;
import dev.nabla.training.AdamWSettings;
import dev.nabla.training.EarlyStopping;
import dev.nabla.training.EquationLoss;
import dev.nabla.training.GradientDescentSettings;
import dev.nabla.training.LbfgsSettings;
import dev.nabla.training.LearningRateSchedule;
import dev.nabla.training.LearningRateSchedule.Cosine;
import dev.nabla.training.LearningRateSchedule.Geometric;
import dev.nabla.training.LearningRateSchedule.Step;
import dev.nabla.training.Loss;
import dev.nabla.training.LossTerm;
import dev.nabla.training.MomentumSettings;
import dev.nabla.training.TrainingSettings;
import dev.nabla.web.TrainingRequest.EarlyStoppingRequest;
import dev.nabla.web.TrainingRequest.OptimizerRequest;
import dev.nabla.web.TrainingRequest.ScheduleRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the limits of a training's numbers lie, and what each is if it is left out. */
class TrainingLimitsTest {

    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void whatIsLeftOutHasTheValueThatIsPromised() {
        TrainingSettings settings = settings(null, null, null, null, null, null, 7);
        assertThat(settings.epochs()).isEqualTo(100);
        assertThat(settings.batchSize()).isEqualTo(32);
        assertThat(settings.shuffle()).isTrue();
        assertThat(settings.seed()).isBetween(0L, (1L << 53) - 1);
        assertThat(settings.optimizer())
                .isEqualTo(new AdamSettings(0.001, 0.9, 0.999, 1e-8, LearningRateSchedule.CONSTANT));
        assertThat(settings.gradientClipping()).isEmpty();
        assertThat(settings.validationFraction()).isEmpty();
        assertThat(settings.earlyStopping()).isEmpty();
        assertThat(optimizer("gradient-descent", null, null, null, null))
                .isEqualTo(new GradientDescentSettings(0.01, LearningRateSchedule.CONSTANT));
        assertThat(optimizer("momentum", null, null, null, null))
                .isEqualTo(new MomentumSettings(0.01, 0.9, LearningRateSchedule.CONSTANT));
        assertThat(optimizer("adamw", null, null, null, null))
                .isEqualTo(new AdamWSettings(0.001, 0.9, 0.999, 1e-8, 0.01, false, LearningRateSchedule.CONSTANT));
        assertThat(optimizer("lbfgs", null, null, null, null)).isEqualTo(new LbfgsSettings(10, 1e-10));
        assertThat(errors).isEmpty();
    }

    @Test
    void theLeastAndTheMostAreAllowed() {
        assertThat(settings(1, 1, null, null, null, null, 7).epochs()).isEqualTo(1);
        assertThat(settings(10_000_000, 1, null, null, null, null, 7).epochs()).isEqualTo(10_000_000);
        assertThat(optimizer("lbfgs", null, null, 1, 0.0)).isEqualTo(new LbfgsSettings(1, 0));
        assertThat(optimizer("lbfgs", null, null, 1000, null)).isEqualTo(new LbfgsSettings(1000, 1e-10));
        assertThat(optimizer("momentum", 0.5, 0.0, null, null))
                .isEqualTo(new MomentumSettings(0.5, 0, LearningRateSchedule.CONSTANT));
        assertThat(settings(1, 1, null, null, null, new EarlyStoppingRequest(1, 0.0), 7).earlyStopping())
                .hasValue(new EarlyStopping(1, 0));
        assertThat(schedule(new ScheduleRequest("geometric", null, 5e-324, null, null))).isEqualTo(new Geometric(5e-324));
        assertThat(schedule(new ScheduleRequest("cosine", null, 0.0, null, null))).isEqualTo(new Cosine(0));
        assertThat(schedule(new ScheduleRequest("cosine", null, null, null, null))).isEqualTo(new Cosine(0));
        assertThat(schedule(new ScheduleRequest("step", null, null, 1, 1.0))).isEqualTo(new Step(1, 1));
        assertThat(errors).isEmpty();
    }

    @Test
    void whatIsBeyondIsRefused() {
        settings(10_000_001, 0, null, 0.0, null, new EarlyStoppingRequest(0, -5e-324), 7);
        optimizer("lbfgs", null, null, 1001, -5e-324);
        optimizer("momentum", 0.0, 1.0, null, null);
        optimizer("momentum", null, -5e-324, null, null);
        schedule(new ScheduleRequest("geometric", null, 0.0, null, null));
        schedule(new ScheduleRequest("cosine", null, -5e-324, null, null));
        schedule(new ScheduleRequest("step", null, null, 0, 1.0));
        assertThat(errors).extracting(error -> error.pointer() + " " + error.detail()).containsExactly(
                "/batchSize must be at least 1, was 0",
                "/epochs must be between 1 and 10000000, was 10000001",
                "/gradientClipping must be above 0, was 0.0",
                "/earlyStopping/patience must be at least 1, was 0",
                "/earlyStopping/minDelta must be at least 0, was -4.9E-324",
                "/optimizer/history must be between 1 and 1000, was 1001",
                "/optimizer/gradientTolerance must be at least 0, was -4.9E-324",
                "/optimizer/learningRate must be above 0, was 0.0",
                "/optimizer/momentum must be at least 0 and below 1, was 1.0",
                "/optimizer/momentum must be at least 0 and below 1, was -4.9E-324",
                "/optimizer/schedule/finalLearningRate must be above 0, was 0.0",
                "/optimizer/schedule/finalLearningRate must be at least 0, was -4.9E-324",
                "/optimizer/schedule/every must be at least 1, was 0");
    }

    @ParameterizedTest
    @CsvSource({"gradient-descent, learningRate schedule", "momentum, learningRate momentum schedule",
        "adam, learningRate beta1 beta2 epsilon schedule",
        "adamw, learningRate beta1 beta2 epsilon weightDecay decayAll schedule", "lbfgs, history gradientTolerance"})
    void anOptimizerHasNoFieldsOfOthers(String type, String own) {
        optimizer(new OptimizerRequest(type, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, true,
                new ScheduleRequest("constant", null, null, null, null), 5, 0.5));
        List<String> foreign = new ArrayList<>(List.of("learningRate", "momentum", "beta1", "beta2", "epsilon",
                "weightDecay", "decayAll", "schedule", "history", "gradientTolerance"));
        foreign.removeAll(List.of(own.split(" ")));
        assertThat(errors).extracting(FieldError::pointer)
                .containsExactlyElementsOf(foreign.stream().map(name -> "/optimizer/" + name).toList());
        assertThat(errors).allSatisfy(error -> assertThat(error.detail()).isEqualTo(
                "does not belong to '" + type + "', which has " + own.replace(" ", ", ")));
    }

    @Test
    void lbfgsTakesAllSamplesInOneBatch() {
        assertThat(settings(1, null, "lbfgs", null, null, null, 7).batchSize()).isEqualTo(7);
        assertThat(settings(1, 7, "lbfgs", null, null, null, 7).batchSize()).isEqualTo(7);
        assertThat(settings(1, 8, "lbfgs", null, null, null, 7).batchSize()).isEqualTo(8);
        assertThat(errors).isEmpty();
        settings(1, 6, "lbfgs", null, null, null, 7);
        assertThat(errors).extracting(FieldError::detail)
                .containsExactly("must be all 7 samples with lbfgs, or be left out, was 6");
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0", "0.15, 1", "0.94, 9", "0.96, 10"})
    void aValidationFractionLeavesRowsOnBothSides(double fraction, int rows) {
        OptionalDouble read = settings(1, 1, null, null, fraction, null, 10).validationFraction();
        boolean fits = rows > 0 && rows < 10;
        assertThat(read).isEqualTo(fits ? OptionalDouble.of(fraction) : OptionalDouble.empty());
        assertThat(errors).extracting(FieldError::detail).isEqualTo(fits ? List.of()
                : List.of("must leave rows on both sides, gives " + rows + " of 10 to validation"));
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void aValidationFractionIsNeitherNothingNorAll(double fraction) {
        assertThat(settings(1, 1, null, null, fraction, null, 10).validationFraction()).isEmpty();
        assertThat(errors).extracting(FieldError::detail)
                .containsExactly("must be above 0 and below 1, was " + fraction);
    }

    @Test
    void aValidationFractionNeedsATermOfTheTrainingsOwnRows() {
        String other = "00000000-0000-0000-0000-000000000001";
        var elsewhere = new LossRequest.Term("outputs", other, 0.5);
        assertThat(settings(new LossRequest(null, List.of(elsewhere, new LossRequest.Term("outputs", null, null))))
                .loss()).isEqualTo(new EquationLoss(List.of(
                        new LossTerm("outputs", Optional.of(UUID.fromString(other)), 0.5),
                        new LossTerm("outputs", Optional.empty(), 1))));
        assertThat(errors).isEmpty();
        settings(new LossRequest(null, List.of(elsewhere)));
        assertThat(errors).extracting(error -> error.pointer() + " " + error.detail()).containsExactly(
                "/validationFraction is of rows of the training's own dataset, which no term of the loss uses");
    }

    @Test
    void aSeedAndAnOrderThatAreGivenAreKept() {
        TrainingSettings settings = settings(new LossRequest("relative-l2", null));
        assertThat(settings.seed()).isEqualTo(Long.MIN_VALUE);
        assertThat(settings.shuffle()).isFalse();
        assertThat(settings.loss()).isEqualTo(Loss.RELATIVE_L2);
    }

    private TrainingSettings settings(LossRequest loss) {
        return new TrainingRequestReader(errors).settings(new TrainingRequest(null, null, null, null, loss, 1, 1, false,
                Long.MIN_VALUE, null, null, 0.5, null, null, null, null), OptionalInt.of(10));
    }

    @Test
    void aLossHasUpTo100Terms() {
        assertThat(((EquationLoss) loss(100)).terms()).hasSize(100)
                .allSatisfy(term -> assertThat(term.weight()).isEqualTo(1));
        assertThat(errors).isEmpty();
        loss(101);
        loss(0);
        assertThat(errors).extracting(error -> error.pointer() + " " + error.detail()).containsExactly(
                "/loss/terms must have between 1 and 100 items, had 101",
                "/loss/terms must have between 1 and 100 items, had 0");
    }

    private Object loss(int terms) {
        return new TrainingRequestReader(errors).loss(new LossRequest(null,
                Collections.nCopies(terms, new LossRequest.Term("outputs", null, null))));
    }

    private TrainingSettings settings(@Nullable Integer epochs, @Nullable Integer batchSize, @Nullable String optimizer,
            @Nullable Double clipping, @Nullable Double validation, @Nullable EarlyStoppingRequest stopping, int samples) {
        return new TrainingRequestReader(errors).settings(new TrainingRequest(null, null, null, null, null, epochs,
                batchSize, null, null, optimizer == null ? null : request(optimizer, null, null, null, null), clipping,
                validation, stopping, null, null, null), OptionalInt.of(samples));
    }

    private Object optimizer(String type, @Nullable Double learningRate, @Nullable Double momentum,
            @Nullable Integer history, @Nullable Double tolerance) {
        return optimizer(request(type, learningRate, momentum, history, tolerance));
    }

    private Object optimizer(OptimizerRequest request) {
        return new OptimizerReader(new NumberReader(errors)).read(request);
    }

    private LearningRateSchedule schedule(ScheduleRequest request) {
        return new ScheduleReader(new NumberReader(errors)).read(request);
    }

    private static OptimizerRequest request(String type, @Nullable Double learningRate, @Nullable Double momentum,
            @Nullable Integer history, @Nullable Double tolerance) {
        return new OptimizerRequest(type, learningRate, momentum, null, null, null, null, null, null, history, tolerance);
    }
}
