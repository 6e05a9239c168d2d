package dev.nabla.web.sweeps;

import dev.nabla.documents.Document;
import dev.nabla.documents.DocumentReader;
import dev.nabla.expression.Work;
import dev.nabla.jobs.TrainingLimits;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Sweeps;
import dev.nabla.training.sweeps.Combination;
import dev.nabla.training.sweeps.SweepMetric;
import dev.nabla.training.sweeps.SweepPlan;
import dev.nabla.web.datasets.DatasetReader;
import dev.nabla.web.trainings.Submissions;
import dev.nabla.web.trainings.Together;
import dev.nabla.web.trainings.TrainingRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Accepts sweeps: every trial is read and checked as a training that is posted, and all are stored or nothing is. */
@Service
class SweepSubmissions {

    private static final int MOST_PROBLEMS = 50;

    /** To read a field, an item or a number of a trial, and to store it, in nanoseconds. */
    private static final double READ = 500;

    /** A seed that is chosen here is below this, so that every JSON reader keeps it and those behind it exactly. */
    private static final long SEED_BOUND = 1L << 52;

    private final Submissions submissions;
    private final Sweeps sweeps;
    private final Datasets datasets;
    private final DatasetReader datasetReader;
    private final TrainingLimits limits;

    SweepSubmissions(Submissions submissions, Sweeps sweeps, Datasets datasets, DatasetReader datasetReader, TrainingLimits limits) {
        this.submissions = submissions;
        this.sweeps = sweeps;
        this.datasets = datasets;
        this.datasetReader = datasetReader;
        this.limits = limits;
    }

    @Transactional
    public UUID submit(Document<SweepRequest> document) {
        var errors = new ArrayList<Problem>();
        try {
            document.valid();
        } catch (InvalidException e) {
            errors.addAll(e.problems());
        }
        Optional<UUID> sweep = document.value().flatMap(request -> submit(document, request, errors));
        if (!errors.isEmpty()) {
            throw new InvalidException(errors.stream().distinct().toList());
        }
        return sweep.orElseThrow();
    }

    /** Stores all, though something may be wrong: that ends the transaction. */
    private Optional<UUID> submit(Document<SweepRequest> document, SweepRequest request, List<Problem> errors) {
        SweepPlan plan = request.plan();
        if (!(request.training().json() instanceof ObjectNode training) || !document.isSound("/values")
                || !document.isSound("/seeds") || !document.isSound("/search") || !isWithinLimits(plan, errors)) {
            return Optional.empty();
        }
        if (training.has("continue") && plan.seeds() > 1) {
            errors.add(Problem.of("/seeds", "must be 1: a training that goes on has the seed of the one before it, was "
                    + plan.seeds()));
            return Optional.empty();
        }
        long seed = seed(training).orElseGet(() -> ThreadLocalRandom.current().nextLong(SEED_BOUND));
        if (seed > Long.MAX_VALUE - plan.seeds()) {
            errors.add(Problem.of("/seeds", "must leave the last seed within 64 bits, was " + plan.seeds()));
            return Optional.empty();
        }
        List<Combination> combinations = plan.combinations(seed, errors);
        var template = new Template(training);
        var shared = new SharedDatasets(datasetReader, datasets);
        var together = new Together();
        UUID sweep = sweeps.insert(request.labels(), request.settings());
        Set<Problem> found = new LinkedHashSet<>();
        for (Combination combination : combinations) {
            try {
                JsonNode filled = shared.storedOf(template.with(combination));
                Work.spend(READ * size(filled) * plan.seeds());
                for (int i = 0; i < plan.seeds(); i++) {
                    JsonNode trial = hasSeed(filled, combination) ? withSeed((ObjectNode) filled, seed + i) : filled;
                    submit(sweep, request, DocumentReader.read(trial, TrainingRequest.class), values(combination, filled), together,
                            template, combination, found);
                }
            } catch (InvalidException e) {
                found.addAll(e.problems());
            }
            if (found.size() >= MOST_PROBLEMS) {
                break;
            }
        }
        found.stream().limit(MOST_PROBLEMS).forEach(errors::add);
        return Optional.of(sweep);
    }

    private void submit(UUID sweep, SweepRequest request, Document<TrainingRequest> trial, Map<String, JsonNode> values,
            Together together, Template template, Combination combination, Set<Problem> found) {
        try {
            UUID training = submissions.submit(trial, together);
            TrainingRequest valid = trial.valid();
            if (request.metric() == SweepMetric.VALIDATION_LOSS && valid.validationFraction() == null && valid.continued() == null) {
                found.add(Problem.of("/metric", "must be loss where a training has no validationFraction"));
            }
            sweeps.add(sweep, training, valid.epochs(), values);
        } catch (InvalidException e) {
            e.problems().stream().map(problem -> template.blamed(ofPosted(problem, template, combination), combination))
                    .forEach(found::add);
        }
    }

    /** How many fields, items and numbers there are. */
    private static long size(JsonNode node) {
        return 1 + node.valueStream().mapToLong(SweepSubmissions::size).sum();
    }

    /** What is wrong with a dataset that was posted is not at the id by which it is stored. */
    private static Problem ofPosted(Problem problem, Template template, Combination combination) {
        boolean isPosted = problem.pointer().equals("/datasetId") && !template.training().hasNonNull("datasetId")
                && !combination.choices().containsKey("/datasetId");
        return isPosted ? Problem.of("/dataset", problem.detail()) : problem;
    }

    private boolean isWithinLimits(SweepPlan plan, List<Problem> errors) {
        long most = Math.min(limits.maxTrials(), limits.maxQueued());
        if (plan.trials() > most) {
            errors.add(Problem.of(plan.pointerOfMoreThan(most), "would have "
                    + (plan.trials() == Long.MAX_VALUE ? "very many" : plan.trials())
                    + " trials, seeds included, more than " + most));
        }
        return plan.trials() <= most;
    }

    /** The seed of the training, where it is one. */
    private static OptionalLong seed(ObjectNode training) {
        try {
            JsonNode seed = training.path("seed");
            return seed.isNumber() ? OptionalLong.of(seed.decimalValue().longValueExact()) : OptionalLong.empty();
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether the trial is to have a seed of the sweep's: not in the place of its own, nor behind a training that has one. */
    private static boolean hasSeed(JsonNode filled, Combination combination) {
        JsonNode seed = filled.path("seed");
        return filled instanceof ObjectNode object && !combination.choices().containsKey(SweepPlan.SEED)
                && !object.hasNonNull("continue") && (seed.isMissingNode() || seed.isNull() || seed(object).isPresent());
    }

    private static JsonNode withSeed(ObjectNode training, long seed) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        training.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        return copy.put("seed", seed);
    }

    /** The values of a trial, with ids in the place of datasets. */
    private static Map<String, JsonNode> values(Combination combination, JsonNode filled) {
        var values = new LinkedHashMap<String, JsonNode>();
        combination.choices().forEach((pointer, choice) -> values.put(pointer, pointer.equals("/dataset")
                && filled.hasNonNull("datasetId") ? filled.get("datasetId") : choice.value()));
        return values;
    }
}
