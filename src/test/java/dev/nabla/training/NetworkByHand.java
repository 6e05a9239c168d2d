package dev.nabla.training;

import dev.nabla.network.architectures.Architecture;
import dev.nabla.network.architectures.Chain;
import dev.nabla.network.architectures.EquationModel;
import dev.nabla.network.architectures.GSympNet;
import dev.nabla.network.architectures.GeneralizedHamiltonian;
import dev.nabla.network.architectures.Hamiltonian;
import dev.nabla.network.architectures.LaSympNet;
import dev.nabla.network.architectures.Lagrangian;
import dev.nabla.network.architectures.ResNet;
import dev.nabla.network.architectures.VolumePreserving;
import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.AffineLayer;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.LinearLayer;
import dev.nabla.network.layers.ResidualLayer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.CalculusFieldElement;
import org.hipparchus.analysis.differentiation.FDSFactory;
import org.hipparchus.analysis.differentiation.FieldDerivativeStructure;

/**
 * The formulas of every architecture once more, straight from the papers that the architectures name, over any numbers:
 * with those of Hipparchus that carry derivatives they give exact derivatives without any expression.
 *
 * @param parameters in the order of the network's layout
 */
record NetworkByHand<T extends CalculusFieldElement<T>>(Architecture architecture, List<T> parameters) {

    List<T> outputs(List<T> x) {
        Iterator<T> next = parameters.iterator();
        return switch (architecture) {
            case Chain chain -> chain(chain.layers(), x, next);
            case Hamiltonian h -> scalar(h.width(), h.hiddenLayers(), h.activation(), x, next);
            case Lagrangian l -> scalar(l.width(), l.hiddenLayers(), l.activation(), x, next);
            case ResNet net -> resNet(net, x, next);
            case LaSympNet net -> laSympNet(net, x, next);
            case GSympNet net -> gSympNet(net, x, next);
            case VolumePreserving net -> volumePreserving(net, x, next);
            case GeneralizedHamiltonian net -> generalizedHamiltonian(net, x);
            case EquationModel model -> new EquationsByHand<>(model, parameters).outputs(x);
        };
    }

    /** What an architecture says of how (q, p) or (q, q̇) moves. */
    List<T> field(List<T> x) {
        return switch (architecture) {
            case Hamiltonian _ -> hamiltonsEquations(x);
            case Lagrangian _ -> eulerLagrange(x);
            case GeneralizedHamiltonian net -> {
                List<T> z = x.subList(0, x.size() - net.systemParameters());
                List<T> c = x.subList(z.size(), x.size());
                yield concatenated(kinetic(net).force(p(z), c), scaled(-1, potential(net).force(q(z), c)));
            }
            case Chain _, ResNet _, LaSympNet _, GSympNet _, VolumePreserving _, EquationModel _ ->
                    throw new IllegalArgumentException(architecture + " has no field");
        };
    }

    /** The outputs with their derivatives by the inputs up to an order. */
    List<FieldDerivativeStructure<T>> expansion(List<T> x, int order) {
        var factory = new FDSFactory<>(x.getFirst().getField(), x.size(), order);
        return new NetworkByHand<>(architecture, parameters.stream().map(factory::constant).toList())
                .outputs(IntStream.range(0, x.size()).mapToObj(i -> factory.variable(i, x.get(i))).toList());
    }

    /** A derivative by the inputs of these numbers, one after the other. */
    static <T extends CalculusFieldElement<T>> T derivative(FieldDerivativeStructure<T> y, int... inputs) {
        int[] orders = new int[y.getFreeParameters()];
        for (int input : inputs) {
            orders[input]++;
        }
        return y.getPartialDerivative(orders);
    }

    private List<T> gradient(List<T> x) {
        FieldDerivativeStructure<T> y = expansion(x, 1).getFirst();
        return IntStream.range(0, x.size()).mapToObj(i -> derivative(y, i)).toList();
    }

    /** The gradient by x of an energy of x and of the parameters of a system. */
    private List<T> force(List<T> x, List<T> c) {
        return gradient(concatenated(x, c)).subList(0, x.size());
    }

    /** (∂H/∂p, −∂H/∂q). */
    private List<T> hamiltonsEquations(List<T> x) {
        List<T> gradient = gradient(x);
        return concatenated(p(gradient), scaled(-1, q(gradient)));
    }

    /** Solves Σⱼ ∂²L/∂q̇ᵢ∂q̇ⱼ q̈ⱼ = ∂L/∂qᵢ − Σⱼ ∂²L/∂q̇ᵢ∂qⱼ q̇ⱼ for q̈. */
    private List<T> eulerLagrange(List<T> x) {
        int n = x.size() / 2;
        FieldDerivativeStructure<T> lagrangian = expansion(x, 2).getFirst();
        var mass = new ArrayList<List<T>>();
        var force = new ArrayList<T>();
        for (int i = 0; i < n; i++) {
            int row = n + i;
            mass.add(IntStream.range(n, 2 * n).mapToObj(j -> derivative(lagrangian, row, j)).toList());
            T sum = derivative(lagrangian, i);
            for (int j = 0; j < n; j++) {
                sum = sum.subtract(derivative(lagrangian, row, j).multiply(x.get(n + j)));
            }
            force.add(sum);
        }
        return concatenated(p(x), solution(mass, force));
    }

    /** By Cramer's rule. */
    private static <T extends CalculusFieldElement<T>> List<T> solution(List<List<T>> a, List<T> b) {
        if (b.size() == 1) {
            return List.of(b.getFirst().divide(a.getFirst().getFirst()));
        }
        if (b.size() != 2) {
            throw new IllegalArgumentException(b.size() + " equations");
        }
        List<T> first = List.of(a.get(0).get(0), a.get(1).get(0));
        List<T> second = List.of(a.get(0).get(1), a.get(1).get(1));
        T determinant = determinant(first, second);
        return List.of(determinant(b, second).divide(determinant), determinant(first, b).divide(determinant));
    }

    private static <T extends CalculusFieldElement<T>> T determinant(List<T> first, List<T> second) {
        return first.get(0).multiply(second.get(1)).subtract(second.get(0).multiply(first.get(1)));
    }

    private List<T> chain(List<Layer> layers, List<T> x, Iterator<T> next) {
        List<T> a = x;
        for (Layer layer : layers) {
            a = switch (layer) {
                case DenseLayer dense -> dense(dense.units(), dense.activation(), dense.bias(), a, next);
                case AffineLayer affine -> dense(affine.units(), Activation.IDENTITY, true, a, next);
                case LinearLayer linear -> dense(linear.units(), Activation.IDENTITY, false, a, next);
                case ResidualLayer residual -> sum(a, dense(a.size(), residual.activation(), true, a, next));
            };
        }
        return a;
    }

    private List<T> scalar(int width, int hiddenLayers, Activation activation, List<T> x, Iterator<T> next) {
        List<T> a = x;
        for (int k = 0; k < hiddenLayers; k++) {
            a = dense(width, activation, true, a, next);
        }
        return product(matrix(1, width, next), a);
    }

    private List<T> resNet(ResNet net, List<T> x, Iterator<T> next) {
        List<T> a = x;
        for (int k = 0; k < net.blocks(); k++) {
            a = sum(a, dense(a.size(), net.activation(), true, a, next));
        }
        return a;
    }

    private List<T> dense(int units, Activation activation, boolean bias, List<T> a, Iterator<T> next) {
        List<T> z = product(matrix(units, a.size(), next), a);
        return activated(activation, bias ? sum(z, vector(units, next)) : z);
    }

    private List<T> laSympNet(LaSympNet net, List<T> x, Iterator<T> next) {
        List<T> z = x;
        for (int k = 0; k < net.layers(); k++) {
            z = laLinear(net.sublayers(), z, next);
            List<T> a = vector(x.size() / 2, next);
            z = k % 2 == 0 ? concatenated(q(z), sum(p(z), entrywise(a, activated(net.activation(), q(z)))))
                    : concatenated(sum(q(z), entrywise(a, activated(net.activation(), p(z)))), p(z));
        }
        return laLinear(net.sublayers(), z, next);
    }

    private List<T> laLinear(int sublayers, List<T> x, Iterator<T> next) {
        int n = x.size() / 2;
        List<T> q = q(x);
        List<T> p = p(x);
        for (int k = 0; k < sublayers; k++) {
            List<List<T>> a = matrix(n, n, next);
            if (k % 2 == 0) {
                p = sum(p, sum(product(a, q), transposedProduct(a, q)));
            } else {
                q = sum(q, sum(product(a, p), transposedProduct(a, p)));
            }
        }
        q = sum(q, vector(n, next));
        return concatenated(q, sum(p, vector(n, next)));
    }

    private List<T> gSympNet(GSympNet net, List<T> x, Iterator<T> next) {
        List<T> q = q(x);
        List<T> p = p(x);
        for (int k = 0; k < net.layers(); k++) {
            p = sum(p, gradientModule(net, q, next));
            q = sum(q, gradientModule(net, p, next));
        }
        return concatenated(q, p);
    }

    private List<T> gradientModule(GSympNet net, List<T> x, Iterator<T> next) {
        List<List<T>> k = matrix(net.width(), x.size(), next);
        List<T> b = vector(net.width(), next);
        List<T> a = vector(net.width(), next);
        return transposedProduct(k, entrywise(a, activated(net.activation(), sum(product(k, x), b))));
    }

    private List<T> volumePreserving(VolumePreserving net, List<T> x, Iterator<T> next) {
        List<T> a = x;
        for (int k = 0; k < net.blocks(); k++) {
            a = triangular(true, net.activation(), a, next);
            a = triangular(false, net.activation(), a, next);
        }
        return a;
    }

    /** Adds to every entry a function of those before it, or of those behind it. */
    private List<T> triangular(boolean lower, Activation activation, List<T> x, Iterator<T> next) {
        int n = x.size();
        var z = new ArrayList<T>();
        for (int i = 0; i < n; i++) {
            T sum = x.getFirst().getField().getZero();
            for (int j = lower ? 0 : i + 1; j < (lower ? i : n); j++) {
                sum = sum.add(next.next().multiply(x.get(j)));
            }
            z.add(sum);
        }
        return sum(x, activated(activation, sum(z, vector(n, next))));
    }

    private List<T> generalizedHamiltonian(GeneralizedHamiltonian net, List<T> x) {
        NetworkByHand<T> kinetic = kinetic(net);
        NetworkByHand<T> potential = potential(net);
        double h = net.stepSize();
        List<T> z = x.subList(0, x.size() - net.systemParameters());
        List<T> c = x.subList(z.size(), x.size());
        List<T> q = q(z);
        List<T> p = p(z);
        for (int step = 0; step < net.steps(); step++) {
            switch (net.integrator()) {
                case SYMPLECTIC_EULER -> {
                    p = sum(p, scaled(-h, potential.force(q, c)));
                    q = sum(q, scaled(h, kinetic.force(p, c)));
                }
                case STOERMER_VERLET -> {
                    List<T> middle = sum(p, scaled(-h / 2, potential.force(q, c)));
                    q = sum(q, scaled(h, kinetic.force(middle, c)));
                    p = sum(middle, scaled(-h / 2, potential.force(q, c)));
                }
            }
        }
        return concatenated(q, p);
    }

    private NetworkByHand<T> kinetic(GeneralizedHamiltonian net) {
        return energy(net, parameters.subList(0, parameters.size() / 2));
    }

    private NetworkByHand<T> potential(GeneralizedHamiltonian net) {
        return energy(net, parameters.subList(parameters.size() / 2, parameters.size()));
    }

    private NetworkByHand<T> energy(GeneralizedHamiltonian net, List<T> itsParameters) {
        return new NetworkByHand<>(new Hamiltonian(net.width(), net.hiddenLayers(), net.activation()), itsParameters);
    }

    private List<T> activated(Activation activation, List<T> z) {
        return z.stream().map(x -> switch (activation.text()) {
            case "identity" -> x;
            case "tanh" -> x.tanh();
            case "sigmoid" -> x.negate().exp().add(1).reciprocal();
            default -> throw new IllegalArgumentException(activation.text());
        }).toList();
    }

    private List<T> vector(int size, Iterator<T> next) {
        return IntStream.range(0, size).mapToObj(_ -> next.next()).toList();
    }

    private List<List<T>> matrix(int rows, int columns, Iterator<T> next) {
        return IntStream.range(0, rows).mapToObj(_ -> vector(columns, next)).toList();
    }

    private static <T> List<T> q(List<T> z) {
        return z.subList(0, z.size() / 2);
    }

    private static <T> List<T> p(List<T> z) {
        return z.subList(z.size() / 2, z.size());
    }

    private static <T> List<T> concatenated(List<T> q, List<T> p) {
        return Stream.concat(q.stream(), p.stream()).toList();
    }

    private List<T> sum(List<T> a, List<T> b) {
        return combined(a, b, (x, y) -> x.add(y));
    }

    private List<T> entrywise(List<T> a, List<T> b) {
        return combined(a, b, (x, y) -> x.multiply(y));
    }

    private List<T> scaled(double factor, List<T> a) {
        return a.stream().map(x -> x.multiply(factor)).toList();
    }

    private List<T> product(List<List<T>> matrix, List<T> x) {
        return matrix.stream().map(row -> entrywise(row, x).stream().reduce((a, b) -> a.add(b)).orElseThrow()).toList();
    }

    private List<T> transposedProduct(List<List<T>> matrix, List<T> x) {
        return product(IntStream.range(0, matrix.getFirst().size())
                .mapToObj(j -> matrix.stream().map(row -> row.get(j)).toList()).toList(), x);
    }

    private static <T> List<T> combined(List<T> a, List<T> b, BinaryOperator<T> operator) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(a.size() + " and " + b.size() + " entries");
        }
        return IntStream.range(0, a.size()).mapToObj(i -> operator.apply(a.get(i), b.get(i))).toList();
    }
}
