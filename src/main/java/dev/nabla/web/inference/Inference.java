package dev.nabla.web.inference;

import dev.nabla.datasets.files.HeldBytes;
import dev.nabla.documents.Document;
import dev.nabla.problems.InvalidException;
import dev.nabla.problems.Problem;
import dev.nabla.storage.FoundModel;
import dev.nabla.storage.ModelReference;
import dev.nabla.storage.Models;
import dev.nabla.web.Ids;
import dev.nabla.web.Undefined;
import dev.nabla.web.expressions.Equated;
import dev.nabla.web.expressions.Evaluations;
import dev.nabla.web.expressions.Evaluations.Computed;
import dev.nabla.web.expressions.Evaluations.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Computes what requests of the protocol ask for. */
@Service
class Inference {

    private static final int MOST_TOLD = 10;

    private final Models models;
    private final Evaluations evaluations;

    Inference(Models models, Evaluations evaluations) {
        this.models = models;
        this.evaluations = evaluations;
    }

    /**
     * What is answered.
     *
     * @param name what the client calls the model
     * @param reference the same with the version that the client wants
     * @param rest of the body, behind the JSON
     * @param prefersBytes whether numbers of which nothing is said are answered in bytes
     */
    InferenceAnswer infer(String name, ModelReference reference, Document<InferenceRequest> document,
            InputStream rest, boolean prefersBytes)
            throws IOException {
        byte[] behind = HeldBytes.all(rest);
        List<String> equations = document.value().map(InferenceRequest::equations).orElse(List.of());
        var wrong = new ArrayList<Problem>();
        FoundModel model = Ids.require(reference, models::resolve);
        Equated equated = Ids.require(reference,
                _ -> evaluations.about(model, equations, i -> "/outputs/" + i + "/name", wrong));
        var isBinary = new ArrayList<Boolean>();
        double[][] inputs = document.checked((request, errors) -> {
            errors.addAll(wrong);
            isBinary.addAll(request.isBinary(prefersBytes, errors));
            var rows = new InputTensors(request.inputs(), behind, equated.network(), errors).rows();
            rows.ifPresent(read -> Evaluations.requireFew(equated.expressions(), read.length, errors));
            return rows;
        }).orElseThrow();
        Computed computed = evaluations.compute(new Plan(equated, inputs, Undefined.Choice.NULL));
        requireDefined(equations, computed.undefined());
        InferenceRequest request = document.valid();
        Datatype datatype = request.inputs().stream().allMatch(tensor -> tensor.datatype() == Datatype.FP32) ? Datatype.FP32
                : Datatype.FP64;
        List<OutputTensor> outputs = IntStream.range(0, equations.size()).mapToObj(i -> new OutputTensor(equations.get(i),
                equated.expressions().get(i).shape(), datatype, isBinary.get(i), defined(computed.values()[i]))).toList();
        requireNone(IntStream.range(0, outputs.size()).boxed()
                .flatMap(i -> outputs.get(i).overflow("/outputs/" + i).stream()).toList());
        return new InferenceAnswer(name, model.version(), request, outputs);
    }

    @SuppressWarnings("NullAway")
    private static double[][] defined(double[] @Nullable [] samples) {
        return samples;
    }

    private static void requireDefined(List<String> equations, List<Undefined> undefined) {
        requireNone(Stream.concat(undefined.stream().limit(MOST_TOLD).map(place -> Problem.of("/outputs/" + place.equation(),
                        "'" + equations.get(place.equation()) + "' is no finite number for sample " + place.sample() + ": "
                        + place.reason())),
                undefined.size() <= MOST_TOLD ? Stream.empty()
                        : Stream.of(Problem.of("/outputs", "and " + (undefined.size() - MOST_TOLD) + " more"))).toList());
    }

    private static void requireNone(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidException(problems);
        }
    }
}
