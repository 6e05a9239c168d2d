package dev.nabla.web.expressions;

import dev.nabla.expression.Expression;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.language.Growth;
import dev.nabla.language.Scope;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the equations of a request. */
public final class Equations {

    /** The most of one request. */
    public static final int MAX_EQUATIONS = 100;
    private static final String POINTER = "/equations";

    private Equations() {}

    /**
     * What is made of all equations together.
     *
     * @throws InvalidException at the only one, or else at all, if it is too much work
     */
    static <T> T together(List<String> equations, Supplier<T> making) {
        try {
            return making.get();
        } catch (WorkLimitException e) {
            throw new InvalidException(List.of(Problem.of(equations.size() == 1 ? POINTER + "/0" : POINTER, e.getMessage())));
        }
    }

    /** The expressions of all equations that can be read; the errors of the others are added. */
    public static List<Expression> parse(List<String> equations, Scope scope, List<Problem> errors) {
        return parse(equations, scope, true, errors);
    }

    /** The same where it is not known of all names what they stand for: a name that is not in scope is no error. */
    static List<Expression> parseKnown(List<String> equations, Scope scope, List<Problem> errors) {
        return parse(equations, scope, false, errors);
    }

    private static List<Expression> parse(List<String> equations, Scope scope, boolean isWhole, List<Problem> errors) {
        return parse(equations, i -> POINTER + "/" + i, scope, isWhole, errors);
    }

    /**
     * The expressions of all equations that can be read; the errors of the others are added.
     *
     * @param pointer where the equation of a number is
     */
    static List<Expression> parse(List<String> equations, IntFunction<String> pointer, Scope scope, List<Problem> errors) {
        return parse(equations, pointer, scope, true, errors);
    }

    private static List<Expression> parse(List<String> equations, IntFunction<String> pointer, Scope scope, boolean isWhole,
            List<Problem> errors) {
        return Growth.together(() -> IntStream.range(0, equations.size()).boxed()
                .flatMap(i -> parse(() -> Equation.parse(equations.get(i), scope), pointer.apply(i), isWhole, errors).stream())
                .toList());
    }

    /** Adds where texts are no equations, whatever their names stand for. */
    public static void requireSyntax(@Nullable List<String> equations, List<Problem> errors) {
        for (int i = 0; equations != null && i < equations.size(); i++) {
            String pointer = POINTER + "/" + i;
            Equation.faultOfSyntax(equations.get(i))
                    .ifPresent(e -> errors.add(Problem.at(pointer, e.getMessage(), e.position())));
        }
    }

    /** The expression of one equation; empty, and its error added, if it cannot be read. */
    public static Optional<Expression> parse(String equation, String pointer, Scope scope, List<Problem> errors) {
        return parse(() -> Equation.parse(equation, scope), pointer, true, errors);
    }

    /** The same of one that must be a scalar. */
    public static Optional<Expression> parseScalar(String equation, String pointer, Scope scope, List<Problem> errors) {
        return parse(() -> Equation.scalar(equation, scope), pointer, true, errors);
    }

    private static Optional<Expression> parse(Supplier<Expression> reading, String pointer, boolean isWhole,
            List<Problem> errors) {
        try {
            return Optional.of(reading.get());
        } catch (EquationException e) {
            if (isWhole || !e.isOfName()) {
                errors.add(Problem.at(pointer, e.getMessage(), e.position()));
            }
            return Optional.empty();
        } catch (WorkLimitException e) {
            throw new InvalidException(List.of(Problem.of(pointer, e.getMessage())));
        }
    }
}
