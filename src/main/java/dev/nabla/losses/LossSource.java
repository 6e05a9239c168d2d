package dev.nabla.losses;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.program.Program;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * All that a program of a loss is compiled from, so that of equal ones the programs are equal: it computes the values, and behind
 * the first of them its gradient.
 *
 * @param values the loss of a batch, and what else is computed
 * @param parameters by which the loss is differentiated
 * @param fixed the paths of those by which it is not: the gradient is 0 there
 * @param symbols all that have a value
 */
record LossSource(List<Expression> values, List<Symbol> parameters, Set<String> fixed, List<Symbol> symbols) {

    LossSource {
        values = List.copyOf(values);
        parameters = List.copyOf(parameters);
        fixed = Set.copyOf(fixed);
        symbols = List.copyOf(symbols);
    }

    /** Of the values alone. */
    LossSource(List<Expression> values, List<Symbol> symbols) {
        this(values, List.of(), Set.of(), symbols);
    }

    Program compile() {
        List<Expression> outputs = new ArrayList<>(values);
        if (!parameters.isEmpty()) {
            outputs.addAll(1, gradient());
        }
        return Program.compile(outputs, symbols);
    }

    private List<Expression> gradient() {
        List<Expression> moving = parameters.stream().filter(symbol -> !fixed.contains(symbol.name())).map(Expression.class::cast)
                .toList();
        Iterator<Expression> derivatives = Derivative.gradient(values.getFirst(), moving).iterator();
        return parameters.stream().map(symbol -> fixed.contains(symbol.name())
                ? Arithmetic.constant(0, symbol.shape()) : derivatives.next()).toList();
    }
}
