package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.losses.LossPart;
import dev.nabla.losses.LossProgram;
import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import dev.nabla.optimizers.StateReader;
import dev.nabla.optimizers.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of a step and its gradient. Every part of the loss draws a batch from its own dataset; in an epoch the largest
 * dataset is gone through once in batches of the given size, and the others at least once in as many steps.
 */
public final class TrainingStep {

    private final Network network;
    private final LossPart[] lossParts;
    private final List<Optional<DrawnPoints>> drawn;
    private final Engine engine;
    private final LossProgram[] parts;
    private final EpochOrder[] orders;
    private final int[] batchSizes;
    private final int[][] orderOfEpoch;
    private final int stepsPerEpoch;
    private final INDArray parameters;
    private final TrainedParameters trained;
    private final INDArray gradient;
    private final BooleanSupplier isGradientFinite;

    public TrainingStep(Network network, List<LossPart> parts, TrainingSettings settings, Engine engine) {
        this.network = network;
        this.lossParts = parts.toArray(LossPart[]::new);
        this.engine = engine;
        this.trained = TrainedParameters.of(network.parameters(), settings);
        this.parts = parts.stream().map(part -> new LossProgram(network, part, trained.fixed(), engine))
                .toArray(LossProgram[]::new);
        int largest = parts.stream().mapToInt(LossPart::size).max().orElseThrow();
        this.stepsPerEpoch = settings.stepsPerEpoch(largest);
        this.batchSizes = IntStream.range(0, this.parts.length).map(i -> this.parts[i].samples() == largest
                ? settings.batchSize() : Math.ceilDiv(this.parts[i].samples(), stepsPerEpoch)).toArray();
        // Where all samples are one batch, their order is of no consequence.
        this.orders = IntStream.range(0, this.parts.length).mapToObj(i -> new EpochOrder(this.parts[i].samples(),
                settings.shuffle() && batchSizes[i] < this.parts[i].samples(), settings.seed() + i)).toArray(EpochOrder[]::new);
        this.orderOfEpoch = new int[this.parts.length][];
        this.parameters = this.parts[0].parameters();
        this.gradient = this.parts[0].gradient();
        this.isGradientFinite = engine.finite(gradient);
        this.drawn = parts.stream().map(part -> part.drawing().map(drawing -> new DrawnPoints(network, part, drawing,
                settings.seed(), engine))).toList();
        for (int i = 0; i < this.parts.length; i++) {
            if (drawn.get(i).isPresent()) {
                setSamples(i, drawn.get(i).get().first());
            }
        }
    }

    private void setSamples(int part, Samples samples) {
        parts[part].setSamples(samples);
        lossParts[part] = lossParts[part].of(samples);
    }

    /** The parts of the loss, with the samples of the present epoch. */
    List<LossPart> parts() {
        return List.of(lossParts);
    }

    public int stepsPerEpoch() {
        return stepsPerEpoch;
    }

    public INDArray parameters() {
        return parameters;
    }

    /** Which of the parameters are trained. */
    TrainedParameters trained() {
        return trained;
    }

    /** Of the loss that was computed last. */
    public INDArray gradient() {
        return gradient;
    }

    /** Begins an epoch (from 0), and says whether there are other samples in it than before. */
    public boolean startEpoch(int epoch) {
        boolean isChanged = false;
        for (int i = 0; i < parts.length; i++) {
            orderOfEpoch[i] = orders[i].ofEpoch(epoch);
            if (drawn.get(i).isPresent() && drawn.get(i).get().changeIn(epoch)) {
                setSamples(i, drawn.get(i).get().ofEpoch(epoch, parameters));
                isChanged = true;
            }
        }
        return isChanged;
    }

    /** Goes on within an epoch (from 0) whose points are those that {@link #restore} took up. */
    void takeUpEpoch(int epoch) {
        for (int i = 0; i < parts.length; i++) {
            orderOfEpoch[i] = orders[i].ofEpoch(epoch);
        }
    }

    /** Adds the points that were drawn for the present epoch. */
    void save(StateWriter state) {
        for (int i = 0; i < parts.length; i++) {
            if (drawn.get(i).filter(DrawnPoints::change).isPresent()) {
                state.put(lossParts[i].samples().inputs());
            }
        }
    }

    /** Takes up what {@link #save} added. */
    void restore(StateReader state) {
        for (int i = 0; i < parts.length; i++) {
            if (drawn.get(i).filter(DrawnPoints::change).isPresent()) {
                Samples present = lossParts[i].samples();
                setSamples(i, new Samples(present.inputNames(), present.targetNames(), state.get(present.inputs().length),
                        present.targets()));
            }
        }
    }

    /** Whether there are other samples in some epoch than in the one before. */
    boolean changes() {
        return drawn.stream().flatMap(Optional::stream).anyMatch(DrawnPoints::change);
    }

    /** Computes the gradient for the batches of a step of the epoch (from 0) and returns their loss. */
    public double compute(int step) {
        double loss = 0;
        for (int i = 0; i < parts.length; i++) {
            int batches = Math.ceilDiv(parts[i].samples(), batchSizes[i]);
            int from = step % batches * batchSizes[i];
            int to = Math.min(from + batchSizes[i], parts[i].samples());
            loss += i == 0 ? parts[0].compute(orderOfEpoch[0], from, to)
                    : parts[i].computeInto(parts[0], orderOfEpoch[i], from, to);
        }
        return loss;
    }

    /** Sets what each term of the gradient is multiplied by, where the loss has such multipliers. */
    void setMultipliers(double[] ofTerms) {
        for (LossProgram part : parts) {
            part.setMultipliers(ofTerms);
        }
    }

    /**
     * Looks at the gradients of the terms, weights included, for the first batches of the epoch; leaves the multipliers changed.
     *
     * @param look gets a gradient, which is of use during the call only, and the number of its term
     */
    void forEachTerm(ObjIntConsumer<double[]> look) {
        for (int i = 0; i < parts.length; i++) {
            parts[i].forEachTerm(termCount(), parts[0], orderOfEpoch[i], 0, Math.min(batchSizes[i], parts[i].samples()), look);
        }
    }

    /** How many terms the loss has; 0 if it has a name. */
    int termCount() {
        return Arrays.stream(parts).mapToInt(LossProgram::termCount).sum();
    }

    /** Adds the terms of the loss that was computed last. */
    void addTermsTo(double[] sums) {
        for (LossProgram part : parts) {
            part.addTermsTo(sums);
        }
    }

    /** Takes all memory that {@link #compute} needs. */
    void prepare() {
        for (int i = 0; i < parts.length; i++) {
            parts[i].prepare(batchSizes[i]);
        }
    }

    /** Gives back all that it computes in, and what it has computed; nothing of it can be used any more. */
    void free() {
        for (LossProgram part : parts) {
            part.free();
        }
    }

    /**
     * @param loss one with the present parameters
     * @throws DivergedException if it is no finite number, with a sample for which it is none, if that is why
     */
    void requireFinite(double loss, String what, int epoch) {
        if (!Double.isFinite(loss)) {
            throw new DivergedException(epoch, what + " became " + loss, sample(UndefinedSample::ofLoss));
        }
    }

    /**
     * Looks at the gradient of the loss that was computed last, with the present parameters.
     *
     * @throws DivergedException if an entry is no finite number, with a sample for which one is none, if that is why
     */
    void requireFiniteGradient(int epoch) {
        if (!isGradientFinite.getAsBoolean()) {
            throw new DivergedException(epoch, "the gradient of the loss is not finite",
                    sample(UndefinedSample::ofGradient));
        }
    }

    private String sample(Function<UndefinedSample, Optional<String>> undefined) {
        return UndefinedSample.ofAny(network, parts(), engine, parameters.toDoubleVector(), undefined);
    }
}
