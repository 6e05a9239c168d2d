package dev.nabla.storage;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * What makes a training a trial of a sweep.
 *
 * @param values by pointers into the training
 * @param lowest the lowest metric of the sweep in an epoch that is over
 */
public record Trial(UUID sweep, Map<String, Object> values, OptionalDouble lowest) {}
