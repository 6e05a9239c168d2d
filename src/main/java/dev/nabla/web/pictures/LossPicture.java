package dev.nabla.web.pictures;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.losses.EquationLoss;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.plots.Curves;
import dev.nabla.plots.Curves.Line;
import dev.nabla.plots.Drawing;
import dev.nabla.storage.EpochNumbers;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.Trainings;
import dev.nabla.web.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** What a training has reached, epoch by epoch. */
@Component
class LossPicture {

    private static final String EPOCH = "epoch";
    private static final String LOSS = "loss";
    private static final String NOTE = "no epoch is over yet";

    private final Trainings trainings;
    private final Networks networks;

    LossPicture(Trainings trainings, Networks networks) {
        this.trainings = trainings;
        this.networks = networks;
    }

    /** What is drawn of a training. */
    enum Show {
        @JsonProperty("losses") LOSSES,
        @JsonProperty("coefficients") COEFFICIENTS
    }

    /** How losses are told. */
    enum Scale {
        @JsonProperty("log") LOG,
        @JsonProperty("linear") LINEAR
    }

    Drawing of(StoredTraining training, Show show, Scale scale, Query query) {
        return switch (show) {
            case LOSSES -> new Curves(EPOCH, LOSS, losses(training), List.of(), scale == Scale.LOG, NOTE);
            case COEFFICIENTS -> new Curves(EPOCH, "coefficients", coefficients(training, query), List.of(), false, NOTE);
        };
    }

    private List<Line> losses(StoredTraining training) {
        var lines = new ArrayList<Line>();
        add(lines, LOSS, trainings.losses(training.id()));
        if (training.settings().validationFraction().isPresent()) {
            add(lines, "validation loss", trainings.validationLosses(training.id()));
        }
        if (training.settings().loss() instanceof EquationLoss loss && loss.terms().size() > 1) {
            var terms = new EpochNumbers(loss.terms().size(), trainings.terms(training.id()));
            for (int i = 0; i < loss.terms().size(); i++) {
                add(lines, loss.terms().get(i).equation(), terms.line(i));
            }
        }
        return lines;
    }

    private List<Line> coefficients(StoredTraining training, Query query) {
        Coefficients coefficients = Coefficients.of(networks.find(training.networkId()).orElseThrow().definition().parameters());
        if (coefficients.isEmpty()) {
            query.wrong("show", "the network has no coefficients that are trained");
        }
        query.requireRight();
        List<String> names = coefficients.names();
        var numbers = new EpochNumbers(names.size(), trainings.coefficients(training.id()));
        var lines = new ArrayList<Line>();
        for (int i = 0; i < names.size(); i++) {
            add(lines, names.get(i), numbers.line(i));
        }
        return lines;
    }

    private static void add(List<Line> lines, String name, double[] ofEpochs) {
        if (ofEpochs.length > 0) {
            lines.add(new Line(name, IntStream.rangeClosed(1, ofEpochs.length).asDoubleStream().toArray(), ofEpochs));
        }
    }
}
