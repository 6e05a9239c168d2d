package dev.nabla.web.trainings;

import dev.nabla.documents.Document;
import dev.nabla.jobs.TrainingLimits;
import dev.nabla.jobs.TrainingQueue;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.training.PredictedTime;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.ZeroTargets;
import dev.nabla.web.Ids;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Accepts trainings that go on behind others. */
@Service
class Continuations {

    private final Trainings trainings;
    private final Networks networks;
    private final Datasets datasets;
    private final TrainingQueue queue;
    private final long maxSampleVisits;

    Continuations(Trainings trainings, Networks networks, Datasets datasets, TrainingQueue queue, TrainingLimits limits) {
        this.trainings = trainings;
        this.networks = networks;
        this.datasets = datasets;
        this.queue = queue;
        this.maxSampleVisits = limits.maxSampleVisits();
    }

    /** @param document one that says which training goes on */
    UUID submit(Document<TrainingRequest> document) {
        StoredTraining earlier = document.checked(this::earlier).orElseThrow();
        TrainingRequest request = document.valid();
        int parameters = Network.of(networks.find(earlier.networkId()).orElseThrow().definition()).parameters().size();
        return queue.submit(earlier.networkId(), earlier.datasetId(), request.labels(),
                earlier.settings().upTo(request.epochs()), earlier.engine(), request.priority(),
                Beginning.behind(earlier), PredictedTime.of(parameters, samples(earlier),
                        request.epochs() - earlier.settings().epochs(), earlier.settings()));
    }

    private Optional<StoredTraining> earlier(TrainingRequest request, List<Problem> errors) {
        Optional<StoredTraining> found = Optional.ofNullable(request.continued())
                .flatMap(id -> Ids.find("training", id, "/continue", errors, trainings::find));
        found.ifPresent(training -> reason(training).ifPresentOrElse(reason -> errors.add(Problem.of("/continue", reason)),
                () -> requireEpochs(training, request.epochs(), errors)));
        return found;
    }

    /** Why a training cannot go on. */
    private Optional<String> reason(StoredTraining training) {
        if (training.state() != TrainingState.SUCCEEDED) {
            return Optional.of("must be a training that has succeeded, is " + training.state().text());
        }
        if (training.stop().isPresent()) {
            return Optional.of("has nothing to go on with: it stopped after epoch " + training.stop().get().epoch() + ", "
                    + training.stop().get().reason());
        }
        return trainings.hasState(training.id()) ? Optional.empty() : Optional.of("left no state to go on with, as trainings "
                + "of very many parameters and those of earlier versions do: start from its model by initialModelId");
    }

    private long samples(StoredTraining training) {
        Objective loss = training.settings().loss();
        return Stream.concat(training.datasetId().stream(), loss.datasets().stream())
                .flatMap(id -> datasets.find(id).stream()).mapToLong(dataset -> dataset.samples()).sum()
                + loss.samples().values().stream().mapToLong(sample -> sample.points()).sum();
    }

    private void requireEpochs(StoredTraining training, int epochs, List<Problem> errors) {
        TrainingSettings settings = training.settings();
        int more = epochs - settings.epochs();
        if (more <= 0) {
            errors.add(Problem.of("/epochs", "must be above " + settings.epochs() + ", the epochs that are made already, was "
                    + epochs));
            return;
        }
        long samples = samples(training);
        if (more * samples > maxSampleVisits) {
            errors.add(Problem.of("/epochs", more + " more epochs of " + samples + " samples are " + more * samples
                    + " visits, more than " + maxSampleVisits));
        } else if (settings.loss() instanceof Loss loss && loss.isRelative()) {
            training.datasetId().flatMap(datasets::samples).flatMap(own -> ZeroTargets.firstBatch(own, settings.upTo(epochs)))
                    .ifPresent(batch -> errors.add(Problem.of("/epochs", "would go through a batch whose targets are all 0, in epoch "
                            + batch.epoch() + ", for which " + loss.text() + " is undefined")));
        }
    }
}
