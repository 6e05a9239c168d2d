package dev.nabla.web.networks;

import dev.nabla.documents.Document;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.NetworkDocument;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredModel;
import dev.nabla.web.Ids;
import dev.nabla.web.problems.NotFoundException;
import java.util.Optional;
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

    /**
     * What one of the three names; empty where it is wrong already.
     *
     * @param document of which these are the fields of their names
     */
    public Optional<Subject> find(Document<?> document, @Nullable NetworkDocument network, @Nullable String networkId,
            @Nullable String modelId) {
        return modelId != null ? Optional.of(ofModel(modelId))
                : networkId != null ? Optional.of(of(Ids.require("network", networkId, networks::find).definition()))
                : Optional.ofNullable(network).filter(_ -> document.isSound("/network"))
                        .map(given -> of(given.definition()));
    }

    private static Subject of(NetworkDefinition definition) {
        return new Subject(Network.of(definition), Optional.empty());
    }

    public Subject ofModel(String modelId) {
        StoredModel model = Ids.require("model", modelId, models::find);
        return new Subject(Network.of(networks.find(model.networkId()).orElseThrow(() -> new NotFoundException("model", modelId)).definition()),
                Optional.of(models.parameters(model.id()).orElseThrow(() -> new NotFoundException("model", modelId))));
    }
}
