package dev.nabla.program.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nabla.program.AdamConstants;
import dev.nabla.program.FlatVector;
import dev.nabla.program.NumberVector;
import dev.nabla.program.OutOfFloatsException;
import dev.nabla.program.kernels.Doubles;
import dev.nabla.program.kernels.FloatKernels;
import dev.nabla.program.kernels.Numbers;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam with estimates that are floats: the first, and the root of the second, which has the range of the gradient. */
final class FloatAdam extends KernelAdam {

    /** Fewer are updated in less time than all else of a step takes. */
    private static final int LEAST_PARAMETERS = 2048;
    /** With less, an estimate keeps so little of itself that what it loses by rounding counts. */
    private static final double LEAST_DECAY = 0.5;
    /**
     * With more, floats lose too much of what is to be added up: a root comes no closer to the gradient than half of its last digit
     * divided by what it goes towards it, which is 1e-4 of it here; a first moment comes ten times as close.
     */
    private static final double MOST_DECAY = 1 - 0x1p-10;
    private static final double MOST_DECAY_OF_FIRST = 0.99;
    /** Of less, gradients of an ordinary size would have no squares that are floats when they are scaled with it. */
    private static final double LEAST_EPSILON = 0x1p-70;
    private static final double MOST_EPSILON = 0x1p73;
    /** What epsilon is scaled to: roots that are less than floats have do not count beside it. */
    private static final int EXPONENT_OF_EPSILON = -27;

    private final FloatKernels kernels = FloatKernels.best().orElseThrow();
    /** By which the gradient is multiplied, and epsilon: a power of two. */
    private final double scale;
    private final long first;
    private final long root;
    private final NumberVector firstMoment;
    private final NumberVector secondMoment;
    /** Written by any thread of a team, and read when it has come together. */
    private boolean isInRange = true;

    FloatAdam(Team team, AdamConstants constants, INDArray parameters, INDArray gradient) {
        this(team, constants, parameters, gradient, allocate(parameters.length()), allocate(parameters.length()));
    }

    private FloatAdam(Team team, AdamConstants constants, INDArray parameters, INDArray gradient, INDArray first, INDArray root) {
        super(team, constants, parameters, gradient, first, root);
        int size = Math.toIntExact(parameters.length());
        this.first = Numbers.FLOATS.placeOf(places[2]);
        this.root = Numbers.FLOATS.placeOf(places[3]);
        this.scale = Math.scalb(1.0, EXPONENT_OF_EPSILON - Math.getExponent(constants.epsilon()));
        this.firstMoment = new Floats(this.first, size, m -> m / scale, m -> m * scale);
        this.secondMoment = new Floats(this.root, size, r -> r / scale * (r / scale), v -> Math.sqrt(v) * scale);
    }

    private static INDArray allocate(long floats) {
        return FlatVector.allocate(Math.ceilDiv(floats * Float.BYTES, Double.BYTES));
    }

    /** Whether steps are those of doubles to 1e-4 of the learning rate, or of the step if it is longer, and mostly to 1e-6. */
    static boolean isFor(AdamConstants constants, long parameters) {
        return FloatKernels.best().isPresent() && parameters >= LEAST_PARAMETERS
                && Math.min(constants.beta1(), constants.beta2()) >= LEAST_DECAY
                && constants.beta1() <= MOST_DECAY_OF_FIRST && constants.beta2() <= MOST_DECAY
                && constants.epsilon() >= LEAST_EPSILON && constants.epsilon() <= MOST_EPSILON;
    }

    @Override
    public void run(double learningRate, int step) {
        isInRange = true;
        super.run(learningRate, step);
        if (!isInRange) {
            throw new OutOfFloatsException("a moment of the gradient is beyond the range of single precision");
        }
    }

    @Override
    void compute(int from, int count) {
        if (!kernels.adam(places[0] + from, scale, places[1] + from, first + from, root + from, count, beta1, beta2, stepSize,
                epsilon * scale)) {
            isInRange = false;
        }
    }

    @Override
    public NumberVector firstMoment() {
        return firstMoment;
    }

    @Override
    public NumberVector secondMoment() {
        return secondMoment;
    }

    /** After an update that left one, {@link #run} has thrown. */
    @Override
    public boolean isFinite() {
        return isInRange;
    }

    /**
     * Numbers of which floats are kept.
     *
     * @param number of a float, exact
     * @param kept for a number
     */
    private record Floats(long place, int size, DoubleUnaryOperator number, DoubleUnaryOperator kept) implements NumberVector {

        @Override
        public void set(double[] values) {
            for (int i = 0; i < size; i++) {
                Doubles.ALL.setAtIndex(JAVA_FLOAT, place + i, (float) kept.applyAsDouble(values[i]));
            }
        }

        @Override
        public void copyTo(double[] values) {
            for (int i = 0; i < size; i++) {
                values[i] = number.applyAsDouble(Numbers.FLOATS.get(place + i));
            }
        }
    }
}
