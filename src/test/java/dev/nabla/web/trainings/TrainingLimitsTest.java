package dev.nabla.web.trainings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nabla.documents.DocumentReader;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.MomentumSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.training.EarlyStopping;
import dev.nabla.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Where the limits of a training's numbers lie, and what each is if it is left out. */
class TrainingLimitsTest {

    private static final String ID = "00000000-0000-0000-0000-000000000001";

    @Test
    void whatIsLeftOutHasTheValueThatIsPromised() {
        TrainingSettings settings = request("").settings(7);
        assertThat(settings.loss()).isEqualTo(Loss.MSE);
        assertThat(settings.epochs()).isEqualTo(100);
        assertThat(settings.batchSize()).isEqualTo(32);
        assertThat(settings.shuffle()).isTrue();
        assertThat(settings.seed()).isBetween(0L, (1L << 53) - 1);
        assertThat(settings.optimizer())
                .isEqualTo(new AdamSettings(0.001, 0.9, 0.999, 1e-8, LearningRateSchedule.CONSTANT));
        assertThat(settings.gradientClipping()).isEmpty();
        assertThat(settings.validationFraction()).isEmpty();
        assertThat(settings.earlyStopping()).isEmpty();
        assertThat(optimizer("'type': 'gradient-descent'"))
                .isEqualTo(new GradientDescentSettings(0.01, LearningRateSchedule.CONSTANT));
        assertThat(optimizer("'type': 'momentum'"))
                .isEqualTo(new MomentumSettings(0.01, 0.9, LearningRateSchedule.CONSTANT));
        assertThat(optimizer("'type': 'adamw'"))
                .isEqualTo(new AdamWSettings(0.001, 0.9, 0.999, 1e-8, 0.01, false, LearningRateSchedule.CONSTANT));
        assertThat(optimizer("'type': 'lbfgs'")).isEqualTo(new LbfgsSettings(10, 1e-10));
    }

    @Test
    void theLeastAndTheMostAreAllowed() {
        assertThat(request("'epochs': 1, 'batchSize': 1").settings(7).epochs()).isEqualTo(1);
        assertThat(request("'epochs': 10000000").settings(7).epochs()).isEqualTo(10_000_000);
        assertThat(optimizer("'type': 'lbfgs', 'history': 1, 'gradientTolerance': 0"))
                .isEqualTo(new LbfgsSettings(1, 0));
        assertThat(optimizer("'type': 'newton', 'trustRadius': 1e6, 'maxConjugateGradientIterations': 10000, 'gradientTolerance': 0"))
                .isEqualTo(new NewtonSettings(1e6, 10_000, 0));
        assertThat(optimizer("'type': 'lbfgs', 'history': 1000")).isEqualTo(new LbfgsSettings(1000, 1e-10));
        assertThat(optimizer("'type': 'momentum', 'learningRate': 4.9e-324, 'momentum': 0"))
                .isEqualTo(new MomentumSettings(4.9e-324, 0, LearningRateSchedule.CONSTANT));
        assertThat(request("'earlyStopping': {'patience': 1}").settings(7).earlyStopping())
                .hasValue(new EarlyStopping(1, 0));
        assertThat(schedule("'type': 'geometric', 'finalLearningRate': 4.9e-324"))
                .isEqualTo(new LearningRateSchedule.Geometric(4.9e-324));
        assertThat(schedule("'type': 'cosine'")).isEqualTo(new LearningRateSchedule.Cosine(0));
        assertThat(schedule("'type': 'step', 'every': 1, 'factor': 1")).isEqualTo(new LearningRateSchedule.Step(1, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'epochs': 0 | /epochs
            'epochs': 10000001 | /epochs
            'batchSize': 0 | /batchSize
            'gradientClipping': 0 | /gradientClipping
            'validationFraction': 0 | /validationFraction
            'validationFraction': 1 | /validationFraction
            'earlyStopping': {'patience': 0} | /earlyStopping/patience
            'earlyStopping': {'patience': 1, 'minDelta': -4.9e-324} | /earlyStopping/minDelta
            'optimizer': {'type': 'lbfgs', 'history': 0} | /optimizer/history
            'optimizer': {'type': 'lbfgs', 'history': 1001} | /optimizer/history
            'optimizer': {'type': 'lbfgs', 'gradientTolerance': -4.9e-324} | /optimizer/gradientTolerance
            'optimizer': {'type': 'newton', 'trustRadius': 0} | /optimizer/trustRadius
            'optimizer': {'type': 'newton', 'trustRadius': 1000001} | /optimizer/trustRadius
            'optimizer': {'type': 'newton', 'maxConjugateGradientIterations': 0} | /optimizer/maxConjugateGradientIterations
            'optimizer': {'type': 'newton', 'maxConjugateGradientIterations': 10001} | /optimizer/maxConjugateGradientIterations
            'optimizer': {'learningRate': 0} | /optimizer/learningRate
            'optimizer': {'type': 'momentum', 'momentum': 1} | /optimizer/momentum
            'optimizer': {'type': 'momentum', 'momentum': -4.9e-324} | /optimizer/momentum
            'optimizer': {'beta1': 1} | /optimizer/beta1
            'optimizer': {'beta2': -4.9e-324} | /optimizer/beta2
            'optimizer': {'epsilon': 0} | /optimizer/epsilon
            'optimizer': {'type': 'adamw', 'weightDecay': -4.9e-324} | /optimizer/weightDecay
            'optimizer': {'schedule': {'type': 'geometric', 'finalLearningRate': 0}} | @/finalLearningRate
            'optimizer': {'schedule': {'type': 'cosine', 'finalLearningRate': -4.9e-324}} | @/finalLearningRate
            'optimizer': {'schedule': {'type': 'step', 'every': 0, 'factor': 1}} | @/every
            'optimizer': {'schedule': {'type': 'exponential', 'decay': 0}} | @/decay
            """)
    void whatIsJustBeyondIsRefused(String fields, String pointer) {
        assertThat(problems(fields)).extracting(Problem::pointer).containsExactly(pointer.replace("@", "/optimizer/schedule"));
    }

    @ParameterizedTest
    @CsvSource({"gradient-descent, learningRate schedule", "momentum, learningRate momentum schedule",
        "adam, learningRate beta1 beta2 epsilon schedule",
        "adamw, learningRate beta1 beta2 epsilon weightDecay decayAll schedule", "lbfgs, history gradientTolerance", "ssbroyden, gradientTolerance",
        "newton, trustRadius maxConjugateGradientIterations gradientTolerance"})
    void anOptimizerHasNoFieldsOfOthers(String type, String own) {
        List<String> foreign = new ArrayList<>(List.of("learningRate", "momentum", "beta1", "beta2", "epsilon",
                "weightDecay", "decayAll", "schedule", "history", "trustRadius", "maxConjugateGradientIterations", "gradientTolerance"));
        foreign.removeAll(List.of(own.split(" ")));
        var fields = new StringBuilder("'optimizer': {'type': '" + type + "'");
        foreign.forEach(name -> fields.append(", '").append(name).append("': 0.5"));
        assertThat(problems(fields + "}")).extracting(Problem::pointer)
                .containsExactlyElementsOf(foreign.stream().map(name -> "/optimizer/" + name).toList());
    }

    @Test
    void lbfgsTakesAllSamplesInOneBatch() {
        String lbfgs = "'optimizer': {'type': 'lbfgs'}";
        assertThat(request(lbfgs).settings(7).batchSize()).isEqualTo(7);
        assertThat(request(lbfgs + ", 'batchSize': 8").settings(7).batchSize()).isEqualTo(8);
        assertThat(request(lbfgs + ", 'batchSize': 7").problemsWith(7)).isEmpty();
        assertThat(request(lbfgs + ", 'batchSize': 6").problemsWith(7)).extracting(Problem::detail)
                .containsExactly("must be all 7 samples with this optimizer, or be left out, was 6");
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0", "0.15, 1", "0.94, 9", "0.96, 10"})
    void aValidationFractionLeavesRowsOnBothSides(double fraction, int rows) {
        TrainingRequest request = request("'validationFraction': " + fraction);
        assertThat(request.settings(10).validationFraction()).isEqualTo(OptionalDouble.of(fraction));
        assertThat(request.problemsWith(10)).extracting(Problem::detail).isEqualTo(rows > 0 && rows < 10 ? List.of()
                : List.of("must leave rows on both sides, gives " + rows + " of 10 to validation"));
    }

    @Test
    void aValidationFractionNeedsATermOfTheTrainingsOwnRows() {
        String elsewhere = "{'equation': 'outputs', 'dataset': '" + ID + "'}";
        String half = "'validationFraction': 0.5, 'loss': {'terms': [";
        String own = half + elsewhere + ", {'equation': 'outputs'}]}";
        assertThat(((EquationLoss) request(own).settings(10).loss()).terms()).hasSize(2);
        assertThat(problems(half + elsewhere + "]}")).extracting(Problem::pointer)
                .containsExactly("/validationFraction");
    }

    @Test
    void aSeedAndAnOrderThatAreGivenAreKept() {
        TrainingSettings settings =
                request("'seed': " + Long.MIN_VALUE + ", 'shuffle': false, 'loss': 'relative-l2'").settings(10);
        assertThat(settings.seed()).isEqualTo(Long.MIN_VALUE);
        assertThat(settings.shuffle()).isFalse();
        assertThat(settings.loss()).isEqualTo(Loss.RELATIVE_L2);
    }

    @Test
    void aLossHasUpTo100Terms() {
        assertThat(((EquationLoss) request(terms(100)).settings(10).loss()).terms()).hasSize(100)
                .allSatisfy(term -> assertThat(term.weight()).isEqualTo(1));
        assertThat(problems(terms(101))).extracting(Problem::pointer).containsExactly("/loss/terms");
        assertThat(problems(terms(0))).extracting(Problem::pointer).containsExactly("/loss/terms");
    }

    private static String terms(int count) {
        return "'loss': {'terms': [" + String.join(", ", Collections.nCopies(count, "{'equation': 'outputs'}")) + "]}";
    }

    private static OptimizerSettings optimizer(String fields) {
        return request("'optimizer': {" + fields + "}").optimizer();
    }

    private static LearningRateSchedule schedule(String fields) {
        return ((AdamSettings) optimizer("'schedule': {" + fields + "}")).schedule();
    }

    private static List<Problem> problems(String fields) {
        InvalidException refusal = catchThrowableOfType(InvalidException.class, () -> request(fields));
        return refusal == null ? List.of() : refusal.problems();
    }

    private static TrainingRequest request(String fields) {
        String given = fields.isEmpty() ? "" : ", " + fields;
        String json = ("{'networkId': '" + ID + "', 'datasetId': '" + ID + "'" + given + "}").replace('\'', '"');
        try (JsonParser parser = JsonMapper.shared().createParser(json)) {
            parser.nextToken();
            return DocumentReader.read(parser, TrainingRequest.class).valid();
        }
    }
}
