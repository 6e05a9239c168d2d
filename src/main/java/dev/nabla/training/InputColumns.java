package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.datasets.points.PointSample;
import dev.nabla.datasets.points.Range;
import dev.nabla.losses.EquationLoss;
import dev.nabla.losses.LossTerm;
import dev.nabla.losses.MatchedSamples;
import dev.nabla.losses.Objective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The inputs that a training sees, in the order of the network: the rows of its own dataset, then those of its terms in their
 * order, with points that are drawn as if they were everywhere in their ranges.
 */
record InputColumns(MatchedSamples samples, Objective loss) {

    /** One input over the rows of the own dataset, or over everything where there is none. */
    Column ofOwn(int input) {
        return samples.own().map(own -> ofRows(own, input)).orElseGet(() -> ofAll(input));
    }

    /** One input over everything. */
    Column ofAll(int input) {
        List<Column> columns = new ArrayList<>();
        samples.own().ifPresent(own -> columns.add(ofRows(own, input)));
        var seen = new HashSet<UUID>();
        List<LossTerm> terms = loss instanceof EquationLoss equations ? equations.terms() : List.of();
        for (int i = 0; i < terms.size(); i++) {
            int term = i;
            terms.get(i).datasetId().filter(seen::add).stream()
                    .flatMap(id -> Stream.ofNullable(samples.others().get(id))).forEach(rows -> columns.add(ofRows(rows, input)));
            terms.get(i).sample().ifPresent(sample -> columns.add(ofPoints(sample, term, input)));
        }
        return Column.of(columns);
    }

    private static Column ofRows(Samples rows, int input) {
        return Column.of(rows.inputs(), rows.inputDimension(), input);
    }

    private Column ofPoints(PointSample sample, int term, int input) {
        String name = Objects.requireNonNull(samples.drawn().get(term)).inputNames().get(input);
        Range range = Objects.requireNonNull(sample.ranges().get(name));
        return Column.ofRange(range.low(), range.high(), sample.points());
    }
}
