package dev.nabla.losses;

import java.util.Optional;
import java.util.UUID;

/**
 * weight · mean over samples of ‖equation‖².
 *
 * @param equation a value per sample, over the names of the network and the columns of the dataset
 * @param dataset where the samples are from, if not from the training's own dataset
 */
public record LossTerm(String equation, Optional<UUID> dataset, double weight) {}
