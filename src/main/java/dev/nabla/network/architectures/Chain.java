package dev.nabla.network.architectures;

import dev.nabla.documents.Bounds;
import dev.nabla.expression.Expression;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.Parameters;
import dev.nabla.problems.Problem;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** One layer after the other. */
public record Chain(@Size(min = 1, max = MAX_LAYERS) List<Layer> layers) implements Architecture {

    public Chain {
        layers = List.copyOf(layers);
    }

    @Override
    public String pointer() {
        return "/layers";
    }

    @Override
    public String outputsInWords() {
        return "units of the last layer";
    }

    @Override
    public List<Problem> violationsOfBounds() {
        return Bounds.problems(this, "");
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
    public OptionalInt certainOutputDimension() {
        Layer last = layers.getLast();
        int units = last.outputDimension(1);
        return units == last.outputDimension(2) && Bounds.problems((Record) last, "").isEmpty() ? OptionalInt.of(units)
                : OptionalInt.empty();
    }

    @Override
    public Function<Expression, Values> map(int inputDimension, Parameters parameters) {
        var maps = new ArrayList<Function<Expression, Layer.Values>>();
        int dimension = inputDimension;
        for (Layer layer : layers) {
            parameters.beginLayer();
            maps.add(layer.map(dimension, parameters));
            dimension = layer.outputDimension(dimension);
        }
        return inputs -> {
            var values = new ArrayList<Layer.Values>();
            Expression below = inputs;
            for (Function<Expression, Layer.Values> map : maps) {
                values.add(map.apply(below));
                below = values.getLast().activation();
            }
            return new Values(values, below, Optional.empty());
        };
    }
}
