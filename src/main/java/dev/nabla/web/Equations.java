package dev.nabla.web;

import dev.nabla.equation.Equation;
import dev.nabla.equation.EquationException;
import dev.nabla.equation.Scope;
import dev.nabla.expression.Expression;
import java.util.ArrayList;
import java.util.List;
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
                    continue;
                }
                try {
                    expressions.add(Equation.parse(equation, scope));
                } catch (EquationException e) {
                    errors.add(new FieldError(POINTER + "/" + i, e.getMessage(), e.position()));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return expressions;
    }
}
