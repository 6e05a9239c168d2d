package dev.nabla.exports.onnx;

import com.google.protobuf.ByteString;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.onnx.ElementType;
import dev.nabla.onnx.Tensors;
import dev.nabla.onnx.proto.AttributeProto;
import dev.nabla.onnx.proto.NodeProto;
import dev.nabla.onnx.proto.TensorProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The nodes of a graph or of a function, each made once, and the numbers that they need. */
final class Nodes {

    private static final long BYTES_OF_NODE = 600;
    /** The types of attributes. */
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int TENSOR = 4;
    private static final int INTS = 7;

    private final ElementType numbers;
    private final List<NodeProto> all = new ArrayList<>();
    private final Map<Made, String> made = new HashMap<>();
    private final Map<String, TensorProto> tensors = new LinkedHashMap<>();
    private final Map<String, Double> scalars = new HashMap<>();

    private record Made(String domain, String operator, List<String> operands, List<AttributeProto> attributes) {}

    /** @param numbers what all real numbers are */
    Nodes(ElementType numbers) {
        this.numbers = numbers;
    }

    ElementType numbers() {
        return numbers;
    }

    /** The name of what an operator of ONNX makes. */
    String add(String operator, List<String> operands, AttributeProto... attributes) {
        return numbers == ElementType.DOUBLE && operands.size() == 2 && attributes.length == 0
                ? kept(operator, operands.get(0), operands.get(1)) : add("", operator, operands, List.of(attributes));
    }

    /**
     * ONNX Runtime 1.29 leaves out factors and divisors that are 1 when they are rounded to floats, and terms that are 0 then, of
     * doubles too (its NoopElimination). So such factors are doubled, and such terms added by another operator.
     */
    private String kept(String operator, String left, String right) {
        double of = scalars.getOrDefault(left, Double.NaN);
        double by = scalars.getOrDefault(right, Double.NaN);
        if (operator.equals("Mul") && isLost(of, 1)) {
            return kept(operator, right, left);
        }
        if ((operator.equals("Mul") || operator.equals("Div")) && isLost(by, 1)) {
            String doubled = add(operator, List.of(left, number(2 * by)));
            return add("Mul", List.of(doubled, number(operator.equals("Mul") ? 0.5 : 2)));
        }
        if (operator.equals("Add") && (isLost(of, 0) || isLost(by, 0))) {
            return add("", "Sum", List.of(left, right), List.of());
        }
        return operator.equals("Sub") && isLost(by, 0) ? add("", "Sum", List.of(left, number(-by)), List.of())
                : add("", operator, List.of(left, right), List.of());
    }

    private static boolean isLost(double number, float neutral) {
        return (float) number == neutral && number != neutral;
    }

    /** The name of what one of the file's own functions makes. */
    String call(String function, List<String> operands) {
        return add(Functions.DOMAIN, function, operands, List.of());
    }

    private String add(String domain, String operator, List<String> operands, List<AttributeProto> attributes) {
        return made.computeIfAbsent(new Made(domain, operator, operands, attributes),
                _ -> append(domain, operator, operands, attributes));
    }

    /**
     * Gives values the names of outputs. What a node makes is called so where it is made: ONNX Runtime loses a value that is
     * read by others beside an Identity for its name.
     */
    void name(List<String> values, List<String> outputs) {
        Set<String> makers = all.stream().map(node -> node.getOutput(0)).collect(Collectors.toSet());
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (makers.contains(values.get(i))) {
                names.putIfAbsent(values.get(i), outputs.get(i));
            }
        }
        all.replaceAll(node -> node.toBuilder().clearInput().clearOutput()
                .addAllInput(node.getInputList().stream().map(value -> names.getOrDefault(value, value)).toList())
                .addOutput(names.getOrDefault(node.getOutput(0), node.getOutput(0))).build());
        for (int i = 0; i < outputs.size(); i++) {
            String value = names.getOrDefault(values.get(i), values.get(i));
            if (!value.equals(outputs.get(i))) {
                all.add(NodeProto.newBuilder().setName("/" + outputs.get(i)).setOpType("Identity").addInput(value)
                        .addOutput(outputs.get(i)).build());
            }
        }
    }

    private String append(String domain, String operator, List<String> operands, List<AttributeProto> attributes) {
        Work.hold(Place.HEAP, BYTES_OF_NODE);
        String name = "/" + operator + "_" + (all.size() + 1);
        NodeProto.Builder node = NodeProto.newBuilder().setName(name).setOpType(operator).addAllInput(operands)
                .addOutput(name).addAllAttribute(attributes);
        all.add((domain.isEmpty() ? node : node.setDomain(domain)).build());
        return name;
    }

    static AttributeProto attribute(String name, int value) {
        return AttributeProto.newBuilder().setName(name).setType(INT).setI(value).build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder().setName(name).setType(STRING).setS(ByteString.copyFromUtf8(value)).build();
    }

    String transpose(String matrix, boolean perSample) {
        List<Long> axes = perSample ? List.of(0L, 2L, 1L) : List.of(1L, 0L);
        return add("Transpose", List.of(matrix),
                AttributeProto.newBuilder().setName("perm").setType(INTS).addAllInts(axes).build());
    }

    /** A number, for whatever shape it is asked. */
    String number(double value) {
        scalars.put("/" + value, value);
        return tensor("/" + value, numbers, List.of(), value);
    }

    /** A list of whole numbers: a shape, axes, an index. */
    String integers(List<Integer> values) {
        return tensor("/" + values, ElementType.INT64, List.of(values.size()),
                values.stream().mapToDouble(value -> value).toArray());
    }

    String integer(int value) {
        return tensor("/" + value, ElementType.INT64, List.of(), value);
    }

    /** The numbers 0 to n − 1 as a column. */
    String rows(int n) {
        return tensor("/rows_" + n, ElementType.INT64, List.of(n, 1), IntStream.range(0, n).asDoubleStream().toArray());
    }

    /** An array under a name. */
    String array(String name, List<Integer> dimensions, double[] entries) {
        return tensor(name, numbers, dimensions, entries);
    }

    private String tensor(String name, ElementType type, List<Integer> dimensions, double... entries) {
        tensors.computeIfAbsent(name, _ -> {
            Work.hold(Place.HEAP, BYTES_OF_NODE + 2L * type.bytes() * entries.length);
            return Tensors.of(type, name, dimensions, entries);
        });
        return name;
    }

    /** The nodes that some values need, in an order in which they can be computed. */
    List<NodeProto> neededFor(Collection<String> values) {
        Map<String, NodeProto> makers = new HashMap<>();
        all.forEach(node -> makers.put(node.getOutput(0), node));
        Set<NodeProto> needed = new HashSet<>();
        var open = new ArrayDeque<>(values);
        while (!open.isEmpty()) {
            NodeProto maker = makers.get(open.pop());
            if (maker != null && needed.add(maker)) {
                maker.getInputList().forEach(open::push);
            }
        }
        return all.stream().filter(needed::contains).toList();
    }

    /** The tensors that some nodes read. */
    List<TensorProto> readBy(List<NodeProto> nodes) {
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> read.addAll(node.getInputList()));
        return tensors.values().stream().filter(tensor -> read.contains(tensor.getName())).toList();
    }

    /** The same tensors as nodes, which a function needs. */
    List<NodeProto> asNodes(List<TensorProto> read) {
        return read.stream().map(tensor -> NodeProto.newBuilder().setName(tensor.getName()).setOpType("Constant")
                .addOutput(tensor.getName()).addAttribute(AttributeProto.newBuilder().setName("value").setType(TENSOR)
                .setT(tensor.toBuilder().clearName())).build()).toList();
    }

    /** The functions of the file's own that some nodes call, in alphabetical order. */
    static Set<String> calledBy(List<NodeProto> nodes) {
        var functions = new TreeSet<String>();
        nodes.stream().filter(node -> node.getDomain().equals(Functions.DOMAIN))
                .forEach(node -> functions.add(node.getOpType()));
        return functions;
    }
}
