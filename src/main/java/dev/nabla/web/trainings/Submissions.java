package dev.nabla.web.trainings;

import static java.util.Objects.requireNonNull;

import dev.nabla.datasets.DatasetRequest;
import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.EmptyRegionException;
import dev.nabla.datasets.points.PointDraws;
import dev.nabla.documents.Document;
import dev.nabla.documents.Labels;
import dev.nabla.jobs.Engines;
import dev.nabla.jobs.TrainingLimits;
import dev.nabla.jobs.TrainingMemory;
import dev.nabla.jobs.TrainingQueue;
import dev.nabla.losses.InvalidLossException;
import dev.nabla.losses.Loss;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.Objective;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.NetworkDocument;
import dev.nabla.problems.Problem;
import dev.nabla.problems.Warning;
import dev.nabla.storage.Beginning;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Networks;
import dev.nabla.training.FittedNormalization;
import dev.nabla.training.LeastMemory;
import dev.nabla.training.LeastSquaresSize;
import dev.nabla.training.Metric;
import dev.nabla.training.PredictedTime;
import dev.nabla.training.ScaleWarnings;
import dev.nabla.training.TrainedParameters;
import dev.nabla.training.TrainingSettings;
import dev.nabla.training.UnequalTargets;
import dev.nabla.training.UnreachableTargets;
import dev.nabla.training.ValidationSplit;
import dev.nabla.training.ZeroTargets;
import dev.nabla.web.Ids;
import dev.nabla.web.datasets.DatasetReader;
import dev.nabla.web.networks.NetworkValues;
import dev.nabla.web.networks.Subjects;
import dev.nabla.web.networks.Subjects.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Accepts trainings: everything is checked before anything is stored, and all of it is stored or nothing. */
@Service
public class Submissions {

    private static final int ROWS_NAMED = 20;

    private final Networks networks;
    private final Subjects subjects;
    private final Datasets datasets;
    private final DatasetReader datasetReader;
    private final TrainingQueue queue;
    private final Continuations continuations;
    private final Engines engines;
    private final TrainingMemory memory;
    private final JsonMapper json;
    private final long maxSampleVisits;

    Submissions(Networks networks, Subjects subjects, Datasets datasets, DatasetReader datasetReader, TrainingQueue queue,
            Continuations continuations, Engines engines, TrainingMemory memory, JsonMapper json, TrainingLimits limits) {
        this.networks = networks;
        this.subjects = subjects;
        this.datasets = datasets;
        this.datasetReader = datasetReader;
        this.queue = queue;
        this.continuations = continuations;
        this.engines = engines;
        this.memory = memory;
        this.json = json;
        this.maxSampleVisits = limits.maxSampleVisits();
    }

    /** Something posted inline, or something stored with its id. */
    private record Given<T>(T value, Optional<UUID> id) {}

    /** A training in which everything fits. */
    private record Fit(Given<Network> network, Optional<Given<Samples>> own, TermSamples ofTerms, TrainingSettings settings,
            String engine, Optional<Given<double[]>> initial, List<Warning> warnings) {

        /** How many there are in all its datasets. */
        private long samples() {
            return Submissions.samples(own.map(Given::value), ofTerms);
        }
    }

    private static long samples(Optional<Samples> own, TermSamples ofTerms) {
        return own.map(Samples::size).orElse(0) + ofTerms.size();
    }

    @Transactional
    public UUID submit(Document<TrainingRequest> document) {
        return submit(document, new Together());
    }

    /** The same of one of several trainings. */
    @Transactional
    public UUID submit(Document<TrainingRequest> document, Together together) {
        if (document.value().filter(request -> request.continued() != null).isPresent()) {
            return continuations.submit(document);
        }
        Fit fit = document.checked((request, errors) -> fit(document, request, together, errors)).orElseThrow();
        TrainingRequest request = document.valid();
        UUID network = fit.network().id().orElseGet(() -> {
            NetworkDefinition definition = fit.network().value().definition();
            List<String> tags = Optional.ofNullable(request.network()).map(NetworkDocument::labels).orElse(Labels.NONE).tags();
            return together.network(List.of(json.writeValueAsString(NetworkDocument.of(definition)), tags),
                    () -> networks.insert(definition, tags).id());
        });
        Optional<UUID> dataset = fit.own().map(own -> own.id().orElseGet(() -> datasets.insert(own.value(),
                Optional.ofNullable(request.dataset()).map(DatasetRequest::labels).orElse(Labels.NONE)).id()));
        fit.ofTerms().posted().forEach((id, labels) ->
                datasets.insert(id, requireNonNull(fit.ofTerms().samples().get(id)), labels));
        return queue.submit(network, dataset, request.labels(), fit.settings(), fit.engine(), request.priority(),
                new Beginning(fit.initial().map(Given::value), fit.initial().flatMap(Given::id), fit.warnings()),
                PredictedTime.of(fit.network().value().parameters().size(), fit.samples(), fit.settings().epochs(),
                        fit.settings()));
    }

    private Optional<Fit> fit(Document<?> document, TrainingRequest request, Together together, List<Problem> errors) {
        Function<UUID, Optional<Samples>> stored = id -> together.samples(id, datasets::samples);
        Optional<Given<Network>> network = network(document, request, errors);
        Optional<Given<Samples>> own = samples(document, request, stored, errors);
        own.ifPresent(given -> errors.addAll(request.problemsWith(given.value().size())));
        Optional<Objective> readable = DatasetFit.readable(document, request.loss());
        int before = errors.size();
        TermSamples ofTerms = readable.map(given -> TermSamples.of(document, given, datasetReader, stored, errors))
                .orElseGet(() -> new TermSamples(request.loss(), Map.of(), Map.of()));
        TrainingSettings settings = request.settings(own.map(given -> given.value().size()).orElseGet(ofTerms::largest))
                .with(ofTerms.loss());
        boolean isComplete = document.isSound("/loss") && (own.isPresent() || !request.needsDataset());
        if (network.isPresent()) {
            Network known = network.get().value();
            Objective loss = ofTerms.loss();
            DatasetFit fit = DatasetFit.of(known, readable.map(_ -> loss), own.map(Given::value),
                    request.dataset() == null ? "/datasetId" : "/dataset", ofTerms.samples(), errors);
            if (isComplete && errors.size() == before) {
                MatchedSamples matched = MatchedSamples.of(known, loss, own.map(Given::value), ofTerms.samples());
                requireUnderstood(known, matched, loss, errors);
                requireRegions(loss, matched, settings.seed(), errors);
                FittedNormalization.problems(known, matched, loss).forEach(problem -> errors.add(request.network() == null
                        ? Problem.of("/networkId", "must be another network: its " + problem.pointer().substring(1) + " "
                                + problem.detail()) : problem.within("/network")));
            } else if (readable.isPresent()) {
                fit.requireUnderstood(document, known, loss, errors);
            }
        } else {
            readable.ifPresent(loss -> DatasetFit.requireSyntax(loss, errors));
        }
        Optional<Given<double[]>> initial = initialParameters(request, network.map(Given::value), settings.seed(), errors);
        if (document.isSound("/freeze")) {
            network.ifPresent(given -> errors.addAll(TrainedParameters.problems(given.value().parameters(), request.freeze(),
                    document.isSound("/learningRateFactors") ? request.learningRateFactors() : Map.of())));
        }
        if (isComplete && document.isSound("/batchSize") && document.isSound("/epochs") && document.isSound("/shuffle")
                && document.isSound("/seed")) {
            requireTrainable(own.map(Given::value), ofTerms, settings, errors);
            own.ifPresent(given -> Metric.problems(request.metrics(), ValidationSplit.of(given.value().size(), settings)
                    .looked(given.value())).forEach(problem -> errors.add(problem.within("/metrics"))));
        }
        if (!errors.isEmpty() || !document.isSound() || !isComplete) {
            return Optional.empty();
        }
        Network known = network.orElseThrow().value();
        MatchedSamples matched = MatchedSamples.of(known, ofTerms.loss(), own.map(Given::value), ofTerms.samples());
        List<Samples> read = Stream.concat(own.stream().map(Given::value),
                ofTerms.loss().datasets().stream().map(ofTerms.samples()::get)).toList();
        Optional<LeastSquaresSize> system = LeastSquaresSize.of(known, matched, settings);
        Optional<Problem> tooLarge = system.flatMap(LeastSquaresSize::problem)
                .or(() -> settings.optimizer().problem(known.parameters().size()));
        if (tooLarge.isPresent()) {
            errors.add(tooLarge.get());
            return Optional.empty();
        }
        memory.requirePossible(LeastMemory.of(known, read, matched, settings, system));
        double[] drawn = FittedNormalization.initialParameters(known, own.map(Given::value), ofTerms.samples(), settings);
        Optional<Given<double[]>> fitted = request.initialParameters() == null ? initial
                : Optional.of(given(request.initialParameters(), known, drawn, errors));
        return Optional.of(new Fit(network.orElseThrow(), own, ofTerms, settings, engines.named(request.engine()).name(), fitted,
                request.initialModelId() == null ? warnings(known, matched, ofTerms.loss(), request,
                        fitted.map(Given::value).orElse(drawn)) : List.of()));
    }

    private static List<Warning> warnings(Network network, MatchedSamples samples, Objective loss,
            TrainingRequest request, double[] initial) {
        String pointer = samples.own().isEmpty() ? "/loss/terms" : request.dataset() == null ? "/datasetId" : "/dataset";
        Optional<Warning> unreachable = loss instanceof Loss named && samples.own().isPresent()
                ? UnreachableTargets.of(network, samples.own().get(), named, initial, pointer) : Optional.empty();
        return Stream.of(ScaleWarnings.of(network, samples, loss, pointer).stream(), unreachable.stream(),
                UnequalTargets.of(network, samples, loss).stream()).flatMap(warnings -> warnings).toList();
    }

    /** @param others what is missing has the values of */
    private static Given<double[]> given(Map<String, Object> parameters, Network network, double[] others,
            List<Problem> errors) {
        return new Given<>(NetworkValues.initialParameters(parameters, network, others, "/initialParameters", errors),
                Optional.empty());
    }

    /** @param given empty where it is wrong, so that nothing can be said of what should fit it */
    private Optional<Given<double[]>> initialParameters(TrainingRequest request, Optional<Network> given, long seed,
            List<Problem> errors) {
        UUID modelId = request.initialModelId();
        Optional<Subject> found = modelId == null ? Optional.empty()
                : Ids.find("model", modelId, "/initialModelId", errors, subjects::model);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Network network = given.get();
        if (request.initialParameters() != null) {
            return Optional.of(given(request.initialParameters(), network,
                    GlorotUniform.parameters(network.parameters(), seed), errors));
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Subject model = found.get();
        double[] parameters = model.parameters().orElseThrow();
        List<Problem> misfits = ModelToStartFrom.misfits(model.network(), parameters, network);
        errors.addAll(misfits);
        return misfits.isEmpty() ? Optional.of(new Given<>(parameters, Optional.ofNullable(modelId))) : Optional.empty();
    }

    private Optional<Given<Network>> network(Document<?> document, TrainingRequest request, List<Problem> errors) {
        return request.networkId() != null
                ? Ids.find("network", request.networkId(), "/networkId", errors, networks::find)
                        .map(stored -> new Given<>(Network.of(stored.definition()), Optional.of(stored.id())))
                : Optional.ofNullable(request.network()).filter(_ -> document.isSound("/network"))
                        .map(posted -> new Given<>(Network.of(posted.definition()), Optional.empty()));
    }

    private Optional<Given<Samples>> samples(Document<?> document, TrainingRequest request,
            Function<UUID, Optional<Samples>> stored, List<Problem> errors) {
        return request.datasetId() != null
                ? Ids.find("dataset", request.datasetId(), "/datasetId", errors,
                        id -> stored.apply(id).map(value -> new Given<>(value, Optional.of(id))))
                : Optional.ofNullable(request.dataset())
                        .flatMap(posted -> datasetReader.read(document, posted, "/dataset", errors))
                        .map(value -> new Given<>(value, Optional.empty()));
    }

    private void requireUnderstood(Network network, MatchedSamples samples, Objective loss, List<Problem> errors) {
        try {
            loss.parts(network, samples);
            loss.problemsOfWeights(network, samples, engines.byDefault())
                    .forEach(problem -> errors.add(problem.within("/loss")));
        } catch (InvalidLossException e) {
            errors.addAll(e.problems("/loss"));
        }
    }

    /** Adds an error for every region in which no point is found; the points are drawn by the training. */
    private void requireRegions(Objective loss, MatchedSamples samples, long seed, List<Problem> errors) {
        loss.samples().forEach((term, sample) -> {
            if (sample.where().isEmpty()) {
                return;
            }
            try {
                new PointDraws(sample, requireNonNull(samples.drawn().get(term)).inputNames(), seed, term, engines.byDefault())
                        .requireRegion();
            } catch (EmptyRegionException e) {
                errors.add(Problem.of("/loss/terms/" + term + "/sample/where", e.getMessage()));
            }
        });
    }

    private void requireTrainable(Optional<Samples> own, TermSamples ofTerms, TrainingSettings settings,
            List<Problem> errors) {
        long all = samples(own, ofTerms);
        long visits = settings.epochs() * all;
        if (visits > maxSampleVisits) {
            errors.add(Problem.of("/epochs", settings.epochs() + " epochs of " + all + " samples are "
                    + visits + " visits, more than " + maxSampleVisits));
        } else if (own.isPresent() && settings.loss() instanceof Loss loss && loss.isRelative()) {
            ZeroTargets.firstBatch(own.get(), settings).ifPresent(batch -> errors.add(Problem.of("/loss",
                    loss.text() + " is undefined for a batch whose targets are all 0: epoch " + batch.epoch()
                            + " has one of rows " + Arrays.stream(batch.rows()).limit(ROWS_NAMED)
                                    .mapToObj(String::valueOf).collect(Collectors.joining(", "))
                            + (batch.rows().length > ROWS_NAMED ? ", …" : ""))));
        }
    }
}
