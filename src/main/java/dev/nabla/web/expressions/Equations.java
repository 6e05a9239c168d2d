package dev.nabla.web.expressions;

import dev.nabla.expression.Expression;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.language.Scope;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the equations of a request. */
public final class Equations {

    private static final int MAX_EQUATIONS = 100;
    private static final String POINTER = "/equations";

    private Equations() {}

    /**
     * The expressions of all equations.
     *
     * @throws InvalidException with the errors of all equations
     */
    public static List<Expression> parse(@Nullable List<String> equations, Scope scope) {
        var errors = new ArrayList<Problem>();
        var expressions = new ArrayList<Expression>();
        if (equations == null) {
            errors.add(Problem.of(POINTER, "is missing"));
        } else if (equations.isEmpty() || equations.size() > MAX_EQUATIONS) {
            errors.add(Problem.of(POINTER, "must have between 1 and " + MAX_EQUATIONS + " items, had "
                    + equations.size()));
        } else {
            for (int i = 0; i < equations.size(); i++) {
                String equation = equations.get(i);
                if (equation == null) {
                    errors.add(Problem.of(POINTER + "/" + i, "must not be null"));
                } else {
                    parse(equation, POINTER + "/" + i, scope, errors).ifPresent(expressions::add);
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        return expressions;
    }

    /** The expression of one equation; empty, and its error added, if it cannot be read. */
    public static Optional<Expression> parse(String equation, String pointer, Scope scope, List<Problem> errors) {
        try {
            return Optional.of(Equation.parse(equation, scope));
        } catch (EquationException e) {
            errors.add(new Problem(pointer, e.getMessage(), e.position()));
            return Optional.empty();
        } catch (WorkLimitException e) {
            throw new InvalidException(List.of(Problem.of(pointer, e.getMessage())));
        }
    }
}
