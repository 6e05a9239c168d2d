package dev.nabla.web;

import dev.nabla.network.Network;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the network that a request is about: given inline, or by its id, or by that of a model. */
@Component
class Subjects {

    /** @param parameters the flat vector of trained parameters, where the request named a model */
    record Subject(Network network, Optional<double[]> parameters) {}

    private final Networks networks;
    private final Models models;

    Subjects(Networks networks, Models models) {
        this.networks = networks;
        this.models = models;
    }

    Subject find(@Nullable NetworkRequest network, @Nullable String networkId, @Nullable String modelId) {
        if (Stream.of(network, networkId, modelId).filter(Objects::nonNull).count() != 1) {
            throw new InvalidRequestException(List.of(FieldError.of("",
                    "must have exactly one of network, networkId and modelId")));
        }
        if (modelId != null) {
            return ofModel(modelId);
        }
        if (networkId != null) {
            return new Subject(Network.of(Ids.require("network", networkId, networks::find).definition()),
                    Optional.empty());
        }
        var errors = new ArrayList<FieldError>();
        return new Subject(Network.of(Objects.requireNonNull(network).definition("/network", errors)
                .orElseThrow(() -> new InvalidRequestException(errors))), Optional.empty());
    }

    Subject ofModel(String modelId) {
        StoredModel model = Ids.require("model", modelId, models::find);
        return new Subject(Network.of(networks.find(model.networkId()).orElseThrow().definition()),
                models.parameters(model.id()));
    }
}
