package dev.nabla.web.trainings;

import dev.nabla.datasets.DatasetRequest;
import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.documents.Document;
import dev.nabla.documents.Labels;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.Objective;
import dev.nabla.losses.TermDataset;
import dev.nabla.problems.Problem;
import dev.nabla.web.Ids;
import dev.nabla.web.datasets.DatasetReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The datasets that terms of a loss name or have with them.
 *
 * @param loss the same with ids in the place of datasets
 * @param samples by id
 * @param posted the ids that are not stored yet, with the labels of their datasets
 */
public record TermSamples(Objective loss, Map<UUID, Samples> samples, Map<UUID, Labels> posted) {

    /** How many samples the terms have, drawn points included. */
    long size() {
        return sizes().asLongStream().sum();
    }

    /** How many the term with the most has; 1 where none has any. */
    int largest() {
        return sizes().max().orElse(1);
    }

    private IntStream sizes() {
        return IntStream.concat(samples.values().stream().mapToInt(Samples::size),
                loss.samples().values().stream().mapToInt(PointSample::points));
    }

    /**
     * Of a loss at {@code /loss}.
     *
     * @param stored finds stored datasets
     * @param errors where is added what is wrong
     */
    public static TermSamples of(Document<?> document, Objective loss, DatasetReader reader,
            Function<UUID, Optional<Samples>> stored, List<Problem> errors) {
        Map<UUID, Samples> samples = new HashMap<>();
        Map<UUID, Labels> posted = new LinkedHashMap<>();
        if (!(loss instanceof EquationLoss equations)) {
            return new TermSamples(loss, samples, posted);
        }
        List<LossTerm> terms = new ArrayList<>();
        for (int i = 0; i < equations.terms().size(); i++) {
            LossTerm term = equations.terms().get(i);
            String pointer = "/loss/terms/" + i + "/dataset";
            Optional<DatasetRequest> here = term.dataset().flatMap(TermDataset::posted);
            UUID id = term.datasetId().orElseGet(UUID::randomUUID);
            Optional<Samples> found = here.isPresent() ? reader.read(document, here.get(), pointer, errors)
                    : term.datasetId().filter(known -> !samples.containsKey(known))
                            .flatMap(known -> Ids.find("dataset", known, pointer, errors, stored));
            found.ifPresent(read -> samples.put(id, read));
            here.ifPresent(dataset -> posted.put(id, dataset.labels()));
            terms.add(here.isPresent() ? term.on(id) : term);
        }
        return new TermSamples(equations.with(terms), samples, posted);
    }
}
