package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.nabla.documents.Words;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.losses.TermLoss;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.EquationModel;
import dev.nabla.network.architectures.GSympNet;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.architectures.Integrator;
import dev.nabla.network.architectures.LaSympNet;
import dev.nabla.network.architectures.Lagrangian;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.architectures.VolumePreserving;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.AffineLayer;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.LinearLayer;
import dev.nabla.network.layers.ResidualLayer;
import dev.nabla.optimizers.AdamSettings;
import dev.nabla.optimizers.AdamWSettings;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.GradientDescentSettings;
import dev.nabla.optimizers.LbfgsSettings;
import dev.nabla.optimizers.LearningRateSchedule;
import dev.nabla.optimizers.MomentumSettings;
import dev.nabla.optimizers.NewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.optimizers.SelfScaledBroydenSettings;
import dev.nabla.trajectories.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every shape there is goes from a request through storage into an answer, and as it was answered it is accepted again. */
class EveryShapeTest extends HttpTest {

    /** What each has beside its type; a shape without an example fails. */
    private static final Map<Class<?>, String> FIELDS = Map.ofEntries(
            Map.entry(DenseLayer.class, "\"units\": 2, \"activation\": \"gelu\", \"bias\": false"),
            Map.entry(LinearLayer.class, "\"units\": 2"),
            Map.entry(AffineLayer.class, "\"units\": 2"),
            Map.entry(ResidualLayer.class, "\"activation\": \"sin\""),
            Map.entry(Hamiltonian.class, "\"width\": 2, \"hiddenLayers\": 1, \"activation\": \"softplus\""),
            Map.entry(Lagrangian.class, "\"width\": 2, \"hiddenLayers\": 1, \"activation\": \"softplus\""),
            Map.entry(ResNet.class, "\"blocks\": 1, \"activation\": \"sin\""),
            Map.entry(LaSympNet.class, "\"layers\": 1, \"sublayers\": 2, \"activation\": \"sin\""),
            Map.entry(GSympNet.class, "\"layers\": 1, \"width\": 3, \"activation\": \"sin\""),
            Map.entry(VolumePreserving.class, "\"blocks\": 1, \"activation\": \"sin\""),
            Map.entry(GeneralizedHamiltonian.class, "\"width\": 2, \"hiddenLayers\": 1, \"activation\": \"sin\", \"steps\": 2, "
                    + "\"stepSize\": 0.25, \"integrator\": \"symplectic-euler\", \"systemParameters\": 2"),
            Map.entry(EquationModel.class, """
                    "parts": {"N": {"inputs": ["a", "b"], "outputs": ["c"], "layers": [{"type": "linear", "units": 1}]},
                              "M": {"inputs": ["a"], "outputs": ["b"], "architecture": {"type": "resnet", "blocks": 1,
                                    "activation": "sigmoid"}}},
                    "coefficients": {"nu": {"initial": 0.1, "min": 0.0, "max": 1.0, "trainable": true},
                                     "k": {"initial": [[1.0, 0.0], [0.0, 1.0]], "trainable": false}},
                    "outputs": {"u": "nu * N(x1, x2) + k[1,2]", "v": "M(u)"}, "field": "k[1,1] * inputs", "energy": "u^2"
                    """),
            Map.entry(GradientDescentSettings.class, "\"learningRate\": 0.5, \"schedule\": {\"type\": \"exponential\", \"decay\": 0.5}"),
            Map.entry(MomentumSettings.class, "\"learningRate\": 0.5, \"momentum\": 0.25, \"schedule\": {\"type\": \"constant\"}"),
            Map.entry(AdamSettings.class, "\"learningRate\": 0.5, \"beta1\": 0.25, \"beta2\": 0.75, \"epsilon\": 0.125, "
                    + "\"schedule\": {\"type\": \"constant\"}"),
            Map.entry(AdamWSettings.class, "\"learningRate\": 0.5, \"beta1\": 0.25, \"beta2\": 0.75, \"epsilon\": 0.125, "
                    + "\"weightDecay\": 0.25, \"decayAll\": true, \"schedule\": {\"type\": \"constant\"}"),
            Map.entry(LbfgsSettings.class, "\"history\": 7, \"gradientTolerance\": 0.5"),
            Map.entry(SelfScaledBroydenSettings.class, "\"gradientTolerance\": 0.25"),
            Map.entry(NewtonSettings.class, "\"trustRadius\": 0.5, \"maxConjugateGradientIterations\": 7, \"gradientTolerance\": 0.25"),
            Map.entry(GaussNewtonSettings.class, "\"damping\": 0.5, \"space\": \"residuals\", \"momentum\": 0.25, "
                    + "\"gradientTolerance\": 0.125"),
            Map.entry(LearningRateSchedule.Constant.class, ""),
            Map.entry(LearningRateSchedule.Exponential.class, "\"decay\": 0.5"),
            Map.entry(LearningRateSchedule.Geometric.class, "\"finalLearningRate\": 0.25"),
            Map.entry(LearningRateSchedule.Cosine.class, "\"finalLearningRate\": 0.25"),
            Map.entry(LearningRateSchedule.CosineRestarts.class,
                    "\"period\": 2, \"periodFactor\": 3, \"finalLearningRate\": 0.25"),
            Map.entry(LearningRateSchedule.WarmUp.class,
                    "\"epochs\": 1, \"then\": {\"type\": \"cosine\", \"finalLearningRate\": 0.25, \"epochs\": 7}"),
            Map.entry(LearningRateSchedule.Step.class, "\"every\": 3, \"factor\": 0.5"));

    private static Stream<Class<?>> shapes(Class<?> choice) {
        return choice.isSealed() ? Arrays.stream(choice.getPermittedSubclasses()).flatMap(EveryShapeTest::shapes)
                : Stream.of(choice);
    }

    static Stream<Class<?>> layers() {
        return shapes(Layer.class);
    }

    /** A chain is no document but its layers are. */
    static Stream<Class<?>> architectures() {
        return shapes(Architecture.class).filter(shape -> shape != Chain.class);
    }

    static Stream<Class<?>> optimizers() {
        return shapes(OptimizerSettings.class);
    }

    static Stream<Class<?>> schedules() {
        return shapes(LearningRateSchedule.class);
    }

    static Stream<String> losses() {
        Stream<String> ofTerms = Stream.concat(Words.of(TermLoss.Named.class).words().stream().map(word -> "\"" + word + "\""),
                Stream.of("{\"huber\": 0.5}"));
        return Stream.concat(Words.of(Loss.class).words().stream().filter(word -> !word.equals(Loss.CROSS_ENTROPY.text()))
                .map(word -> "\"" + word + "\""), ofTerms.map(loss -> "{\"terms\": [{\"equation\": \"energy - 1\", "
                        + "\"weight\": 0.5, \"loss\": " + loss + ", \"sampleWeight\": \"1 + q^2\"}], "
                        + "\"weights\": \"" + (loss.contains("none") ? "gradient-norm" : "learned") + "\"}"));
    }

    private static String example(Class<?> shape) {
        String fields = FIELDS.get(shape);
        assertThat(fields).as("an example of " + shape).isNotNull();
        return "{\"type\": \"" + shape.getAnnotation(JsonTypeName.class).value() + "\"" + (fields.isEmpty() ? "" : ", " + fields) + "}";
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerIsAnsweredAndAcceptedAgain(Class<?> layer) {
        assertComesBack("/layers/0", "{\"inputs\": [\"a\", \"b\"], \"outputs\": [\"c\", \"d\"], \"layers\": [" + example(layer) + "]}",
                example(layer));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void everyArchitectureIsAnsweredAndAcceptedAgain(Class<?> architecture) {
        assertComesBack("/architecture", "{\"inputs\": 4, \"architecture\": " + example(architecture) + "}", example(architecture));
    }

    @Test
    void everyActivationAndIntegratorIsAnsweredAndAcceptedAgain() {
        for (String activation : Activation.names()) {
            assertComesBack("/layers/0/activation", "{\"inputs\": 1, \"layers\": [{\"units\": 1, \"activation\": \"" + activation
                    + "\"}]}", "\"" + activation + "\"");
        }
        assertComesBack("/layers/0/activation", "{\"inputs\": 1, \"layers\": [{\"units\": 1, \"activation\": \"x * tanh(softplus(x))\"}]}",
                "\"x * tanh(softplus(x))\"");
        for (String integrator : Words.of(Integrator.class).words()) {
            assertComesBack("/architecture/integrator", """
                    {"inputs": 2, "architecture": {"type": "generalized-hamiltonian", "width": 1, "hiddenLayers": 1, "steps": 1,
                     "stepSize": 1, "integrator": "%s"}}""".formatted(integrator), "\"" + integrator + "\"");
        }
    }

    private void assertComesBack(String pointer, String request, String part) {
        JsonNode answer = created("/v1/networks", request);
        assertThat(answer.at(pointer)).isEqualTo(JSON.readTree(part));
        ObjectNode again = JSON.createObjectNode();
        Stream.of("name", "inputs", "outputs", "layers", "architecture", "normalization").filter(answer::has)
                .forEach(field -> again.set(field, answer.get(field)));
        JsonNode second = created("/v1/networks", again.toString());
        assertThat(second.at(pointer)).isEqualTo(answer.at(pointer));
        assertThat(second.get("parameters")).isEqualTo(answer.get("parameters"));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyOptimizerIsAnsweredAndAcceptedAgain(Class<?> optimizer) {
        assertTrains("/optimizer", "{\"optimizer\": " + example(optimizer) + "}", example(optimizer));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void everyScheduleIsAnsweredAndAcceptedAgain(Class<?> schedule) {
        assertTrains("/optimizer/schedule", "{\"optimizer\": {\"schedule\": " + example(schedule) + "}}", example(schedule));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossIsAnsweredAndAcceptedAgain(String loss) {
        assertThat(Objective.class.getPermittedSubclasses()).containsExactlyInAnyOrder(Loss.class, EquationLoss.class);
        assertTrains("/loss", "{\"loss\": " + loss + "}", loss);
    }

    private void assertTrains(String pointer, String fields, String part) {
        JsonNode answer = trained((ObjectNode) JSON.readTree(fields));
        assertThat(answer.at(pointer).toString()).isEqualTo(JSON.readTree(part).toString());
        ObjectNode again = JSON.createObjectNode();
        Stream.of("loss", "optimizer", "earlyStopping", "gradientClipping", "validationFraction")
                .forEach(field -> again.set(field, answer.get(field)));
        assertThat(trained(again).at(pointer)).isEqualTo(answer.at(pointer));
        assertThat(get("/v1/trainings").json().at("/items/0/id")).isNotEqualTo(answer.get("id"));
    }

    private JsonNode trained(ObjectNode fields) {
        String targets = fields.path("loss").asString("").equals("hamiltonian") ? "[[1, 0], [0, 1]]" : "[[1], [0.5]]";
        fields.set("network", JSON.readTree("{\"inputs\": [\"q\", \"p\"], \"outputs\": [\"H\"], \"architecture\": {\"type\": "
                + "\"hamiltonian\", \"width\": 2, \"hiddenLayers\": 1}}"));
        fields.set("dataset", JSON.readTree("{\"inputs\": [[0.5, 1], [1, 0.25]], \"targets\": " + targets + "}"));
        fields.put("epochs", 2);
        Answer answer = post("/v1/trainings", fields.toString(), "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("state").asString()).as(answer.response().body()).isEqualTo("succeeded");
        return answer.json();
    }

    /** Whoever adds a field adds a value that a training does not have by itself, and the answer has to have it. */
    @Test
    void everyFieldOfATrainingIsAnsweredAsItWasAsked() {
        ObjectNode request = (ObjectNode) JSON.readTree("""
                {"name": "n", "tags": ["t"], "loss": "mae", "epochs": 2, "batchSize": 1, "shuffle": false, "seed": 7,
                 "optimizer": %s, "gradientClipping": 2.0, "validationFraction": 0.5,
                 "earlyStopping": {"patience": 3, "minDelta": 0.5}, "metrics": ["mae"], "freeze": ["L1.*"],
                 "learningRateFactors": {"L2.b": 10.0}, "engine": "kernels", "precision": "single", "priority": 7}"""
                .formatted(example(MomentumSettings.class)));
        request.put("networkId", created("/v1/networks", """
                {"inputs": ["x"], "outputs": ["y"], "layers": [{"units": 2}, {"units": 1}]}""").get("id").asString());
        request.put("datasetId", created("/v1/datasets", """
                {"inputs": [[1], [2]], "targets": [[3], [4]]}""").get("id").asString());
        Set<String> others = Set.of("network", "dataset", "initialParameters", "initialModelId", "continue");
        JsonNode fields = get("/v3/api-docs").json().at("/components/schemas/TrainingRequest/properties");
        assertThat(fields.propertyNames()).filteredOn(field -> !others.contains(field))
                .containsExactlyInAnyOrderElementsOf(request.propertyNames());
        Answer answer = post("/v1/trainings", request.toString());
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        request.properties().forEach(field ->
                assertThat(answer.json().get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
    }

    @Test
    void everyMethodFollowsAModel() {
        String model = trained(JSON.createObjectNode()).get("modelId").asString();
        for (String method : Words.of(Method.Name.class).words()) {
            Answer answer = post("/v1/models/" + model + "/trajectories", """
                    {"starts": [[0.5, 0.25]], "method": "%s", "step": 0.1, "steps": 1, "field": "[p, -q]"}""".formatted(method));
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        }
        assertThat(Arrays.stream(Method.Name.values()).map(name -> name.method(1e-9).getClass().getName()))
                .containsExactlyInAnyOrderElementsOf(shapes(Method.class).map(Class::getName).toList());
    }
}
