package dev.nabla.web.trajectories;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Shape;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.trajectories.DynamicalSystem;
import dev.nabla.web.expressions.Equations;
import dev.nabla.web.networks.Subjects.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the field or map of a model and its energy; errors are added to a list. */
final class DynamicalSystemReader {

    private final Subject model;
    private final Network network;
    private final List<Problem> errors;

    DynamicalSystemReader(Subject model, List<Problem> errors) {
        this.model = model;
        this.network = model.network();
        this.errors = errors;
    }

    /** Empty, and all errors added, if there is one. */
    Optional<DynamicalSystem> system(TrajectoryRequest request) {
        int before = errors.size();
        boolean isMap = request.isMap();
        Optional<Expression> law = request.field() == null ? defaultLaw(isMap) : equation("/field", request.field());
        Optional<Expression> energy = request.energy() == null ? network.energy()
                : Equations.parseScalar(request.energy(), "/energy", network.scope(), errors);
        law.filter(given -> !given.shape().equals(moving())).ifPresent(other -> errors.add(Problem.at("/field",
                "must be a vector as long as the inputs" + (constants() == 0 ? "" : " without the parameters of the system")
                        + ", of shape " + moving() + ", has shape " + other.shape(), 0)));
        return errors.size() > before ? Optional.empty() : Optional.of(new DynamicalSystem(network.inputs(),
                withConstants(law.orElseThrow(), isMap), energy, constants(),
                network.parameters().split(model.parameters().orElseThrow())));
    }

    private Optional<Expression> equation(String pointer, String equation) {
        return Equations.parse(equation, pointer, network.scope(), errors);
    }

    private Optional<Expression> defaultLaw(boolean isMap) {
        if (!isMap && network.field().isPresent()) {
            return network.field();
        }
        if (!network.outputs().shape().equals(moving())) {
            errors.add(Problem.of("/field", "is missing, and the network has " + network.outputs().shape().size()
                    + " outputs, not as many as its " + network.inputs().shape().size() + " inputs"));
            return Optional.empty();
        }
        return Optional.of(network.outputs());
    }

    private Shape moving() {
        return Shape.of(network.definition().stateDimension());
    }

    private int constants() {
        return network.definition().architecture().systemParameters();
    }

    private Expression withConstants(Expression law, boolean isMap) {
        int moving = moving().size();
        return constants() == 0 ? law : LinearAlgebra.stack(IntStream.range(0, network.definition().inputDimension())
                .mapToObj(i -> i < moving ? LinearAlgebra.entry(law, i)
                        : isMap ? LinearAlgebra.entry(network.inputs(), i) : Arithmetic.constant(0)).toList());
    }
}
