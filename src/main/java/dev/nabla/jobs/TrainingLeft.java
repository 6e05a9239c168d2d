package dev.nabla.jobs;

import java.util.UUID;

/** That a training is run here no more, and what it has reached is written: who waits for its end may look. */
public record TrainingLeft(UUID training) {}
