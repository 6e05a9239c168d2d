package dev.nabla.jobs;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.Words;
import dev.nabla.expression.Work;
import dev.nabla.network.Network;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Trainings;
import dev.nabla.training.FittedNormalization;
import dev.nabla.training.Trainer;
import dev.nabla.training.TrainingResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Trains what is stored. */
@Component
class TrainingJob {

    private final Trainings trainings;
    private final Networks networks;
    private final Datasets datasets;
    private final Engines engines;

    TrainingJob(Trainings trainings, Networks networks, Datasets datasets, Engines engines) {
        this.trainings = trainings;
        this.networks = networks;
        this.datasets = datasets;
        this.engines = engines;
    }

    /** From its last state, if there is one. */
    TrainingResult run(RunningTraining running) {
        StoredTraining training = trainings.find(running.lease().training()).orElseThrow();
        running.begins(training);
        Network network = Network.of(networks.find(training.networkId()).orElseThrow().definition());
        Optional<Samples> samples = training.datasetId().map(id -> datasets.samples(id).orElseThrow());
        Map<UUID, Samples> others = new HashMap<>();
        training.settings().loss().datasets().forEach(id -> others.put(id, datasets.samples(id).orElseThrow()));
        var trainer = new Trainer(network, samples, others, training.settings(),
                engines.named(Words.of(EngineName.class).find(training.engine()).orElseThrow(), training.settings().precision()));
        Optional<byte[]> state = training.hasParameters() ? trainings.state(training.id()) : Optional.empty();
        return state.map(reached -> trainer.goOn(reached, running))
                .orElseGet(() -> trainer.train(initial(training, network, samples, others), running));
    }

    private double[] initial(StoredTraining training, Network network, Optional<Samples> samples, Map<UUID, Samples> others) {
        return trainings.initialParameters(training.id()).orElseGet(() -> Work.passing(() ->
                FittedNormalization.initialParameters(network, samples, others, training.settings())));
    }
}
