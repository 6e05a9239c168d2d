package dev.nabla.losses;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.FlatVector;
import dev.nabla.program.Program;
import dev.nabla.program.SharedValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The product of the Hessian of a part of the loss, of all its samples, and a direction, as one program: no matrix is ever made.
 * Parameters, direction and product are flat vectors, in the order of the network's parameters.
 */
public final class HessianProgram {

    private final LossPart part;
    private final Symbol inputs;
    private final Executable executable;
    private final FlatVector parameters;
    private final FlatVector direction;
    private final FlatVector product;

    /** @param fixed the paths of parameters by which nothing is differentiated: the direction is 0 there, and the product */
    public HessianProgram(Network network, LossPart part, Set<String> fixed, Engine engine) {
        this.part = part;
        this.inputs = network.inputs();
        List<Symbol> all = network.parameters().symbols();
        List<Symbol> directions = all.stream().map(symbol -> direction(symbol)).toList();
        List<Symbol> symbols = new ArrayList<>(all);
        symbols.addAll(directions);
        symbols.add(inputs);
        part.targets().ifPresent(symbols::add);
        var values = new SharedValues(Program.compile(products(part.ofBatch(), all, fixed), symbols));
        int size = network.parameters().size();
        this.parameters = new FlatVector(values.from(all.getFirst(), size));
        this.direction = new FlatVector(values.from(directions.getFirst(), size));
        this.product = new FlatVector(values.fromOutput(0, size));
        this.executable = engine.prepare(values, part.size());
        setSamples(part.samples());
    }

    /** What no equation can name. */
    private static Symbol direction(Symbol parameter) {
        return (Symbol) Arithmetic.symbol("direction of " + parameter.name(), parameter.shape());
    }

    private static List<Expression> products(Expression loss, List<Symbol> parameters, Set<String> fixed) {
        List<Symbol> moving = parameters.stream().filter(symbol -> !fixed.contains(symbol.name())).toList();
        Iterator<Expression> products = Derivative.hessianProduct(loss, List.copyOf(moving),
                moving.stream().map(symbol -> (Expression) direction(symbol)).toList()).iterator();
        return parameters.stream().map(symbol -> fixed.contains(symbol.name())
                ? Arithmetic.constant(0, symbol.shape()) : products.next()).toList();
    }

    /** Takes others, as many, for the samples of the part. */
    public void setSamples(Samples others) {
        int[] order = Executable.ascending(part.size());
        executable.load(inputs, others.inputs(), order, 0);
        part.targets().ifPresent(targets -> executable.load(targets, others.targets(), order, 0));
    }

    /** Takes parameters for those at which the Hessian is looked at from now on. */
    public void setParameters(double[] values) {
        parameters.set(values);
    }

    /** Adds the product of the Hessian and a vector. */
    public void addProduct(double[] vector, double[] sum) {
        direction.set(vector);
        executable.run();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += product.get(i);
        }
    }

    /** Gives memory back; nothing can be computed any more. */
    public void free() {
        executable.close();
    }
}
