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
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the field or map of a model and its energy; errors are added to a list. */
public final class DynamicalSystemReader {

    private static final String FIELD = "/field";

    private final Subject model;
    private final Network network;
    private final List<Problem> errors;

    public DynamicalSystemReader(Subject model, List<Problem> errors) {
        this.model = model;
        this.network = model.network();
        this.errors = errors;
    }

    /** Empty, and all errors added, if there is one. */
    Optional<DynamicalSystem> system(TrajectoryRequest request) {
        int before = errors.size();
        Optional<DynamicalSystem> system = system(request.field(), FIELD, request.isMap(), () -> request.energy() == null
                ? network.energy() : Equations.parseScalar(request.energy(), "/energy", network.scope(), errors));
        return errors.size() > before ? Optional.empty() : system;
    }

    /**
     * The field, which is an equation or the model's own, with its energy; empty, and all errors added, if there is one.
     *
     * @param pointer where the equation is, or would be
     */
    public Optional<DynamicalSystem> field(@Nullable String equation, String pointer) {
        return system(equation, pointer, false, network::energy);
    }

    private Optional<DynamicalSystem> system(@Nullable String equation, String pointer, boolean isMap,
            Supplier<Optional<Expression>> energyReading) {
        Optional<Expression> law = equation == null ? defaultLaw(pointer, isMap)
                : Equations.parse(equation, pointer, network.scope(), errors);
        Optional<Expression> other = law.filter(given -> !given.shape().equals(moving()));
        other.ifPresent(wrong -> errors.add(Problem.at(pointer,
                "must be a vector as long as the inputs" + (constants() == 0 ? "" : " without the parameters of the system")
                        + ", of shape " + moving() + ", has shape " + wrong.shape(), 0)));
        Optional<Expression> energy = energyReading.get();
        return law.filter(_ -> other.isEmpty()).map(right -> new DynamicalSystem(network.inputs(), withConstants(right, isMap),
                energy, constants(), network.parameters().split(model.parameters().orElseThrow())));
    }

    private Optional<Expression> defaultLaw(String pointer, boolean isMap) {
        if (!isMap && network.field().isPresent()) {
            return network.field();
        }
        if (!network.outputs().shape().equals(moving())) {
            errors.add(Problem.of(pointer, "is missing, and the network has " + network.outputs().shape().size()
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
