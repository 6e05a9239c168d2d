package dev.nabla.web.trainings;

import static java.util.Objects.requireNonNull;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.EmptyRegionException;
import dev.nabla.datasets.points.PointDraws;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.jobs.Engines;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.network.Network;
import dev.nabla.storage.Datasets;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Trainings;
import dev.nabla.web.Ids;
import dev.nabla.web.Query;
import dev.nabla.web.problems.ConflictException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/trainings/{id}/points")
@Tag(name = "Trainings")
class PointsController {

    /** Tries for the points of a region that an answer waits for. */
    private static final long MOST_TRIES = 10_000_000;

    private final Trainings trainings;
    private final Networks networks;
    private final Datasets datasets;
    private final Engines engines;

    PointsController(Trainings trainings, Networks networks, Datasets datasets, Engines engines) {
        this.trainings = trainings;
        this.networks = networks;
        this.datasets = datasets;
        this.engines = engines;
    }

    /** Where a term of a loss is to hold. */
    record PointsResponse(
            @Schema(description = "The columns of the term's samples, in the order of the network's inputs.")
            List<String> inputNames,
            @Schema(description = "A row for every point.") double[][] inputs) {}

    @GetMapping
    @Operation(operationId = "getTrainingPoints", summary = "The points at which a term of a training's loss is to hold",
            description = "Those of its dataset, or those that it drew for the last epoch that is over; 409 where these were "
                    + "chosen by a residual, which is not known any more, or where very few points lie in the region.")
    PointsResponse points(@PathVariable String id, Query query,
            @Parameter(description = "The number of the term, from 0 on; 0 if left out, and for a loss that has a name.",
                    schema = @Schema(type = "integer", format = "int32", minimum = "0"))
            @RequestParam(required = false) @Nullable String term) {
        int number = query.integer("term", term, 0, 0, Integer.MAX_VALUE);
        query.requireRight();
        StoredTraining training = Ids.require("training", id, trainings::find);
        List<LossTerm> terms = training.settings().loss() instanceof EquationLoss loss ? loss.terms() : List.of();
        if (number >= Math.max(1, terms.size())) {
            query.wrong("term", "must be between 0 and " + Math.max(0, terms.size() - 1) + ", was " + number);
        }
        query.requireRight();
        Samples samples = samples(training, terms, number);
        int columns = samples.inputDimension();
        return new PointsResponse(samples.inputNames(), IntStream.range(0, samples.size()).mapToObj(row ->
                Arrays.copyOfRange(samples.inputs(), row * columns, (row + 1) * columns)).toArray(double[][]::new));
    }

    private Samples samples(StoredTraining training, List<LossTerm> terms, int number) {
        Map<UUID, Samples> others = new HashMap<>();
        terms.forEach(term -> term.datasetId().ifPresent(named -> others.computeIfAbsent(named, this::dataset)));
        Network network = Network.of(networks.find(training.networkId()).orElseThrow().definition());
        MatchedSamples matched = MatchedSamples.of(network, training.settings().loss(), training.datasetId().map(this::dataset),
                others);
        Optional<LossTerm> term = terms.stream().skip(number).findFirst();
        return term.flatMap(LossTerm::sample)
                .map(sample -> drawn(training, sample, number, requireNonNull(matched.drawn().get(number))))
                .or(() -> term.flatMap(LossTerm::datasetId).map(matched.others()::get)).or(matched::own).orElseThrow();
    }

    private Samples dataset(UUID id) {
        return datasets.samples(id)
                .orElseThrow(() -> new ConflictException("a dataset of this training is not there any more"));
    }

    private Samples drawn(StoredTraining training, PointSample sample, int number, Samples columns) {
        int last = Math.max(0, training.progress().epoch() - 1);
        int round = sample.resampleEvery().isPresent() ? last / sample.resampleEvery().getAsInt() : 0;
        if (round > 0 && sample.adaptive().isPresent()) {
            throw new ConflictException("the points of /loss/terms/" + number
                    + " were chosen by a residual of parameters that are not known any more");
        }
        try {
            return new PointDraws(sample, columns.inputNames(), training.settings().seed(), number, engines.byDefault())
                    .drawSoon(round, MOST_TRIES);
        } catch (EmptyRegionException e) {
            throw new ConflictException("the region of /loss/terms/" + number + " is too small to be drawn from here: "
                    + e.getMessage());
        }
    }
}
