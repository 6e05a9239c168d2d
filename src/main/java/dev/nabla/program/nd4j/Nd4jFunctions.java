package dev.nabla.program.nd4j;

import dev.nabla.expression.ScalarFunction;
import dev.nabla.program.Slot;
import dev.nabla.program.engine.PlainLoops;
import dev.nabla.program.memory.Memory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cosh;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sinh;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tan;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The functions as ND4J operations where these are exact to rounding. ND4J's tanh is 0 for arguments below 1e-16, its
 * softplus overflows at 710, its sigmoid and swish vanish at −710, its gelu is an approximation and its sign of NaN is 0; some
 * it lacks;
 * for them a loop over the memory calls {@link ScalarFunction#value}.
 */
final class Nd4jFunctions {

    private Nd4jFunctions() {}

    static Runnable step(ScalarFunction function, Memory memory, Slot operand, Slot target) {
        INDArray x = memory.vector(operand);
        INDArray z = memory.vector(target);
        return switch (function) {
            case EXP -> run(new Exp(x, z));
            case LOG -> run(new Log(x, z));
            case SQRT -> run(new Sqrt(x, z));
            case ABS -> run(new Abs(x, z));
            case SIN -> run(new Sin(x, z));
            case COS -> run(new Cos(x, z));
            case TAN -> run(new Tan(x, z));
            case SINH -> run(new Sinh(x, z));
            case COSH -> run(new Cosh(x, z));
            case ERF -> run(new Erf(x, z));
            case RELU -> run(new RectifiedLinear(x, z, 0));
            case STEP -> run(new Step(x, z, 0));
            default -> PlainLoops.apply(memory, function::value, operand, target);
        };
    }

    private static Runnable run(Op operation) {
        return () -> Nd4j.getExecutioner().exec(operation);
    }
}
