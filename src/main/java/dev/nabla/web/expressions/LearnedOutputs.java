package dev.nabla.web.expressions;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Work;
import dev.nabla.jobs.Engines;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Models;
import dev.nabla.storage.StoredModel;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Trainings;
import dev.nabla.training.Posterior;
import dev.nabla.training.UndeterminedException;
import dev.nabla.web.Undefined;
import dev.nabla.web.expressions.Evaluations.Plan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Computes how well the samples of a model's training decide its outputs. */
@Service
class LearnedOutputs {

    static final String POINTER = "/standardDeviations";

    private final Models models;
    private final Trainings trainings;
    private final Datasets datasets;
    private final Engines engines;

    LearnedOutputs(Models models, Trainings trainings, Datasets datasets, Engines engines) {
        this.models = models;
        this.trainings = trainings;
        this.datasets = datasets;
        this.engines = engines;
    }

    /**
     * The standard deviations of the outputs of a model.
     *
     * @param plan of the outputs
     * @param outputs null where they are undefined
     * @param undefined where it is added which of the others have none
     * @return null for samples that have none
     * @throws InvalidException if the training of the model does not tell them
     */
    double[] @Nullable [] deviations(Plan plan, double[] @Nullable [] outputs, List<Undefined> undefined) {
        UUID model = plan.equated().key().orElseThrow().model();
        StoredTraining training = models.find(model).flatMap(StoredModel::trainingId).flatMap(trainings::find)
                .orElseThrow(() -> refused("must be of a model whose training is still there, this one was "
                        + "brought or its training deleted"));
        double[] @Nullable [] deviations = Work.passing(() -> computed(plan, training, models.parameters(model).orElseThrow()));
        for (int s = 0; s < outputs.length; s++) {
            double[] row = deviations[s];
            if (outputs[s] == null) {
                deviations[s] = null;
            } else if (row != null && !Arrays.stream(row).allMatch(Double::isFinite)) {
                deviations[s] = null;
                undefined.add(new Undefined(s, 0, "a derivative of an output by a parameter is no finite number"));
            }
        }
        return deviations;
    }

    private double[][] computed(Plan plan, StoredTraining training, double[] parameters) {
        Network network = plan.equated().network();
        Optional<Samples> own = training.datasetId().map(this::samples);
        Map<UUID, Samples> others = new HashMap<>();
        training.settings().loss().datasets().forEach(id -> others.put(id, samples(id)));
        MatchedSamples matched = MatchedSamples.of(network, training.settings().loss(), own, others);
        try (Posterior posterior = Posterior.of(network, matched, training.settings(), parameters, engines.byDefault(), () -> false)) {
            return posterior.ofOutputs(plan.inputs());
        } catch (UndeterminedException e) {
            throw refused("are not known: " + e.getMessage());
        }
    }

    private Samples samples(UUID id) {
        return datasets.samples(id).orElseThrow(() -> refused("must be of a model whose data are still there, the dataset " + id
                + " was deleted"));
    }

    private static InvalidException refused(String why) {
        return new InvalidException(List.of(Problem.of(POINTER, why)));
    }
}
