package dev.nabla.training;

import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.EquationModel;
import dev.nabla.network.architectures.Part;
import java.util.List;
import org.hipparchus.CalculusFieldElement;

/**
 * The equations of {@link dev.nabla.network.Architectures} by hand, over any numbers.
 *
 * @param parameters those of N (12), those of M (2), nu and the four entries of k
 */
record EquationsByHand<T extends CalculusFieldElement<T>>(EquationModel model, List<T> parameters) {

    private static final int OF_N = 12;
    private static final int OF_M = 2;

    List<T> outputs(List<T> x) {
        T zero = x.getFirst().getField().getZero();
        T u = u(x.get(0), x.get(1));
        return List.of(u, part("M", OF_N, OF_M).outputs(List.of(u)).getFirst()
                .subtract(slopeOfU(zero.add(0.25), x.get(1))).add(n(x.get(1), u(zero, zero.add(1)))));
    }

    private T u(T x1, T x2) {
        return nu().multiply(n(x1, x2)).add(parameters.get(OF_N + OF_M + 2).multiply(x2.sin()));
    }

    private T nu() {
        return parameters.get(OF_N + OF_M);
    }

    private T n(T a, T b) {
        return part("N", 0, OF_N).outputs(List.of(a, b)).getFirst();
    }

    /** ν ∂N/∂a. */
    private T slopeOfU(T a, T b) {
        return nu().multiply(NetworkByHand.derivative(part("N", 0, OF_N).expansion(List.of(a, b), 1).getFirst(), 0));
    }

    private NetworkByHand<T> part(String name, int from, int count) {
        Architecture architecture = model.parts().entrySet().stream().filter(part -> part.getKey().equals(name)).findFirst()
                .orElseThrow().getValue().part().map(Part::architecture).orElseThrow();
        return new NetworkByHand<>(architecture, parameters.subList(from, from + count));
    }
}
