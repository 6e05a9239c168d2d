package dev.nabla.web.trainings;

import dev.nabla.datasets.Samples;
import dev.nabla.jobs.Engines;
import dev.nabla.jobs.TrainingQueue;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.InvalidLossException;
import dev.nabla.losses.Loss;
import dev.nabla.losses.Objective;
import dev.nabla.network.ColumnOrder;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Labels;
import dev.nabla.storage.Networks;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.ZeroTargets;
import dev.nabla.web.Ids;
import dev.nabla.web.datasets.DatasetReader;
import dev.nabla.web.networks.NetworkValues;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
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
            Engines engines, @Value("${nabla.trainings.max-sample-visits}") long maxSampleVisits) {
        this.networks = networks;
        this.subjects = subjects;
        this.datasets = datasets;
        this.datasetReader = datasetReader;
        this.queue = queue;
        this.engines = engines;
        this.maxSampleVisits = maxSampleVisits;
    }

    /** Something posted inline, or something stored with its id. */
    private record Given<T>(T value, Optional<UUID> id) {}

    @Transactional
    public UUID submit(TrainingRequest request) {
        var errors = new ArrayList<Problem>();
        Optional<Given<NetworkDefinition>> network = network(request, errors);
        Optional<Given<Samples>> samples = samples(request, errors);
        var reader = new TrainingRequestReader(errors);
        TrainingSettings settings = reader.settings(request, samples.map(given -> OptionalInt.of(given.value().size()))
                .orElse(OptionalInt.empty()));
        String engine = reader.engine(request, engines);
        Optional<Given<double[]>> initial = network
                .flatMap(given -> initialParameters(request, Network.of(given.value()), errors));
        Map<UUID, Samples> others = others(settings.loss(), errors);
        if (network.isPresent() && samples.isPresent()) {
            Network built = Network.of(network.get().value());
            DatasetFit.require(built, settings.loss(), samples.map(Given::value),
                    request.dataset() == null ? "/datasetId" : "/dataset", others, errors);
            if (errors.isEmpty()) {
                requireUnderstood(built, samples.get().value(), others, settings.loss(), errors);
            }
        }
        samples.ifPresent(given -> requireTrainable(given.value(), others, settings, errors));
        Labels labels = Labels.of(request.name(), request.tags(), "", errors);
        Labels datasetLabels = request.dataset() == null ? Labels.NONE
                : Labels.of(request.dataset().name(), request.dataset().tags(), "/dataset", errors);
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        Given<NetworkDefinition> definition = network.orElseThrow();
        Given<Samples> dataset = samples.orElseThrow();
        return queue.submit(definition.id().orElseGet(() -> networks
                .insert(definition.value(), Objects.requireNonNull(request.network()).tagsOrNone()).id()),
                dataset.id().orElseGet(() -> datasets.insert(dataset.value(), datasetLabels).id()), labels, settings, engine,
                initial.map(Given::value), initial.flatMap(Given::id));
    }

    private Optional<Given<double[]>> initialParameters(TrainingRequest request, Network network,
            List<Problem> errors) {
        if (request.initialParameters() != null && request.initialModelId() != null) {
            errors.add(Problem.of("", "must have at most one of initialParameters and initialModelId"));
            return Optional.empty();
        }
        if (request.initialParameters() != null) {
            return Optional.of(new Given<>(NetworkValues.parameters(request.initialParameters(), network,
                    "/initialParameters", errors), Optional.empty()));
        }
        if (request.initialModelId() == null) {
            return Optional.empty();
        }
        Subject model = subjects.ofModel(request.initialModelId());
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
                Optional.of(UUID.fromString(request.initialModelId()))));
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

    private Optional<Given<NetworkDefinition>> network(TrainingRequest request, List<Problem> errors) {
        if ((request.network() == null) == (request.networkId() == null)) {
            errors.add(Problem.of("", "must have exactly one of network and networkId"));
            return Optional.empty();
        }
        return request.network() != null
                ? request.network().definition("/network", errors).map(value -> new Given<>(value, Optional.empty()))
                : Optional.of(Ids.require("network", request.networkId(), networks::find))
                        .map(stored -> new Given<>(stored.definition(), Optional.of(stored.id())));
    }

    private Optional<Given<Samples>> samples(TrainingRequest request, List<Problem> errors) {
        if ((request.dataset() == null) == (request.datasetId() == null)) {
            errors.add(Problem.of("", "must have exactly one of dataset and datasetId"));
            return Optional.empty();
        }
        return request.dataset() != null
                ? datasetReader.read(request.dataset(), "/dataset", errors)
                        .map(value -> new Given<>(value, Optional.empty()))
                : Optional.of(Ids.require("dataset", request.datasetId(),
                        id -> datasets.samples(id).map(value -> new Given<>(value, Optional.of(id)))));
    }

    /** The datasets that terms of the loss name. */
    private Map<UUID, Samples> others(Objective loss, List<Problem> errors) {
        Map<UUID, Samples> others = new HashMap<>();
        if (loss instanceof EquationLoss equations) {
            for (int i = 0; i < equations.terms().size(); i++) {
                Optional<UUID> id = equations.terms().get(i).dataset();
                if (id.isPresent()) {
                    Optional<Samples> samples = datasets.samples(id.get());
                    samples.ifPresent(found -> others.put(id.get(), found));
                    if (samples.isEmpty()) {
                        errors.add(Problem.of("/loss/terms/" + i + "/dataset", "there is no dataset " + id.get()));
                    }
                }
            }
        }
        return others;
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
