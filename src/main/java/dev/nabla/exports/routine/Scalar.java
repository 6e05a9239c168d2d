package dev.nabla.exports.routine;

import dev.nabla.exports.routine.Buffer.Kind;
import java.util.List;

/** A number that is computed from others. */
public sealed interface Scalar {

    record Literal(double value) implements Scalar {}

    record Load(Buffer buffer, Index at) implements Scalar {}

    /** @param function its name in the equation language, or that of one of the functions that code has besides */
    record Call(String function, List<Scalar> arguments) implements Scalar {}

    record Sum(List<Scalar> terms) implements Scalar {}

    record Negation(Scalar operand) implements Scalar {}

    record Product(List<Scalar> factors) implements Scalar {}

    record Quotient(Scalar dividend, Scalar divisor) implements Scalar {}

    /** What it is computed from. */
    default List<Scalar> operands() {
        return switch (this) {
            case Literal _, Load _ -> List.of();
            case Call call -> call.arguments();
            case Sum sum -> sum.terms();
            case Negation negation -> List.of(negation.operand());
            case Product product -> product.factors();
            case Quotient quotient -> List.of(quotient.dividend(), quotient.divisor());
        };
    }

    static Scalar of(double value) {
        return value < 0 ? new Negation(new Literal(-value)) : new Literal(value);
    }

    static Scalar of(Buffer scalar) {
        if (scalar.kind() != Kind.SCALAR) {
            throw new IllegalArgumentException(scalar + " is an array");
        }
        return new Load(scalar, Index.of(0));
    }

    static Scalar call(String function, Scalar... arguments) {
        return new Call(function, List.of(arguments));
    }

    static Scalar sum(Scalar... terms) {
        return new Sum(List.of(terms));
    }

    static Scalar product(Scalar... factors) {
        return new Product(List.of(factors));
    }
}
