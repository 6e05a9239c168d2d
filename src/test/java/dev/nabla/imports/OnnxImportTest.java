package dev.nabla.imports;

import static dev.nabla.imports.FileBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.exports.ExportFormat;
import dev.nabla.exports.OnnxRuntime;
import dev.nabla.exports.OnnxRuntime.Array;
import dev.nabla.exports.files.Subject;
import dev.nabla.expression.Interpreter;
import dev.nabla.imports.onnx.OnnxReader;
import dev.nabla.network.Architectures;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.EquationModel;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.AffineLayer;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.LinearLayer;
import dev.nabla.network.layers.ResidualLayer;
import dev.nabla.onnx.ElementType;
import dev.nabla.onnx.Tensors;
import dev.nabla.onnx.proto.TensorProto;
import dev.nabla.problems.InvalidException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of Nabla's own and of other exporters, compared with what ONNX Runtime makes of them. */
class OnnxImportTest {

    private static ImportedModel read(byte[] file) {
        return Recognition.of(OnnxReader.read(file, List.of(), List.of(), List.of()), Optional.empty());
    }

    private static double[] outputs(Network network, double[] parameters, double[] inputs) {
        Map<String, double[]> values = new HashMap<>();
        network.parameters().split(parameters).forEach((symbol, numbers) -> values.put(symbol.name(), numbers));
        values.put(Network.INPUTS, inputs);
        return Interpreter.evaluate(network.outputs(), values);
    }

    private static byte[] exported(Network network, double[] parameters, boolean isSingle) {
        var subject = new Subject("model", List.of(new Subject.Equation("outputs", network.outputs())),
                network.inputs(),
                network.definition().inputs(), network.parameters().symbols(), Optional.of(parameters),
                network.notation(),
                List.of("model"));
        return ExportFormat.ONNX.exporter().files(subject, isSingle, 50_000_000).getFirst().bytes();
    }

    private static Layer layer(SplittableRandom random, Activation activation) {
        return switch (random.nextInt(4)) {
            case 0 -> new DenseLayer(random.nextInt(2, 6), activation, false);
            case 1 -> DenseLayer.of(random.nextInt(2, 6), activation);
            case 2 -> activation.equals(Activation.IDENTITY) ? new AffineLayer(3) : new ResidualLayer(activation);
            default -> random.nextBoolean() ? new LinearLayer(random.nextInt(2, 6)) : new AffineLayer(random.nextInt(2,
                    6));
        };
    }

    @Test
    void whatIsExportedComesBackAsTheSameLayersWithTheSameBits() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        List<String> activations = new ArrayList<>(Activation.names());
        activations.addAll(List.of("x * sin(x) + 0.3", "where(x > 0.5, 1, x^2)", "-x"));
        for (String name : activations) {
            Activation activation = Activation.of(name);
            List<Layer> layers = new ArrayList<>(List.of(DenseLayer.of(3, activation)));
            for (int i = 0; i < 3; i++) {
                layers.add(layer(random, activation));
            }
            Network network = Network.of(new NetworkDefinition(Optional.empty(), List.of("q", "p"),
                    NetworkDefinition.numbered("y",
                    new Chain(layers).outputDimension(2)), new Chain(layers)));
            double[] parameters = random.doubles(network.parameters().size(), -1, 1).toArray();
            ImportedModel model = read(exported(network, parameters, false));
            assertThat(model.definition().inputs()).containsExactly("q", "p");
            assertThat(model.definition().architecture()).as("%s of seed %d", layers, seed).isInstanceOf(Chain.class);
            assertThat(model.parameters()).as("%s of seed %d", layers, seed).isEqualTo(parameters);
            double[] inputs = random.doubles(2, -2, 2).toArray();
            assertThat(outputs(Network.of(model.definition()), model.parameters(), inputs)).as("%s of seed %d", layers,
                    seed)
                    .isEqualTo(outputs(network, parameters, inputs));
        }
    }

    @Test
    void otherArchitecturesComeBackAsEquationsWithTheSameValues() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (var architecture : Architectures.all()) {
            Network network = Architectures.network(architecture, 4);
            double[] parameters = random.doubles(network.parameters().size(), -1, 1).toArray();
            byte[] file = exported(network, parameters, false);
            ImportedModel model = read(file);
            double[] inputs = random.doubles(4, -1, 1).toArray();
            double[] expected = outputs(network, parameters, inputs);
            double[] values = outputs(Network.of(model.definition()), model.parameters(), inputs);
            for (int i = 0; i < expected.length; i++) {
                assertThat(values[i]).as("%s of seed %d", architecture, seed).isCloseTo(expected[i],
                        within(1e-12 * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    /** As torch.onnx.export writes a Sequential. */
    private static FileBuilder torch(int operatorSet, String activation, UnaryOperator<FileBuilder> between) {
        var file = new FileBuilder(operatorSet, ElementType.FLOAT, 5).input("input", 3).weights("0.weight", 4, 3)
                .weights("0.bias", 4)
                .weights("2.weight", 2, 4).weights("2.bias", 2)
                .node("Gemm", "input 0.weight 0.bias", "h", attribute("alpha", 1f), attribute("beta", 1f),
                attribute("transB", 1));
        return between.apply(file.node(activation, "h", "a")).node("Gemm", "last 2.weight 2.bias", "output",
                attribute("alpha", 1f),
                attribute("beta", 1f), attribute("transB", 1)).output("output", 2);
    }

    private static void requireSame(FileBuilder builder, int columns, Class<?> architecture) throws Exception {
        byte[] file = builder.bytes();
        ImportedModel model = read(file);
        assertThat(model.definition().architecture()).isInstanceOf(architecture);
        var random = new SplittableRandom(7);
        double[] rows = random.doubles(3 * columns, -2, 2).map(x -> (float) x).toArray();
        Array expected = OnnxRuntime.run(file, true, Map.of(builder.model().getGraph().getInput(0).getName(),
                new Array(new long[] {3, columns}, rows))).values().iterator().next();
        Network network = Network.of(model.definition());
        int width = expected.entries().length / 3;
        for (int s = 0; s < 3; s++) {
            double[] values = outputs(network, model.parameters(), Arrays.copyOfRange(rows, s * columns, (s
                    + 1) * columns));
            for (int i = 0; i < width; i++) {
                double one = expected.entries()[s * width + i];
                assertThat(values[i]).isCloseTo(one, within(1e-5 * Math.max(1, Math.abs(one))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 11, 13, 15, 17, 18, 20, 21, 23})
    void aPerceptronOfPyTorchHasItsLayers(int operatorSet) throws Exception {
        FileBuilder file = torch(operatorSet, "Tanh", between -> between.node("Identity", "a", "last"));
        requireSame(file, 3, Chain.class);
        ImportedModel model = read(file.bytes());
        assertThat(((Chain) model.definition().architecture()).layers())
                .containsExactly(DenseLayer.of(4, Activation.TANH), DenseLayer.of(2, Activation.IDENTITY));
        assertThat(model.definition().inputs()).containsExactly("x1", "x2", "x3");
    }

    @ParameterizedTest
    @CsvSource({"Relu, relu", "Sigmoid, sigmoid", "Softplus, softplus", "Elu, elu", "Selu, selu",
            "LeakyRelu, leaky-relu",
        "Softsign, softsign", "Mish, mish", "Gelu, gelu", "Erf, erf", "Sin, sin",
        "HardSigmoid, 'max(0, min(1, 0.2 * x + 0.5))'",
        "HardSwish, 'x * max(0, min(1, x / 6 + 0.5))'", "Celu, elu", "Abs, abs", "Softmax, softmax"})
    void activationsHaveTheirNames(String operator, String name) throws Exception {
        FileBuilder file = torch(20, operator, between -> between.node("Dropout", "a", "last"));
        requireSame(file, 3, Chain.class);
        Layer first = ((Chain) read(file.bytes()).definition().architecture()).layers().getFirst();
        assertThat(((DenseLayer) first).activation().apply(x())).isEqualTo(Activation.of(name).apply(x()));
    }

    private static dev.nabla.expression.Expression x() {
        return dev.nabla.expression.Arithmetic.perSampleSymbol("x", dev.nabla.expression.Shape.of(4));
    }

    @Test
    void whatChangesNothingIsLeftOut() throws Exception {
        requireSame(torch(17, "Relu", file -> file.node("Flatten", "a", "f", attribute("axis", 1)).integers("target",
                -1, 4)
                .node("Reshape", "f target", "r").node("Cast", "r", "c", attribute("to", 1)).integers("axes", 1)
                .node("Unsqueeze", "c axes", "u").node("Squeeze", "u axes", "s").node("Shape", "s", "n").integer("zero",
                0)
                .node("Gather", "n zero", "batch").integers("first", 0).node("Unsqueeze", "batch first", "batches")
                .integers("rest", -1).node("Concat", "batches rest", "to", attribute("axis", 0)).node("Reshape", "s to",
                "last")), 3, Chain.class);
    }

    @Test
    void aModelOfKerasHasItsLayers() throws Exception {
        FileBuilder file = new FileBuilder(15, ElementType.FLOAT, 6).input("dense_input", 2)
                .weights("dense/MatMul/ReadVariableOp:0", 2, 5).weights("dense/BiasAdd/ReadVariableOp:0", 5)
                .weights("dense_1/MatMul/ReadVariableOp:0", 5, 1).weights("dense_1/BiasAdd/ReadVariableOp:0", 1)
                .node("MatMul", "dense_input dense/MatMul/ReadVariableOp:0", "m1")
                .node("Add", "m1 dense/BiasAdd/ReadVariableOp:0", "z1").node("Tanh", "z1", "a1")
                .node("MatMul", "a1 dense_1/MatMul/ReadVariableOp:0", "m2")
                .node("Add", "m2 dense_1/BiasAdd/ReadVariableOp:0", "dense_1").output("dense_1", 1);
        requireSame(file, 2, Chain.class);
        assertThat(read(file.bytes()).definition().outputs()).containsExactly("dense_1");
    }

    /** As PyTorch writes GELU and SiLU for operator sets that lack them. */
    @Test
    void activationsOfSeveralNodesAreEquationsOfALayer() throws Exception {
        requireSame(torch(17, "Sigmoid", file -> file.node("Mul", "h a", "last")), 3, Chain.class);
        requireSame(torch(17, "Identity", file -> file.numbers("root", List.of(), 1.4142135).numbers("one", List.of(),
                1)
                .numbers("half", List.of(), 0.5).node("Div", "a root", "d").node("Erf", "d", "e").node("Add", "e one",
                "p")
                .node("Mul", "a p", "m").node("Mul", "m half", "last")), 3, Chain.class);
    }

    @Test
    void residualBlocksAndWhatIsSideBySideAreEquationsWhereTheyAreNoLayers() throws Exception {
        requireSame(torch(17, "Tanh", file -> file.weights("w", 4, 4).weights("b", 4).node("Gemm", "a w b", "z",
                attribute("transB", 1))
                .node("Tanh", "z", "t").node("Add", "a t", "last")), 3, Chain.class);
        requireSame(torch(17, "Tanh", file -> file.weights("w", 4, 4).weights("v", 4, 4).node("MatMul", "a w", "z")
                .node("Tanh", "z", "t")
                .node("MatMul", "t v", "o").node("Add", "a o", "last")), 3, EquationModel.class);
        requireSame(new FileBuilder(13, ElementType.FLOAT, 8).input("x", 3).weights("w", 3, 2).numbers("mean",
                List.of(3), 1, 2, 3)
                .numbers("scale", List.of(1, 3), 2, 3, 4).node("Sub", "x mean", "s").node("Div", "s scale", "n")
                .node("MatMul", "n w", "z")
                .node("Concat", "x z", "c", attribute("axis", -1)).integers("from", 1).integers("to", 5)
                .integers("axis", 1)
                .node("Slice", "c from to axis", "y").output("y", 4), 3, EquationModel.class);
    }

    @Test
    void numbersMayBeInAnyOfTheirFields() {
        FileBuilder file = new FileBuilder(13, ElementType.DOUBLE, 8).input("x", 1)
                .tensor(TensorProto.newBuilder().setName("w").setDataType(11).addDims(1).addDims(2).addDoubleData(0.1)
                .addDoubleData(-3).build())
                .node("Constant", "", "b", attribute("value", Tensors.of(ElementType.FLOAT, "", List.of(2), 0.1f, 7)))
                .node("Gemm", "x w b", "y").output("y", 2);
        ImportedModel model = read(file.bytes());
        assertThat(model.parameters()).containsExactly(0.1, -3, 0.1f, 7);
    }

    @Test
    void someOutputsMayBeTakenAndNamed() {
        FileBuilder file = torch(17, "Tanh", between -> between.node("Identity", "a", "last")).output("h", 4);
        Formula formula = OnnxReader.read(file.bytes(), List.of("a", "b", "c"), List.of("u", "v"), List.of("output"));
        ImportedModel model = Recognition.of(formula, Optional.of("mine"));
        assertThat(model.definition().inputs()).containsExactly("a", "b", "c");
        assertThat(model.definition().outputs()).containsExactly("u", "v");
        assertThat(model.definition().architecture()).isInstanceOf(Chain.class);
        assertThat(read(file.bytes()).definition().outputs()).hasSize(6);
        assertThatThrownBy(() -> OnnxReader.read(file.bytes(), List.of(), List.of(), List.of("logits")))
                .hasMessage("/take must name outputs of the file, which are output, h, named logits");
        assertThatThrownBy(() -> OnnxReader.read(file.bytes(), List.of("a"), List.of(), List.of()))
                .hasMessage("/inputs must name the 3 inputs of the file, named 1");
    }

    private static FileBuilder with(UnaryOperator<FileBuilder> change) {
        return torch(17, "Tanh", between -> change.apply(between).node("Identity", "a", "last"));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> refused() {
        return Stream.of(
                refused("/graph/node/2 '/c', of operator 'Conv', is no operator that models are made of here",
                        with(file -> file.node("Conv", "a 0.weight", "c"))),
                refused("/graph/node/2 '/c', of operator 'Elu', must have a finite alpha, had NaN",
                        with(file -> file.node("Elu", "a", "c", attribute("alpha", Float.NaN)))),
                refused("/graph/node/2 '/c', of operator 'Relu', has attributes that are not known here: alpha",
                        with(file -> file.node("Relu", "a", "c", attribute("alpha", 1f)))),
                refused("/graph/node/2 '/c', of operator 'Relu', reads 'z', which nothing before it makes",
                        with(file -> file.node("Relu", "z", "c").node("Relu", "c", "z"))),
                refused("/graph/node/2 '/c', of operator 'Gemm', must have transA = 0, had 1",
                        with(file -> file.node("Gemm", "a 0.weight", "c", attribute("transA", 1)))),
                refused("/graph/node/2 '/c', of operator 'MatMul', must multiply rows by a matrix that fits them, had (samples, 4) by [2, 4]",
                        with(file -> file.node("MatMul", "a 2.weight", "c"))),
                refused("/graph/node/2 must not be 'a', as something before it is",
                        with(file -> file.node("Relu", "h", "a")).node("Relu", "h", "q")),
                refused("/graph/initializer/4 'e' must have its numbers in the file itself: save the model without external data",
                        with(file -> file.tensor(TensorProto.newBuilder().setName("e").setDataType(1).addDims(2)
                        .setDataLocation(1).build()))),
                refused("/graph/initializer/4 'e' must have at most 268435456 entries", with(file -> file.tensor(
                        TensorProto.newBuilder().setName("e").setDataType(1).addDims(1 << 20).addDims(1 << 20)
                        .build()))),
                refused("/graph/initializer/4 'e' must have 268435456 entries, as its dimensions say, had 0 numbers",
                with(file -> file.tensor(
                        TensorProto.newBuilder().setName("e").setDataType(1).addDims(1 << 28).build()))),
                refused("/graph/initializer/4 'e' must have entries of float, double, int32 or int64 (types 1, 11, 6, 7 of ONNX), had type 10",
                        with(file -> file.tensor(TensorProto.newBuilder().setName("e").setDataType(10).addDims(1)
                        .build()))),
                refused("/opset_import/0 must be a version of the operators from 9 to ", torch(8, "Tanh", between ->
                between.node("Identity", "a", "last"))),
                refused("/graph/input/1 'image' must be a batch of rows", with(file -> file.input("image", 0))));
    }

    private static org.junit.jupiter.params.provider.Arguments refused(String message, FileBuilder file) {
        return org.junit.jupiter.params.provider.Arguments.of(message, file.bytes());
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("refused")
    void whatModelsAreNotMadeOfIsRefusedByItsPlace(String message, byte[] file) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(InvalidException.class).hasMessageStartingWith(message);
    }
}
