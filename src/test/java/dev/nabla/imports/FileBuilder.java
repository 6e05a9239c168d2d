package dev.nabla.imports;

import com.google.protobuf.ByteString;
import dev.nabla.onnx.ElementType;
import dev.nabla.onnx.Tensors;
import dev.nabla.onnx.proto.AttributeProto;
import dev.nabla.onnx.proto.GraphProto;
import dev.nabla.onnx.proto.ModelProto;
import dev.nabla.onnx.proto.NodeProto;
import dev.nabla.onnx.proto.OperatorSetIdProto;
import dev.nabla.onnx.proto.TensorProto;
import dev.nabla.onnx.proto.TensorShapeProto;
import dev.nabla.onnx.proto.TensorShapeProto.Dimension;
import dev.nabla.onnx.proto.TypeProto;
import dev.nabla.onnx.proto.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Files of ONNX as exporters of other tools write them. */
public final class FileBuilder {

    private final ElementType numbers;
    private final SplittableRandom random;
    private final ModelProto.Builder model = ModelProto.newBuilder();
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("main_graph");

    public FileBuilder(int operatorSet, ElementType numbers, long seed) {
        this.numbers = numbers;
        this.random = new SplittableRandom(seed);
        model.setIrVersion(operatorSet < 15 ? 7 : operatorSet < 20 ? 8 : 10).setProducerName("test")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(operatorSet));
    }

    public FileBuilder input(String name, int columns) {
        graph.addInput(row(name, columns));
        return this;
    }

    public FileBuilder output(String name, int columns) {
        graph.addOutput(row(name, columns));
        return this;
    }

    private ValueInfoProto row(String name, int columns) {
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(numbers.number()).setShape(TensorShapeProto.newBuilder()
                        .addDim(Dimension.newBuilder().setDimParam("batch")).addDim(Dimension.newBuilder()
                        .setDimValue(columns)))))
                .build();
    }

    /** Random numbers. */
    public FileBuilder weights(String name, Integer... dimensions) {
        int size = Arrays.stream(dimensions).reduce(1, (x, y) -> x * y);
        return tensor(Tensors.of(numbers, name, List.of(dimensions), random.doubles(size, -1, 1).toArray()));
    }

    public FileBuilder numbers(String name, List<Integer> dimensions, double... entries) {
        return tensor(Tensors.of(numbers, name, dimensions, entries));
    }

    public FileBuilder integers(String name, double... entries) {
        return tensor(Tensors.of(ElementType.INT64, name, List.of(entries.length), entries));
    }

    public FileBuilder integer(String name, double entry) {
        return tensor(Tensors.of(ElementType.INT64, name, List.of(), entry));
    }

    public FileBuilder tensor(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    /** A node by its operator, what it reads, what it makes and its attributes; it is called like what it makes. */
    public FileBuilder node(String operator, String operands, String results, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder().setName("/" + results.split(" ")[0]).setOpType(operator)
                .addAllInput(operands.isEmpty() ? List.of() : Arrays.stream(operands.split(" ", -1)).map(name ->
                name.equals("-") ? "" : name).toList())
                .addAllOutput(Arrays.asList(results.split(" "))).addAllAttribute(Arrays.asList(attributes)));
        return this;
    }

    public static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(2).setI(value).build();
    }

    public static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder().setName(name).setType(1).setF(value).build();
    }

    public static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder().setName(name).setType(3).setS(ByteString.copyFromUtf8(value)).build();
    }

    public static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder().setName(name).setType(7).addAllInts(values).build();
    }

    public static AttributeProto attribute(String name, TensorProto value) {
        return AttributeProto.newBuilder().setName(name).setType(4).setT(value).build();
    }

    public ModelProto model() {
        return model.setGraph(graph).build();
    }

    public byte[] bytes() {
        return model().toByteArray();
    }
}
