package dev.nabla.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.nabla.exports.Cases.Case;
import dev.nabla.exports.OnnxRuntime.Array;
import dev.nabla.exports.files.RefusedExportException;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.routine.NotOfOneSampleException;
import dev.nabla.expression.Interpreter;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.onnx.proto.ModelProto;
import dev.nabla.onnx.proto.NodeProto;
import dev.nabla.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs what is exported to ONNX in ONNX Runtime: all samples of a case as one batch. */
class OnnxTest {

    private static final long LIMIT = 50_000_000;

    private static byte[] file(Subject subject, boolean isSingle) {
        return ExportFormat.ONNX.exporter().files(subject, isSingle, LIMIT).getFirst().bytes();
    }

    private static ModelProto model(Subject subject) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(file(subject, false));
    }

    @Test
    void batchesHaveTheValuesOfNabla() throws Exception {
        long seed = System.nanoTime();
        assertThat(faults(Cases.all(seed), false, 1e-12)).as("seed %d", seed).isEmpty();
    }

    @Test
    void inSinglePrecisionTheyHaveItsDigits() throws Exception {
        long seed = System.nanoTime();
        assertThat(faults(Cases.networks(seed), true, 1e-5)).as("seed %d", seed).isEmpty();
    }

    private static List<String> faults(List<Case> cases, boolean isSingle, double tolerance) throws Exception {
        var faults = new ArrayList<String>();
        for (int c = 0; c < cases.size(); c++) {
            Case one = cases.get(c);
            faults.addAll(one.faults(values(one, c % 2 == 0 ? one.subject() : one.withValues(), isSingle), tolerance));
        }
        return faults;
    }

    private static double[][][] values(Case one, Subject subject, boolean isSingle) throws Exception {
        int samples = one.inputs().length;
        var inputs = new LinkedHashMap<String, Array>();
        inputs.put("inputs", new Array(new long[] {samples, one.inputs()[0].length},
                Arrays.stream(one.inputs()).flatMapToDouble(Arrays::stream).toArray()));
        subject.split(one.parameters()).forEach((symbol, values) -> inputs.put(symbol.name(),
                new Array(symbol.shape().dimensions().stream().mapToLong(dimension -> dimension).toArray(), values)));
        Map<String, Array> outputs = OnnxRuntime.run(file(subject, isSingle), isSingle, inputs);
        List<Array> arrays = List.copyOf(outputs.values());
        assertThat(outputs.keySet()).containsExactlyElementsOf(subject.equations().stream().map(Subject.Equation::text)
                .toList());
        var values = new double[arrays.size()][samples][];
        for (int e = 0; e < values.length; e++) {
            Shape shape = subject.equations().get(e).expression().shape();
            assertThat(arrays.get(e).dimensions()).as(subject.equations().get(e).text()).isEqualTo(LongStream.concat(
                    LongStream.of(samples), shape.dimensions().stream().mapToLong(dimension -> dimension)).toArray());
            for (int s = 0; s < samples; s++) {
                values[e][s] = Arrays.copyOfRange(arrays.get(e).entries(), s * shape.size(), (s + 1) * shape.size());
            }
        }
        return values;
    }

    /** Of which ONNX Runtime leaves some out, if they are written as they are. */
    @Test
    void factorsAreKeptThatFloatsCannotTellFromOneAndTermsThatTheyCannotTellFromZero() throws Exception {
        Network network = layers(1, "identity");
        for (String equation : List.of("tanh(q*(1 + 4e-8))", "tanh((1 - 1e-12)*q)", "tanh(q/0.999999975)", "tanh(1.000004*q)",
                "tanh(inputs*(1 + 1e-8))", "tanh(inputs/(1 + 1e-8))", "sqrt(q^2 + 1e-60)", "sqrt(q^2 - 1e-60)")) {
            double[] point = {equation.contains("e-60") ? 1e-29 : 0.1, 3};
            double[] values = OnnxRuntime.run(file(subject(network, equation), false), false,
                    Map.of("inputs", new Array(new long[] {1, 2}, point)))
                    .get(equation).entries();
            double[] expected = Interpreter.evaluate(dev.nabla.language.Equation.parse(equation, network.scope()),
                    Map.of("inputs", point));
            assertThat(values).as(equation).hasSameSizeAs(expected);
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).as(equation).isCloseTo(expected[i], withinPercentage(1e-13));
            }
        }
    }

    private static Subject subject(Network network, String... equations) {
        return new Subject("layers", Stream.of(equations).map(text -> new Subject.Equation(text,
                dev.nabla.language.Equation.parse(text, network.scope()))).toList(), network.inputs(),
                network.definition().inputs(), network.parameters().symbols(), Optional.empty(), network.notation(),
                List.of("layers", "network 1"));
    }

    private static Network layers(int units, String... activations) {
        return Network.of(new NetworkDefinition(Optional.empty(), List.of("q", "p"), NetworkDefinition.numbered("y",
                units),
                Stream.of(activations).map(name -> DenseLayer.of(units, Activation.of(name))).toList()));
    }

    @Test
    void aLayerIsOneProductWithItsBiasAndItsActivation() throws Exception {
        ModelProto model = model(subject(layers(100, "tanh", "gelu", "identity"), "outputs"));
        assertThat(model.getGraph().getNodeList()).extracting(NodeProto::getOpType)
                .containsExactly("Gemm", "Tanh", "Gemm", "gelu", "Gemm");
        assertThat(model.getGraph().getInputList()).extracting(ValueInfoProto::getName)
                .containsExactly("inputs", "L1.W", "L1.b", "L2.W", "L2.b", "L3.W", "L3.b");
        assertThat(model.getFunctionsList()).extracting(function -> function.getName()).contains("gelu", "normcdf");
        assertThat(model.getMetadataPropsList()).extracting(property -> property.getKey() + "=" + property.getValue())
                .containsExactly("nabla.origin=layers\nnetwork 1", "nabla.inputs=q\np", "nabla.equations=outputs");
    }

    @Test
    void theSizeDoesNotGrowWithTheUnits() throws Exception {
        String[] equations = {"outputs", "D(outputs, inputs)", "D(y1, inputs, inputs)", "D(y1, L1.W)"};
        assertThat(model(subject(layers(300, "tanh", "tanh"), equations)).getGraph().getNodeCount())
                .isEqualTo(model(subject(layers(3, "tanh", "tanh"), equations)).getGraph().getNodeCount())
                .isLessThan(120);
    }

    @Test
    void theSameEquationsAreTheSameBytes() {
        for (Case one : Cases.networks(1)) {
            assertThat(file(one.withValues(), false)).isEqualTo(file(one.withValues(), false));
        }
    }

    @Test
    void anOutputThatIsCalledLikeAnInputHasANameOfItsOwn() throws Exception {
        ModelProto model = model(subject(layers(2, "tanh"), "inputs", "outputs", "outputs", "L1.b"));
        assertThat(model.getGraph().getOutputList()).extracting(output -> output.getName() + ": "
                + output.getDocString())
                .containsExactly("/result1: inputs", "outputs: outputs", "/result3: outputs", "/result4: L1.b");
    }

    @Test
    void whatItCannotSayIsRefused() {
        Network network = layers(2, "tanh");
        Subject plain = subject(network, "outputs");
        assertThatThrownBy(() -> ExportFormat.ONNX.exporter().files(plain, false, 200))
                .isInstanceOf(RefusedExportException.class).hasMessageContainingAll("bytes of ONNX", "200");
        var summed = new Subject(plain.name(), List.of(new Subject.Equation("sum",
                LinearAlgebra.sampleSum(network.outputs()))),
                plain.inputs(), plain.inputNames(), plain.parameters(), plain.values(), plain.notation(),
                plain.origin());
        assertThatThrownBy(() -> file(summed, false)).isInstanceOf(NotOfOneSampleException.class);
    }
}
