package dev.nabla.network;

import dev.nabla.network.layers.Activation;
import dev.nabla.network.layers.AffineLayer;
import dev.nabla.network.layers.DenseLayer;
import dev.nabla.network.layers.Layer;
import dev.nabla.network.layers.ResidualLayer;
import dev.nabla.problems.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Layers as objects of plain values. */
public final class LayerDocument {

    private static final String UNITS = "units";
    private static final String BIAS = "bias";

    private static final String DENSE = "dense";
    private static final String LINEAR = "linear";
    private static final String AFFINE = "affine";
    private static final String RESIDUAL = "resnet";

    private static final Map<String, Function<Fields, Layer>> READERS = new LinkedHashMap<>();

    static {
        READERS.put(DENSE, fields -> new DenseLayer(fields.integer(UNITS), fields.activation(), fields.flag(BIAS)));
        READERS.put(LINEAR, fields -> new AffineLayer(fields.integer(UNITS), false));
        READERS.put(AFFINE, fields -> new AffineLayer(fields.integer(UNITS), true));
        READERS.put(RESIDUAL, fields -> new ResidualLayer(fields.activation()));
    }

    private LayerDocument() {}

    /** With nothing left out. */
    static Map<String, Object> of(Layer layer) {
        return switch (layer) {
            case DenseLayer l -> new Document(DENSE).with(UNITS, l.units()).with(l.activation()).with(BIAS, l.bias())
                    .fields();
            case AffineLayer l -> new Document(l.bias() ? AFFINE : LINEAR).with(UNITS, l.units()).fields();
            case ResidualLayer l -> new Document(RESIDUAL).with(l.activation()).fields();
        };
    }

    /**
     * The layer of which these are the fields: a dense one if they have no type, with tanh and a bias if left out.
     * Where they are those of no layer, some layer that fits.
     *
     * @param violations where what is wrong is added, with pointers that begin with {@code pointer}
     */
    public static Layer layer(Map<String, Object> fields, String pointer, List<Problem> violations) {
        return new Fields(pointer, fields, violations).read(Optional.of(DENSE), READERS)
                .orElseGet(() -> DenseLayer.of(1, Activation.TANH));
    }
}
