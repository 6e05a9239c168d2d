package dev.nabla.storage;

import java.util.OptionalDouble;

/**
 * A trial among the others of its sweep.
 *
 * @param rank from 1
 * @param loss by which it is ranked; empty before its first epoch is over
 */
public record RankedTrial(int rank, StoredTraining training, OptionalDouble loss) {}
