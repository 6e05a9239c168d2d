package dev.nabla.network.architectures;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.language.Equation;
import dev.nabla.language.EquationException;
import dev.nabla.language.Growth;
import dev.nabla.language.Identifier;
import dev.nabla.language.NoValueException;
import dev.nabla.language.PointFunction;
import dev.nabla.language.Scope;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the equations of a model over the symbol of its inputs. Outputs may name each other, but not in a circle. */
final class EquationReader {

    private final EquationModel model;
    private final List<String> outputNames;
    private final Symbol inputs;
    private final Map<String, PointFunction> parts;
    private final Scope scope;
    private final Map<String, Expression> outputs = new HashMap<>();
    private final Set<String> reading = new LinkedHashSet<>();
    private final Set<String> wrong = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param coefficients their symbols by name */
    EquationReader(EquationModel model, List<String> inputNames, List<String> outputNames, Map<String, PointFunction> parts,
            Map<String, Expression> coefficients) {
        this.model = model;
        this.outputNames = outputNames;
        this.inputs = (Symbol) Arithmetic.perSampleSymbol(Identifier.INPUTS, Shape.of(inputNames.size()));
        this.parts = parts;
        Map<String, Expression> names = new LinkedHashMap<>(Scope.entries("", inputNames, inputs));
        names.putAll(Scope.entries(Identifier.INPUTS + ".", inputNames, inputs));
        names.put(Identifier.INPUTS, inputs);
        names.putAll(coefficients);
        Map<String, Supplier<Expression>> later = new LinkedHashMap<>();
        Map<String, PointFunction> functions = new LinkedHashMap<>(parts);
        for (String output : outputNames) {
            later.put(output, () -> output(output));
            functions.put(output, PointFunction.of(inputs, () -> output(output)));
        }
        this.scope = Scope.of(names).withNames(later).withFunctions(functions).at(inputs);
    }

    Symbol inputs() {
        return inputs;
    }

    /** What is wrong with the equations. */
    List<Problem> problems() {
        return Growth.together(() -> {
            readAll();
            energy();
            field();
            return List.copyOf(problems);
        });
    }

    /** The values of a model without problems. */
    Architecture.Values values() {
        return Growth.counted(this::read);
    }

    private Architecture.Values read() {
        readAll();
        var values = new Architecture.Values(List.of(), LinearAlgebra.stack(outputNames.stream().map(outputs::get).toList()),
                energy(), field(), parts);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("a model that was not checked: " + problems);
        }
        return values;
    }

    private void readAll() {
        outputNames.forEach(name -> {
            if (!outputs.containsKey(name) && !wrong.contains(name)) {
                try {
                    output(name);
                } catch (NoValueException e) {
                    // Its problem is noted.
                }
            }
        });
    }

    private Expression output(String name) {
        Expression known = outputs.get(name);
        if (known != null) {
            return known;
        }
        if (wrong.contains(name)) {
            throw new NoValueException("'" + name + "' is wrong itself");
        }
        if (!reading.add(name)) {
            throw new NoValueException("'" + name + "' needs itself: " + String.join(", ", reading) + ", " + name);
        }
        int place = outputNames.indexOf(name);
        Optional<Expression> read = read("/outputs/" + (model.outputs().names().isPresent() ? Problem.token(name) : place),
                model.outputs().equations().get(place), Shape.SCALAR);
        reading.remove(name);
        if (read.isEmpty()) {
            wrong.add(name);
            throw new NoValueException("'" + name + "' is wrong itself");
        }
        outputs.put(name, read.get());
        return read.get();
    }

    private Optional<Expression> field() {
        return further("/field", model.field(), inputs.shape());
    }

    private Optional<Expression> energy() {
        return further("/energy", model.energy(), Shape.SCALAR);
    }

    private Optional<Expression> further(String place, @Nullable String equation, Shape shape) {
        return equation == null ? Optional.empty() : read(place, equation, shape);
    }

    /** Empty, and its problem noted, if it cannot be read. */
    private Optional<Expression> read(String place, String equation, Shape shape) {
        try {
            Expression read = Equation.parse(equation, scope);
            if (read.shape().equals(shape)) {
                return Optional.of(read);
            }
            problems.add(Problem.at(model.pointer() + place, "must be "
                    + (shape.isScalar() ? "a scalar" : "a vector of " + inputs.shape().size() + ", one entry for every input")
                    + ", has shape " + read.shape(), 0));
        } catch (EquationException e) {
            problems.add(Problem.at(model.pointer() + place, e.getMessage(), e.position()));
        }
        return Optional.empty();
    }
}
