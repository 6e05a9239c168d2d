package dev.nabla.exports.onnx;

import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.onnx.ElementType;
import dev.nabla.onnx.proto.GraphProto;
import dev.nabla.onnx.proto.ModelProto;
import dev.nabla.onnx.proto.NodeProto;
import dev.nabla.onnx.proto.StringStringEntryProto;
import dev.nabla.onnx.proto.TensorProto;
import dev.nabla.onnx.proto.TensorShapeProto;
import dev.nabla.onnx.proto.TensorShapeProto.Dimension;
import dev.nabla.onnx.proto.TypeProto;
import dev.nabla.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model of ONNX: all equations of a batch of samples, {@code inputs} with a row for each. Operators are those that
 * ONNX
 * Runtime has on CPUs for doubles; what it lacks are functions of the file's own. Parameters that are not taken away
 * are
 * inputs, too.
 */
public final class OnnxExporter implements Exporter {

    /** Of 2024, as it has all that is needed: runtimes read what is older than they are. */
    private static final int OPERATOR_SET = 21;
    private static final int FILE_VERSION = 10;

    private static final String SAMPLES = "samples";
    private static final long BYTES_OF_NODE = 40;
    /** While it is made, joined and sent. */
    private static final long COPIES = 4;

    @Override
    public boolean hasSinglePrecision() {
        return true;
    }

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        ElementType numbers = isSingle ? ElementType.FLOAT : ElementType.DOUBLE;
        long ofParameters = subject.values().isPresent() ? (long) subject.parameterCount() * numbers.bytes() : 0;
        long predicted = ofParameters + BYTES_OF_NODE * Graph.nodeCount(subject.expressions());
        Sizes.requireBytes(predicted, maxLength, "ONNX");
        Work.hold(Place.HEAP, COPIES * predicted);
        byte[] bytes = model(subject, numbers).toByteArray();
        Sizes.requireBytes(bytes.length, maxLength, "ONNX");
        return List.of(new ExportFile.Binary(subject.name() + ".onnx", bytes));
    }

    private static ModelProto model(Subject subject, ElementType numbers) {
        var nodes = new Nodes(numbers);
        subject.values().map(subject::split).orElse(Map.of()).forEach((symbol, entries) ->
                nodes.array(symbol.name(), symbol.shape().dimensions(), entries));
        List<String> values = new BatchLowering(nodes, subject.inputs()).lower(subject.expressions());
        List<String> names = names(subject);
        nodes.name(values, names);
        List<NodeProto> needed = nodes.neededFor(names);
        return ModelProto.newBuilder().setIrVersion(FILE_VERSION).setProducerName("nabla").setProducerVersion("1")
                .setDocString(subject.origin().getFirst()).setGraph(graph(subject, numbers, nodes, needed, names))
                .addAllOpsetImport(Functions.operatorSets(OPERATOR_SET))
                .addAllFunctions(Functions.definitions(Nodes.calledBy(needed), numbers, OPERATOR_SET))
                .addMetadataProps(property("nabla.origin", String.join("\n", subject.origin())))
                .addMetadataProps(property("nabla.inputs", String.join("\n", subject.inputNames())))
                .addMetadataProps(property("nabla.equations", String.join("\n",
                        subject.equations().stream().map(Subject.Equation::text).toList())))
                .build();
    }

    private static StringStringEntryProto property(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** An output is called by its equation, but where that is called so already. */
    private static List<String> names(Subject subject) {
        Set<String> taken = new HashSet<>(Set.of(subject.inputs().name()));
        subject.parameters().forEach(parameter -> taken.add(parameter.name()));
        var names = new ArrayList<String>();
        for (Subject.Equation equation : subject.equations()) {
            String name = taken.add(equation.text()) ? equation.text() : "/result" + (names.size() + 1);
            names.add(name);
        }
        return names;
    }

    private static GraphProto graph(Subject subject, ElementType numbers, Nodes nodes, List<NodeProto> needed,
            List<String> names) {
        List<TensorProto> tensors = nodes.readBy(needed);
        GraphProto.Builder graph = GraphProto.newBuilder().setName(subject.name()).addAllNode(needed)
                .addAllInitializer(tensors)
                .addInput(described(subject.inputs().name(), subject.inputs(), numbers));
        Set<String> read = new HashSet<>();
        needed.forEach(node -> read.addAll(node.getInputList()));
        if (subject.values().isEmpty()) {
            subject.parameters().stream().filter(parameter -> read.contains(parameter.name()))
                    .forEach(parameter -> graph.addInput(described(parameter.name(), parameter, numbers)));
        }
        for (int i = 0; i < names.size(); i++) {
            Subject.Equation equation = subject.equations().get(i);
            graph.addOutput(described(names.get(i), equation.expression().shape().dimensions(), true, numbers)
                    .setDocString(equation.text()));
        }
        return graph.build();
    }

    private static ValueInfoProto described(String name, Symbol symbol, ElementType numbers) {
        return described(name, symbol.shape().dimensions(), symbol.isPerSample(), numbers).build();
    }

    private static ValueInfoProto.Builder described(String name, List<Integer> dimensions, boolean perSample,
            ElementType numbers) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        if (perSample) {
            shape.addDim(Dimension.newBuilder().setDimParam(SAMPLES));
        }
        dimensions.forEach(dimension -> shape.addDim(Dimension.newBuilder().setDimValue(dimension)));
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(numbers.number()).setShape(shape)));
    }
}
