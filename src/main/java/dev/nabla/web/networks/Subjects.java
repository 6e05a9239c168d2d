package dev.nabla.web.networks;

import dev.nabla.documents.Document;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.network.NetworkDocument;
import dev.nabla.problems.Problem;
import dev.nabla.storage.Ensembles;
import dev.nabla.storage.ModelReference;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.web.Ids;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the network that a request is about: given inline, or by its id, or by that of a model. */
@Component
public class Subjects {

    /**
     * @param model its id, where the request named one
     * @param parameters the flat vector of its trained parameters
     */
    public record Subject(Network network, Optional<UUID> model, Optional<double[]> parameters) {}

    /** A model of an ensemble. */
    public record Member(UUID model, Subject subject) {}

    private final Networks networks;
    private final Models models;
    private final Ensembles ensembles;

    Subjects(Networks networks, Models models, Ensembles ensembles) {
        this.networks = networks;
        this.models = models;
        this.ensembles = ensembles;
    }

    /**
     * What one of the three names; empty where it is wrong already.
     *
     * @param document of which these are the fields of their names
     * @param errors to which is added that an id names nothing
     */
    public Optional<Subject> find(Document<?> document, @Nullable NetworkDocument network, @Nullable UUID networkId,
            @Nullable ModelReference modelId, List<Problem> errors) {
        Optional<Subject> ofModel = Optional.ofNullable(modelId)
                .flatMap(reference -> Ids.find(reference, "/modelId", errors, this::model));
        Optional<Subject> ofNetwork = Optional.ofNullable(networkId)
                .flatMap(id -> Ids.find("network", id, "/networkId", errors, networks::find))
                .map(stored -> of(stored.definition()));
        return modelId != null ? ofModel : networkId != null ? ofNetwork
                : Optional.ofNullable(network).filter(_ -> document.isSound("/network"))
                        .map(given -> of(given.definition()));
    }

    private static Subject of(NetworkDefinition definition) {
        return new Subject(Network.of(definition), Optional.empty(), Optional.empty());
    }

    /** The network of a model and its parameters, whatever the model is called by. */
    public Optional<Subject> model(ModelReference reference) {
        return models.resolve(reference).flatMap(found -> model(found.id()));
    }

    /** The network of a model and its parameters. */
    public Optional<Subject> model(UUID id) {
        return models.find(id).flatMap(model -> networks.find(model.networkId())).flatMap(network ->
                models.parameters(id).map(own -> new Subject(Network.of(network.definition()), Optional.of(id), Optional.of(own))));
    }

    /** The models of an ensemble, in order. */
    public Optional<List<Member>> ensemble(UUID id) {
        return ensembles.find(id).map(ensemble -> ensemble.models().stream()
                .flatMap(model -> model(model).map(subject -> new Member(model, subject)).stream()).toList());
    }
}
