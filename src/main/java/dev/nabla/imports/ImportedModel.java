package dev.nabla.imports;

import dev.nabla.network.NetworkDefinition;

/**
 * A network and its parameters.
 *
 * @param parameters the flat vector of the network's parameters
 */
public record ImportedModel(NetworkDefinition definition, double[] parameters) {}
