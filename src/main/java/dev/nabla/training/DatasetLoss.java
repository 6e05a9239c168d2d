package dev.nabla.training;

import dev.nabla.losses.DatasetProgram;
import dev.nabla.losses.LossPart;
import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import java.util.List;
import java.util.function.Supplier;

/** The loss over whole datasets as a function of the parameters. */
final class DatasetLoss {

    private final Network network;
    private final Supplier<List<LossPart>> parts;
    private final Engine engine;
    private final List<DatasetProgram> programs;

    /** @param parts of the loss, with the samples that they have at present, as many as ever */
    DatasetLoss(Network network, Supplier<List<LossPart>> parts, Engine engine) {
        this.network = network;
        this.parts = parts;
        this.engine = engine;
        this.programs = parts.get().stream().map(part -> new DatasetProgram(network, part, engine)).toList();
    }

    /**
     * @param what it is called in a message
     * @throws DivergedException if it is no finite number, with a sample for which it is none, if that is why
     */
    double of(double[] parameters, String what, int epoch) {
        List<LossPart> present = parts.get();
        double loss = 0;
        for (int i = 0; i < programs.size(); i++) {
            loss += programs.get(i).of(present.get(i).samples(), parameters);
        }
        if (!Double.isFinite(loss)) {
            throw new DivergedException(epoch, what + " became " + loss,
                    UndefinedSample.ofAny(network, present, engine, parameters, UndefinedSample::ofLoss));
        }
        return loss;
    }

    /** Gives back what it computes in; nothing can be computed any more. */
    void free() {
        programs.forEach(DatasetProgram::free);
    }
}
