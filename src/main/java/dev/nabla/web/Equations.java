package dev.nabla.web;

import dev.nabla.equation.Equation;
import dev.nabla.equation.EquationException;
import dev.nabla.equation.Scope;
import dev.nabla.expression.Expression;
import dev.nabla.expression.WorkLimitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the equations of a request. */
final class Equations {

    private static final int MAX_EQUATIONS = 100;
    private static final String POINTER = "/equations";

    private Equations() {}

    /**
     * The expressions of all equations.
     *
     * @throws InvalidRequestException with the errors of all equations
     */
    static List<Expression> parse(@Nullable List<String> equations, Scope scope) {
        var errors = new ArrayList<FieldError>();
        var expressions = new ArrayList<Expression>();
        if (equations == null) {
            errors.add(FieldError.of(POINTER, "is missing"));
        } else if (equations.isEmpty() || equations.size() > MAX_EQUATIONS) {
            errors.add(FieldError.of(POINTER, "must have between 1 and " + MAX_EQUATIONS + " items, had "
                    + equations.size()));
        } else {
            for (int i = 0; i < equations.size(); i++) {
                String equation = equations.get(i);
                if (equation == null) {
                    errors.add(FieldError.of(POINTER + "/" + i, "must not be null"));
                } else {
                    parse(equation, POINTER + "/" + i, scope, errors).ifPresent(expressions::add);
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return expressions;
    }

    /** The expression of one equation; empty, and its error added, if it cannot be read. */
    static Optional<Expression> parse(String equation, String pointer, Scope scope, List<FieldError> errors) {
        try {
            return Optional.of(Equation.parse(equation, scope));
        } catch (EquationException e) {
            errors.add(new FieldError(pointer, e.getMessage(), e.position()));
            return Optional.empty();
        } catch (WorkLimitException e) {
            throw new InvalidRequestException(List.of(FieldError.of(pointer, e.getMessage())));
        }
    }
}
