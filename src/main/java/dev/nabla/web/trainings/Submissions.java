package dev.nabla.web.trainings;

import dev.nabla.datasets.Samples;
import dev.nabla.documents.Document;
import dev.nabla.documents.Labels;
import dev.nabla.jobs.Engines;
import dev.nabla.jobs.TrainingLimits;
import dev.nabla.jobs.TrainingQueue;
import dev.nabla.losses.InvalidLossException;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDocument;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Networks;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.ZeroTargets;
import dev.nabla.web.Ids;
import dev.nabla.web.datasets.DatasetReader;
import dev.nabla.web.datasets.DatasetRequest;
import dev.nabla.web.networks.NetworkValues;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Accepts trainings: everything is checked before anything is stored, and all of it is stored or nothing. */
@Service
public class Submissions {

    private static final int ROWS_NAMED = 20;
    private static final int PARAMETERS_NAMED = 8;

    private final Networks networks;
    private final Subjects subjects;
    private final Datasets datasets;
    private final DatasetReader datasetReader;
    private final TrainingQueue queue;
    private final Engines engines;
    private final long maxSampleVisits;

    Submissions(Networks networks, Subjects subjects, Datasets datasets, DatasetReader datasetReader, TrainingQueue queue,
            Engines engines, TrainingLimits limits) {
        this.networks = networks;
        this.subjects = subjects;
        this.datasets = datasets;
        this.datasetReader = datasetReader;
        this.queue = queue;
        this.engines = engines;
        this.maxSampleVisits = limits.maxSampleVisits();
    }

    /** Something posted inline, or something stored with its id. */
    private record Given<T>(T value, Optional<UUID> id) {}

    /** A training in which everything fits. */
    private record Fit(Given<Network> network, Given<Samples> samples, TrainingSettings settings, String engine,
            Optional<Given<double[]>> initial) {}

    @Transactional
    public UUID submit(Document<TrainingRequest> document) {
        Fit fit = document.checked((request, errors) -> fit(document, request, errors)).orElseThrow();
        TrainingRequest request = document.valid();
        UUID network = fit.network().id().orElseGet(() -> networks.insert(fit.network().value().definition(),
                Optional.ofNullable(request.network()).map(NetworkDocument::labels).orElse(Labels.NONE).tags()).id());
        UUID dataset = fit.samples().id().orElseGet(() -> datasets.insert(fit.samples().value(),
                Optional.ofNullable(request.dataset()).map(DatasetRequest::labels).orElse(Labels.NONE)).id());
        return queue.submit(network, dataset, request.labels(), fit.settings(), fit.engine(), fit.initial().map(Given::value),
                fit.initial().flatMap(Given::id));
    }

    private Optional<Fit> fit(Document<?> document, TrainingRequest request, List<Problem> errors) {
        Optional<Given<Network>> network = network(document, request, errors);
        Optional<Given<Samples>> samples = samples(document, request, errors);
        samples.ifPresent(given -> errors.addAll(request.problemsWith(given.value().size())));
        Optional<Given<double[]>> initial = initialParameters(request, network.map(Given::value), errors);
        Optional<Objective> loss = DatasetFit.readable(document, request.loss());
        int before = errors.size();
        Map<UUID, Samples> others = loss.map(given -> DatasetFit.others(given, datasets::samples, errors)).orElse(Map.of());
        if (network.isPresent()) {
            Network known = network.get().value();
            DatasetFit fit = DatasetFit.of(known, loss, samples.map(Given::value),
                    request.dataset() == null ? "/datasetId" : "/dataset", others, errors);
            if (loss.isPresent() && samples.isPresent() && errors.size() == before && document.isSound("/loss")) {
                requireUnderstood(known, samples.get().value(), others, loss.get(), errors);
            } else if (loss.isPresent()) {
                fit.requireUnderstood(document, known, loss.get(), errors);
            }
        }
        Optional<TrainingSettings> settings = samples.map(given -> request.settings(given.value().size()));
        if (samples.isPresent() && document.isSound("/loss") && document.isSound("/batchSize")
                && document.isSound("/epochs") && document.isSound("/shuffle") && document.isSound("/seed")) {
            requireTrainable(samples.get().value(), others, settings.orElseThrow(), errors);
        }
        return errors.isEmpty() && document.isSound() ? Optional.of(new Fit(network.orElseThrow(), samples.orElseThrow(),
                settings.orElseThrow(), engines.named(request.engine()).name(), initial)) : Optional.empty();
    }

    /** @param given empty where it is wrong, so that nothing can be said of what should fit it */
    private Optional<Given<double[]>> initialParameters(TrainingRequest request, Optional<Network> given,
            List<Problem> errors) {
        UUID modelId = request.initialModelId();
        Optional<Subject> found = modelId == null ? Optional.empty()
                : Ids.find("model", modelId, "/initialModelId", errors, subjects::model);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Network network = given.get();
        if (request.initialParameters() != null) {
            return Optional.of(new Given<>(NetworkValues.parameters(request.initialParameters(), network,
                    "/initialParameters", errors), Optional.empty()));
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Subject model = found.get();
        List<String> there = shapes(model.network());
        List<String> here = shapes(network);
        if (!there.equals(here)) {
            errors.add(Problem.of("/initialModelId", "must be a model of a network with the same parameters, which are "
                    + abbreviated(here) + "; its network has " + abbreviated(there)));
            return Optional.empty();
        }
        if (!ColumnOrder.isSame(network.definition(), model.network().definition())) {
            errors.add(Problem.of("/initialModelId", "must be a model of a network with the same inputs and outputs at "
                    + "the same places, which are " + places(network) + "; its network has " + places(model.network())
                    + ": give both the same names, or post its parameters as initialParameters"));
            return Optional.empty();
        }
        return Optional.of(new Given<>(model.parameters().orElseThrow(),
                Optional.ofNullable(modelId)));
    }

    private static String abbreviated(List<String> names) {
        return names.stream().limit(PARAMETERS_NAMED).collect(Collectors.joining(", "))
                + (names.size() > PARAMETERS_NAMED ? ", …" : "");
    }

    private static String places(Network network) {
        return abbreviated(network.definition().inputs()) + " and " + abbreviated(network.definition().outputs());
    }

    private static List<String> shapes(Network network) {
        return network.parameters().symbols().stream().map(symbol -> symbol.name() + " " + symbol.shape()).toList();
    }

    private Optional<Given<Network>> network(Document<?> document, TrainingRequest request, List<Problem> errors) {
        return request.networkId() != null
                ? Ids.find("network", request.networkId(), "/networkId", errors, networks::find)
                        .map(stored -> new Given<>(Network.of(stored.definition()), Optional.of(stored.id())))
                : Optional.ofNullable(request.network()).filter(_ -> document.isSound("/network"))
                        .map(posted -> new Given<>(Network.of(posted.definition()), Optional.empty()));
    }

    private Optional<Given<Samples>> samples(Document<?> document, TrainingRequest request, List<Problem> errors) {
        return request.datasetId() != null
                ? Ids.find("dataset", request.datasetId(), "/datasetId", errors,
                        id -> datasets.samples(id).map(value -> new Given<>(value, Optional.of(id))))
                : Optional.ofNullable(request.dataset())
                        .flatMap(posted -> datasetReader.read(document, posted, "/dataset", errors))
                        .map(value -> new Given<>(value, Optional.empty()));
    }

    private static void requireUnderstood(Network network, Samples samples, Map<UUID, Samples> others, Objective loss,
            List<Problem> errors) {
        try {
            loss.parts(network, samples, others);
        } catch (InvalidLossException e) {
            errors.addAll(e.problems("/loss"));
        }
    }

    private void requireTrainable(Samples samples, Map<UUID, Samples> others, TrainingSettings settings,
            List<Problem> errors) {
        long all = samples.size() + others.values().stream().mapToLong(Samples::size).sum();
        long visits = settings.epochs() * all;
        if (visits > maxSampleVisits) {
            errors.add(Problem.of("/epochs", settings.epochs() + " epochs of " + all + " samples are "
                    + visits + " visits, more than " + maxSampleVisits));
        } else if (settings.loss() instanceof Loss loss && loss.isRelative()) {
            ZeroTargets.firstBatch(samples, settings).ifPresent(batch -> errors.add(Problem.of("/loss",
                    loss.text() + " is undefined for a batch whose targets are all 0: epoch " + batch.epoch()
                            + " has one of rows " + Arrays.stream(batch.rows()).limit(ROWS_NAMED)
                                    .mapToObj(String::valueOf).collect(Collectors.joining(", "))
                            + (batch.rows().length > ROWS_NAMED ? ", …" : ""))));
        }
    }
}
