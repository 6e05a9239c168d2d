package dev.nabla.imports.onnx;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Shape;
import dev.nabla.expression.ShapeException;
import dev.nabla.expression.Work;
import dev.nabla.imports.Formula;
import dev.nabla.imports.onnx.Value.Array;
import dev.nabla.imports.onnx.Value.Numbers;
import dev.nabla.language.Identifier;
import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.NamesOrCount;
import dev.nabla.onnx.OnnxFile;
import dev.nabla.onnx.Tensors;
import dev.nabla.onnx.proto.GraphProto;
import dev.nabla.onnx.proto.ModelProto;
import dev.nabla.onnx.proto.NodeProto;
import dev.nabla.onnx.proto.OperatorSetIdProto;
import dev.nabla.onnx.proto.StringStringEntryProto;
import dev.nabla.onnx.proto.TensorProto;
import dev.nabla.onnx.proto.TensorShapeProto.Dimension;
import dev.nabla.onnx.proto.ValueInfoProto;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads a file of ONNX as a formula: every node as what it makes of the values before it. */
public final class OnnxReader {

    private static final int OLDEST = 9;
    private static final int NEWEST = 26;
    private static final double NANOS_OF_NODE = 20_000;
    private static final double NANOS_OF_ENTRY = 5;
    /** Operators that leave numbers as they are, or put them into another order. */
    private static final Set<String> KEEPING = Set.of("Identity", "Cast", "Dropout", "Reshape", "Squeeze", "Unsqueeze",
            "Transpose",
            "Expand");
    private static final String OWN_DOMAIN = "dev.nabla";

    private final ModelProto model;
    private final GraphProto graph;
    private final Map<String, Value> values = new HashMap<>();
    private final Operators operators;

    private OnnxReader(ModelProto model) {
        this.model = model;
        this.graph = model.getGraph();
        this.operators = new Operators(operatorSet(model));
    }

    /**
     * The formula of a file.
     *
     * @param inputNames those of the columns of its inputs; as the file has them where this is empty
     * @param outputNames the same of its outputs
     * @param taken the names of the file's outputs that are taken; all where this is empty
     * @throws InvalidException if it is no such file, or has what models are not made of here
     */
    public static Formula read(byte[] file, List<String> inputNames, List<String> outputNames, List<String> taken) {
        return new OnnxReader(OnnxFile.read(file)).formula(inputNames, outputNames, taken);
    }

    private static int operatorSet(ModelProto model) {
        for (int i = 0; i < model.getOpsetImportCount(); i++) {
            OperatorSetIdProto set = model.getOpsetImport(i);
            if (isStandard(set.getDomain())) {
                if (set.getVersion() < OLDEST || set.getVersion() > NEWEST) {
                    throw wrong("/opset_import/" + i, "must be a version of the operators from " + OLDEST + " to "
                            + NEWEST
                            + ", was " + set.getVersion());
                }
                return (int) set.getVersion();
            }
        }
        throw wrong("", "must be a model of ONNX that says its version of the operators");
    }

    private static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    private static InvalidException wrong(String pointer, String detail) {
        return new InvalidException(List.of(Problem.of(pointer, detail)));
    }

    private Formula formula(List<String> inputNames, List<String> outputNames, List<String> taken) {
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            put("/graph/initializer/" + i, graph.getInitializer(i).getName(), numbers(i));
        }
        Symbol inputs = readInputs();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            Work.spend(NANOS_OF_NODE);
            readNode(i);
        }
        Map<String, Expression> outputs = outputs(taken);
        Expression all = LinearAlgebra.stack(outputs.values().stream()
                .flatMap(output -> output.isScalar() ? List.of(output).stream()
                        : IntStream.range(0, output.shape().size()).mapToObj(k -> LinearAlgebra.entry(output, k)))
                        .toList());
        return new Formula(inputs, all, operators.parameters(), names("inputs", inputNames, inputs.shape().size(),
                this::inputNames), names("outputs", outputNames, all.shape().size(), () -> outputNames(outputs)));
    }

    private void put(String pointer, String name, Value value) {
        if (name.isEmpty() || values.putIfAbsent(name, value) != null) {
            throw wrong(pointer, name.isEmpty() ? "must have a name" : "must not be '" + name
                    + "', as something before it is");
        }
    }

    private Numbers numbers(int i) {
        TensorProto tensor = graph.getInitializer(i);
        try {
            return new Numbers(tensor.getName(), Tensors.dimensions(tensor), Tensors.entries(tensor));
        } catch (IllegalArgumentException e) {
            throw wrong("/graph/initializer/" + i, "'" + tensor.getName() + "' " + e.getMessage());
        }
    }

    /** The columns of all inputs that have no values in the file, one after the other. */
    private Symbol readInputs() {
        Map<String, Integer> columns = new LinkedHashMap<>();
        Set<String> rows = new HashSet<>();
        for (int i = 0; i < graph.getInputCount(); i++) {
            ValueInfoProto input = graph.getInput(i);
            if (!(values.get(input.getName()) instanceof Numbers)) {
                List<Dimension> dimensions = input.getType().getTensorType().getShape().getDimList();
                boolean isRow = dimensions.size() == 2;
                long count = isRow ? dimensions.get(1).getDimValue() : dimensions.size() == 1 ? 1 : 0;
                if (count < 1 || count > Architecture.MAX_INPUTS || columns.put(input.getName(), (int) count) != null) {
                    throw wrong("/graph/input/" + i, "'" + input.getName()
                            + "' must be a batch of rows, of shape (samples, n) with n between "
                            + "1 and " + Architecture.MAX_INPUTS + ", or of shape (samples)");
                }
                if (isRow) {
                    rows.add(input.getName());
                }
            }
        }
        int all = columns.values().stream().mapToInt(count -> count).sum();
        if (all < 1 || all > Architecture.MAX_INPUTS) {
            throw wrong("/graph/input", "must have between 1 and " + Architecture.MAX_INPUTS
                    + " columns together, had " + all);
        }
        Expression inputs = Arithmetic.perSampleSymbol(Identifier.INPUTS, Shape.of(all));
        int from = 0;
        for (Map.Entry<String, Integer> input : columns.entrySet()) {
            int first = from;
            Expression entry = LinearAlgebra.entry(inputs, first);
            values.put(input.getKey(), new Array(!rows.contains(input.getKey()) ? entry
                    : LinearAlgebra.stack(IntStream.range(first, first + input.getValue())
                            .mapToObj(k -> LinearAlgebra.entry(inputs, k)).toList())));
            from += input.getValue();
        }
        return (Symbol) inputs;
    }

    private void readNode(int i) {
        NodeProto node = graph.getNode(i);
        String pointer = "/graph/node/" + i;
        try {
            var operands = new ArrayList<Optional<Value>>();
            for (String name : node.getInputList()) {
                Value value = values.get(name);
                if (value == null && !name.isEmpty()) {
                    throw new Refusal("reads '" + name + "', which nothing before it makes");
                }
                operands.add(Optional.ofNullable(value));
            }
            List<String> names = node.getOutputList().stream().filter(name -> !name.isEmpty()).toList();
            List<Value> made = made(node, operands, names.size());
            for (int k = 0; k < names.size(); k++) {
                put(pointer, names.get(k), named(made.get(k), names.get(k), node));
            }
        } catch (Refusal | ShapeException | ArithmeticException e) {
            throw wrong(pointer, inWords(node) + " " + e.getMessage());
        }
    }

    private List<Value> made(NodeProto node, List<Optional<Value>> operands, int results) {
        var attributes = new Attributes(node);
        try {
            List<Value> made = switch (node.getDomain()) {
                case "", "ai.onnx" -> operators.apply(node.getOpType(), operands, attributes, results);
                case OWN_DOMAIN -> results == 1 ? List.of(operators.own(node.getOpType(), operands, attributes))
                        : List.of();
                default -> throw new Refusal("is an operator of '" + node.getDomain() + "', which is not known here");
            };
            if (made.size() != results) {
                throw new Refusal("must have one result");
            }
            attributes.requireAllRead();
            return made;
        } catch (Refusal | ShapeException | ArithmeticException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
    }

    /** Numbers are called by the first name that they have. */
    private static Value named(Value value, String name, NodeProto node) {
        if (value instanceof Numbers numbers) {
            Work.hold(Place.HEAP, (long) numbers.entries().length * Double.BYTES);
            Work.spend(NANOS_OF_ENTRY * numbers.entries().length);
        }
        return value instanceof Numbers numbers && !KEEPING.contains(node.getOpType())
                ? new Numbers(name, numbers.dimensions(), numbers.entries()) : value;
    }

    private static String inWords(NodeProto node) {
        return (node.getName().isEmpty() ? "a node" : "'" + node.getName() + "'") + ", of operator '"
                + node.getOpType() + "',";
    }

    private Map<String, Expression> outputs(List<String> taken) {
        Map<String, Expression> outputs = new LinkedHashMap<>();
        for (int i = 0; i < graph.getOutputCount(); i++) {
            String name = graph.getOutput(i).getName();
            if (taken.isEmpty() || taken.contains(name)) {
                if (!(values.get(name) instanceof Array array) || array.shape().rank() > 1) {
                    throw wrong("/graph/output/" + i, "'" + name
                            + "' must be a row or a number for every sample, made of the inputs");
                }
                outputs.put(name, array.expression());
            }
        }
        List<String> missing = taken.stream().filter(name -> !outputs.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw wrong("/take", "must name outputs of the file, which are " + String.join(", ", graph.getOutputList()
                    .stream()
                    .map(ValueInfoProto::getName).toList()) + ", named " + String.join(", ", missing));
        }
        if (outputs.isEmpty()) {
            throw wrong("/graph/output", "must have an output");
        }
        return outputs;
    }

    private interface Found {

        List<String> names();
    }

    private static List<String> names(String parameter, List<String> given, int count, Found found) {
        if (!given.isEmpty() && given.size() != count) {
            throw wrong("/" + parameter, "must name the " + count + " " + parameter + " of the file, named "
                    + given.size());
        }
        return given.isEmpty() ? found.names() : given;
    }

    private List<String> inputNames() {
        int count = graph.getInputList().stream().map(ValueInfoProto::getName).map(values::get)
                .filter(value -> value instanceof Array).mapToInt(value -> ((Array) value).shape().size()).sum();
        List<String> own = model.getMetadataPropsList().stream().filter(property -> property.getKey()
                .equals("nabla.inputs"))
                .map(StringStringEntryProto::getValue).findFirst().map(all -> List.of(all.split("\n")))
                .orElse(List.of());
        List<String> ofFile = graph.getInputList().stream().map(ValueInfoProto::getName)
                .filter(name -> values.get(name) instanceof Array).toList();
        return usable(own, count) ? own : usable(ofFile, count) ? ofFile : NamesOrCount.numbered("x", count);
    }

    private static List<String> outputNames(Map<String, Expression> outputs) {
        int count = outputs.values().stream().mapToInt(output -> output.shape().size()).sum();
        List<String> ofFile = List.copyOf(outputs.keySet());
        return usable(ofFile, count) ? ofFile : NamesOrCount.numbered("y", count);
    }

    private static boolean usable(List<String> names, int count) {
        return names.size() == count && new HashSet<>(names).size() == count
                && names.stream().allMatch(name -> Identifier.violation(name).isEmpty() && !name.matches("L[0-9]+"));
    }
}
