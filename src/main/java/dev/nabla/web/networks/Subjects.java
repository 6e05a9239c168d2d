package dev.nabla.web.networks;

import dev.nabla.network.Network;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredModel;
import dev.nabla.web.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the network that a request is about: given inline, or by its id, or by that of a model. */
@Component
public class Subjects {

    /** @param parameters the flat vector of trained parameters, where the request named a model */
    public record Subject(Network network, Optional<double[]> parameters) {}

    private final Networks networks;
    private final Models models;

    Subjects(Networks networks, Models models) {
        this.networks = networks;
        this.models = models;
    }

    public Subject find(@Nullable NetworkRequest network, @Nullable String networkId, @Nullable String modelId) {
        if (Stream.of(network, networkId, modelId).filter(Objects::nonNull).count() != 1) {
            throw new InvalidException(List.of(Problem.of("",
                    "must have exactly one of network, networkId and modelId")));
        }
        if (modelId != null) {
            return ofModel(modelId);
        }
        if (networkId != null) {
            return new Subject(Network.of(Ids.require("network", networkId, networks::find).definition()),
                    Optional.empty());
        }
        var errors = new ArrayList<Problem>();
        return new Subject(Network.of(Objects.requireNonNull(network).definition("/network", errors)
                .orElseThrow(() -> new InvalidException(errors))), Optional.empty());
    }

    public Subject ofModel(String modelId) {
        StoredModel model = Ids.require("model", modelId, models::find);
        return new Subject(Network.of(networks.find(model.networkId()).orElseThrow().definition()),
                models.parameters(model.id()));
    }
}
