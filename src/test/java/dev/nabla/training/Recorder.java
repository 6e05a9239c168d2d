package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Keeps the losses of all epochs. */
public class Recorder implements TrainingProgress {

    final List<Double> losses = new ArrayList<>();
    final List<Double> validationLosses = new ArrayList<>();
    public final List<EpochLosses> epochs = new ArrayList<>();

    @Override
    public void epochFinished(int epoch, EpochLosses ofEpoch) {
        epochs.add(ofEpoch);
        losses.add(ofEpoch.loss());
        ofEpoch.validation().ifPresent(validationLosses::add);
        assertThat(losses).hasSize(epoch);
    }

    @Override
    public boolean isCancelled() {
        return false;
    }
}
