package dev.nabla.network.architectures;

import dev.nabla.expression.Expression;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One layer after the other. */
public record Chain(List<Layer> layers) implements Architecture {

    public Chain {
        layers = List.copyOf(layers);
    }

    @Override
    public String pointer() {
        return "/layers";
    }

    @Override
    public String outputs() {
        return "units of the last layer";
    }

    @Override
    public List<Problem> violations(int inputDimension) {
        if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
            return List.of(Problem.of(pointer(),
                    "must have between 1 and " + MAX_LAYERS + " items, had " + layers.size()));
        }
        return IntStream.range(0, layers.size()).boxed()
                .flatMap(k -> layers.get(k).violations(pointer() + "/" + k).stream()).toList();
    }

    @Override
    public int outputDimension(int inputDimension) {
        int dimension = inputDimension;
        for (Layer layer : layers) {
            dimension = layer.outputDimension(dimension);
        }
        return dimension;
    }

    @Override
    public Values values(Expression inputs, Parameters parameters) {
        var values = new ArrayList<Layer.Values>();
        Expression below = inputs;
        for (Layer layer : layers) {
            parameters.beginLayer();
            values.add(layer.values(below, parameters));
            below = values.getLast().activation();
        }
        return new Values(values, below, Optional.empty());
    }
}
