package dev.nabla.exports.onnx;

import dev.nabla.exports.code.Helper;
import dev.nabla.onnx.ElementType;
import dev.nabla.onnx.proto.FunctionProto;
import dev.nabla.onnx.proto.NodeProto;
import dev.nabla.onnx.proto.OperatorSetIdProto;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The functions of the equation language: operators of ONNX, and functions of the file's own made of these. */
final class Functions {

    /** The domain of the file's own functions. */
    static final String DOMAIN = "dev.nabla";

    /**
     * By operators that ONNX Runtime computes with doubles, with all their digits, and with NaN of NaN; of the four
     * operations and comparisons by the signs that {@link Helper} has for them.
     */
    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("exp", "Exp"),
            Map.entry("log", "Log"),
            Map.entry("sqrt", "Sqrt"),
            Map.entry("abs", "Abs"),
            Map.entry("sin", "Sin"),
            Map.entry("tanh", "Tanh"),
            Map.entry("floor", "Floor"),
            Map.entry("pow", "Pow"),
            Map.entry("relu", "Relu"),
            Map.entry("max", "Max"),
            Map.entry("min", "Min"),
            Map.entry("choose", "Where"),
            Map.entry("+", "Add"),
            Map.entry("-", "Sub"),
            Map.entry("*", "Mul"),
            Map.entry("/", "Div"),
            Map.entry("<", "Less"),
            Map.entry("<=", "LessOrEqual"),
            Map.entry(">", "Greater"),
            Map.entry(">=", "GreaterOrEqual"),
            Map.entry("==", "Equal"));

    private Functions() {}

    /** The name of what a function of the equation language, of {@link Helper}, or a sign makes of some values. */
    static String apply(String function, List<String> operands, Nodes nodes) {
        String operator = OPERATORS.get(function);
        return operator != null ? nodes.add(operator, operands) : nodes.call(function, operands);
    }

    /** The functions that are called, and those that these call. */
    static List<FunctionProto> definitions(Collection<String> called, ElementType numbers, int operatorSet) {
        return Helper.of(called, OPERATORS.keySet()).stream().map(helper -> definition(helper, numbers, operatorSet))
                .toList();
    }

    private static FunctionProto definition(Helper helper, ElementType numbers, int operatorSet) {
        var nodes = new Nodes(numbers);
        String value = new HelperLines(helper, nodes).value();
        List<NodeProto> computing = nodes.neededFor(List.of(value));
        List<NodeProto> constants = nodes.asNodes(nodes.readBy(computing));
        return FunctionProto.newBuilder().setName(helper.text()).setDomain(DOMAIN).addAllInput(helper.arguments())
                .addOutput(value).addAllNode(Stream.concat(constants.stream(), computing.stream()).toList())
                .addAllOpsetImport(operatorSets(operatorSet)).build();
    }

    /** What operators a file, or a function of it, takes for known. */
    static List<OperatorSetIdProto> operatorSets(int operatorSet) {
        return List.of(OperatorSetIdProto.newBuilder().setDomain("").setVersion(operatorSet).build(),
                OperatorSetIdProto.newBuilder().setDomain(DOMAIN).setVersion(1).build());
    }
}
