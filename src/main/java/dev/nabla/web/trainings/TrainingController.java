package dev.nabla.web.trainings;

import static java.util.Objects.requireNonNull;

import dev.nabla.documents.Document;
import dev.nabla.documents.LabelPatch;
import dev.nabla.jobs.TrainingQueue;
import dev.nabla.network.layers.Coefficients;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.storage.Models;
import dev.nabla.storage.Networks;
import dev.nabla.storage.StoredTraining;
import dev.nabla.storage.TrainingFilter;
import dev.nabla.storage.TrainingState;
import dev.nabla.storage.Trainings;
import dev.nabla.training.ReachedParameters;
import dev.nabla.training.Trainer;
import dev.nabla.web.Deletion;
import dev.nabla.web.IfMatch;
import dev.nabla.web.Labelled;
import dev.nabla.web.PageResponse;
import dev.nabla.web.Paging;
import dev.nabla.web.Query;
import dev.nabla.web.Relabelling;
import dev.nabla.web.Resource;
import dev.nabla.web.limits.AnswersAtOnce;
import dev.nabla.web.limits.Lane;
import dev.nabla.web.once.Once;
import dev.nabla.web.problems.ConflictException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/v1/trainings")
@Tag(name = "Trainings", description = "Long-running jobs that train a network on a dataset")
class TrainingController {

    private static final String EVENTS = """
            id:10
            event:progress
            data:{"epoch":10,"epochs":10,"loss":0.55,"validationLoss":null,"coefficients":{},"elapsedSeconds":0.1,"remainingSeconds":0.0}

            """;
    private static final long MAX_RETRY_AFTER_SECONDS = 60;
    /** How long an answer waits for a training to do what it is told. */
    private static final Duration TO_OBEY = Duration.ofSeconds(1);
    private static final String MATCHING = "A dataset, and every dataset of a term, meets the network by name: its "
            + "input columns are matched with the network's inputs and, for the losses mse and relative-l2, its "
            + "targets with the outputs. Equal sets of names are matched in any order. Position counts where one side "
            + "has no names of its own (x1 … xn or y1 … ym, as a mere count of inputs, outputs left out and rows "
            + "without names have), for one output with one target, and for the targets of the loss hamiltonian, "
            + "which are compared with field, an entry for every input in the network's order. The inputs of a "
            + "network without names of its own get those of the first dataset that has some, which the other "
            + "datasets are then matched with. Everything else is refused with both lists of names, and so are "
            + "columns x1 … xn where the network has these in another order, and columns of one side that are called "
            + "like something of the other side of the network. In equations of a loss a column is inputs.q or "
            + "targets.u, or just q or u where nothing else is called so; inputs and outputs of the network are "
            + "inputs.x and outputs.z too. The vector inputs has the order of the network, and so has targets where "
            + "the targets are called like the outputs, in whatever order; else it has that of the dataset.";

    private final Submissions submissions;
    private final Trainings trainings;
    private final Resource<StoredTraining, TrainingFilter, TrainingResponse> resource;
    private final TrainingQueue queue;
    private final Networks networks;
    private final Models models;
    private final TrainingEvents events;

    TrainingController(Submissions submissions, Trainings trainings, TrainingQueue queue, Networks networks, Models models,
            TrainingEvents events) {
        this.submissions = submissions;
        this.queue = queue;
        this.networks = networks;
        this.models = models;
        this.trainings = trainings;
        this.resource = new Resource<>("training", trainings, TrainingResponse::of);
        this.events = events;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "202", description = "It waits for its turn or runs")
    @ApiResponse(responseCode = "200", description = "It has finished in the time to wait")
    @Operation(operationId = "createTraining", summary = "Queue a training; with Prefer: wait=20, wait for its end",
            description = MATCHING)
    ResponseEntity<TrainingResponse> create(@RequestBody Document<TrainingRequest> request,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer, Once once) {
        Preferences preferences = Preferences.of(prefer);
        Duration wait = preferences.patience().orElse(Duration.ZERO);
        return once.answer(
                () -> answer(trainings.find(submissions.submit(request)).orElseThrow(), preferences, false),
                accepted -> wait.isZero() ? accepted : Lane.aside(wait, left -> events.await(
                        requireNonNull(accepted.getBody()).id(), left, TrainingState::isFinished))
                        .map(training -> answer(training, preferences, true)).orElseGet(() -> withoutWait(accepted)));
    }

    /** What was accepted, without the preference that was not met. */
    private static ResponseEntity<TrainingResponse> withoutWait(ResponseEntity<TrainingResponse> accepted) {
        return ResponseEntity.status(accepted.getStatusCode()).headers(accepted.getHeaders())
                .headers(headers -> headers.remove("Preference-Applied")).body(accepted.getBody());
    }

    /** @param waited whether its end was waited for */
    private static ResponseEntity<TrainingResponse> answer(StoredTraining training, Preferences preferences,
            boolean waited) {
        TrainingResponse response = TrainingResponse.of(training);
        boolean isAnswer = training.state().isFinished() && waited;
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(isAnswer ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/v1/trainings/" + training.id()));
        preferences.applied().ifPresent(applied -> answer.header("Preference-Applied", applied));
        if (!isAnswer) {
            answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter(response.progress().remainingSeconds())));
        }
        return answer.body(response);
    }

    /**
     * The seconds after which it is worth while to look again: at the estimated end, in one where there is no estimate.
     */
    static long retryAfter(@Nullable Double remainingSeconds) {
        return remainingSeconds == null ? 1
                : Math.clamp((long) Math.ceil(remainingSeconds), 1, MAX_RETRY_AFTER_SECONDS);
    }

    @AnswersAtOnce
    @GetMapping("/{id}")
    @Operation(operationId = "getTraining", summary = "State, progress and result of a training")
    TrainingResponse get(@PathVariable String id) {
        return resource.get(id);
    }

    @GetMapping
    @Operation(operationId = "listTrainings", summary = "Trainings, newest first")
    PageResponse<TrainingResponse> list(Query query, @ParameterObject Paging paging,
            @Parameter(schema = @Schema(allowableValues =
                    {"queued", "running", "paused", "succeeded", "failed", "cancelled"}),
                    description = "Only those in this state.") @RequestParam(required = false) @Nullable String state,
            @Parameter(description = "Only those of this network.")
            @RequestParam(required = false) @Nullable String networkId,
            @Parameter(description = "Only those on this dataset, be it that of a term of the loss.")
            @RequestParam(required = false) @Nullable String datasetId,
            @ParameterObject Labelled labelled) {
        var filter = new TrainingFilter(query.word("state", state, TrainingState.class),
                query.id("networkId", networkId), query.id("datasetId", datasetId), labelled.filter(query));
        return resource.list(query, paging, filter);
    }

    @GetMapping("/{id}/metrics")
    @Operation(operationId = "getTrainingMetrics", summary = "The losses of every epoch so far, or of some that show how they went")
    MetricsResponse metrics(@PathVariable String id, Query query,
            @Parameter(description = MetricsResponse.POINTS, schema = @Schema(type = "integer", format = "int32",
                    minimum = "" + MetricsResponse.LEAST_POINTS, maximum = "" + MetricsResponse.MOST_POINTS))
            @RequestParam(required = false) @Nullable String points) {
        OptionalInt most = points == null ? OptionalInt.empty() : OptionalInt.of(query.integer("points", points,
                MetricsResponse.MOST_POINTS, MetricsResponse.LEAST_POINTS, MetricsResponse.MOST_POINTS));
        query.requireRight();
        StoredTraining training = resource.require(id);
        return MetricsResponse.of(training, trainings, Coefficients.of(
                networks.find(training.networkId()).orElseThrow().definition().parameters()), most);
    }

    @GetMapping("/{id}/parameters")
    @Operation(operationId = "getTrainingParameters", summary = "The parameters that a training has reached",
            description = "After its end those after the last update. While it runs or is paused those of the state that was written "
                    + "last, from which it would go on: it is written more often in the beginning, and later every few seconds. "
                    + "Where there is none, before the first or as it would be too large, the answer is 409.")
    ParametersResponse parameters(@PathVariable String id) {
        StoredTraining training = resource.require(id);
        ParameterLayout layout = networks.find(training.networkId()).orElseThrow().definition().parameters();
        ReachedParameters reached = training.modelId().flatMap(models::lastParameters)
                .map(last -> new ReachedParameters(training.progress().epoch(), last))
                .or(() -> trainings.state(training.id()).map(state -> Trainer.reached(state, layout.size())))
                .orElseThrow(() -> new ConflictException("the training has written no parameters yet, or none that can be read"));
        return new ParametersResponse(reached.epoch(), layout.nest(reached.parameters()));
    }

    /** How far the parameters of a training have come. */
    @Schema(name = "ReachedParameters")
    record ParametersResponse(
            @Schema(description = "The epochs that were over then; steps of the next one may have been made.") int epoch,
            @Schema(description = "In objects by the names of their paths, as those of a model.") Map<String, Object> parameters) {}

    @AnswersAtOnce
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @ApiResponse(responseCode = "200", description = "The events, until the training has ended: progress has a "
            + "TrainingProgress, finished, the last, a TrainingResponse as JSON in data. The id of an event is the "
            + "number of epochs that are over, or finished.",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                    schema = @Schema(type = "string"), examples = @ExampleObject(EVENTS)))
    @ApiResponse(responseCode = "204", description = "The last event that was received was the last of all.",
            content = @Content)
    @Operation(operationId = "followTraining", summary = "Server-sent events: progress, and finished at the end")
    ResponseEntity<SseEmitter> events(@PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        return events.follow(resource.require(id).id(), lastEventId);
    }

    @AnswersAtOnce
    @PostMapping("/{id}/cancel")
    @Operation(operationId = "cancelTraining", summary = "Stop a training; the model so far stays")
    TrainingResponse cancel(@PathVariable String id) {
        UUID training = resource.require(id).id();
        if (!queue.cancel(training)) {
            throw new ConflictException("the training is finished already");
        }
        return TrainingResponse.of(events.await(training, TO_OBEY, TrainingState::isFinished));
    }

    @AnswersAtOnce
    @PostMapping("/{id}/pause")
    @Operation(operationId = "pauseTraining", summary = "Let a training wait until it is resumed",
            description = "A running one is paused after its next step, and goes on there: its result is the same as "
                    + "without.")
    TrainingResponse pause(@PathVariable String id) {
        UUID training = resource.require(id).id();
        if (!queue.pause(training)) {
            throw new ConflictException("the training is finished already, or is being cancelled");
        }
        return TrainingResponse.of(
                events.await(training, TO_OBEY, state -> state.isFinished() || state == TrainingState.PAUSED));
    }

    @AnswersAtOnce
    @PostMapping("/{id}/resume")
    @Operation(operationId = "resumeTraining", summary = "Let a paused training wait for its turn again")
    TrainingResponse resume(@PathVariable String id) {
        UUID training = resource.require(id).id();
        if (!queue.resume(training)) {
            throw new ConflictException("the training is finished already");
        }
        return resource.get(id);
    }

    @Relabelling
    @Operation(operationId = "updateTraining", summary = "Change the name and the tags of a training")
    TrainingResponse update(@PathVariable String id, @RequestBody Document<LabelPatch> patch, IfMatch ifMatch) {
        return resource.relabel(id, patch, ifMatch);
    }

    @Deletion
    @Operation(operationId = "deleteTraining", summary = "Delete a finished training, its metrics and its model")
    void delete(@PathVariable String id, IfMatch ifMatch) {
        resource.delete(id, ifMatch);
    }
}
