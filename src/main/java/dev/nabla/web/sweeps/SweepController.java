package dev.nabla.web.sweeps;

import dev.nabla.documents.Document;
import dev.nabla.documents.LabelPatch;
import dev.nabla.jobs.TrainingQueue;
import dev.nabla.storage.LabelFilter;
import dev.nabla.storage.StoredSweep;
import dev.nabla.storage.Sweeps;
import dev.nabla.web.Deletion;
import dev.nabla.web.EventStreams;
import dev.nabla.web.EventStreams.Sight;
import dev.nabla.web.IfMatch;
import dev.nabla.web.Labelled;
import dev.nabla.web.PageResponse;
import dev.nabla.web.Paging;
import dev.nabla.web.Query;
import dev.nabla.web.Relabelling;
import dev.nabla.web.Resource;
import dev.nabla.web.limits.AnswersAtOnce;
import dev.nabla.web.once.Once;
import dev.nabla.web.problems.ConflictException;
import dev.nabla.web.problems.NotFoundException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/v1/sweeps")
@Tag(name = "Sweeps", description = "A training with many values and seeds")
class SweepController {

    private static final String EVENTS = """
            id:20
            event:progress
            data:{"trials":4,"finished":2,"epoch":20,"epochs":40,"counts":{"queued":1,"running":1,"paused":0,"succeeded":2,"failed":0,"cancelled":0},"best":null}

            """;
    private static final Duration TO_OBEY = Duration.ofSeconds(1);

    private final SweepSubmissions submissions;
    private final Sweeps sweeps;
    private final Resource<StoredSweep, LabelFilter, SweepResponse> resource;
    private final TrainingQueue queue;
    private final EventStreams streams;

    SweepController(SweepSubmissions submissions, Sweeps sweeps, TrainingQueue queue, EventStreams streams) {
        this.submissions = submissions;
        this.sweeps = sweeps;
        this.resource = new Resource<>("sweep", sweeps, SweepResponse::of);
        this.queue = queue;
        this.streams = streams;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "202", description = "Its trials wait for their turns or run")
    @Operation(operationId = "createSweep", summary = "Queue a training many times, with other values and seeds",
            description = "Every trial is a training, and can be got, followed, paused and cancelled as one. All of "
                    + "them are checked as trainings that are posted are, and nothing is stored if anything is wrong "
                    + "with one. Datasets in the request and equal networks are stored once.")
    ResponseEntity<SweepResponse> create(@RequestBody Document<SweepRequest> request, Once once) {
        return once.answer(() -> {
            UUID id = submissions.submit(request);
            return ResponseEntity.accepted().location(URI.create("/v1/sweeps/" + id))
                    .header(HttpHeaders.RETRY_AFTER, "1")
                    .body(SweepResponse.of(find(id)));
        });
    }

    @AnswersAtOnce
    @GetMapping("/{id}")
    @Operation(operationId = "getSweep", summary = "State, progress and best trial of a sweep")
    SweepResponse get(@PathVariable String id) {
        return resource.get(id);
    }

    @GetMapping
    @Operation(operationId = "listSweeps", summary = "Sweeps, newest first")
    PageResponse<SweepResponse> list(Query query, @ParameterObject Paging paging, @ParameterObject Labelled labelled) {
        return resource.list(query, paging, labelled.filter(query));
    }

    @GetMapping("/{id}/trials")
    @Operation(operationId = "listTrials", summary = "The trials of a sweep, the best first",
            description = "Those without a loss so far are behind those with one, and those that failed last. A page "
                    + "begins behind the last trial of the page before, wherever that is ranked by now.")
    PageResponse<TrialResponse> trials(@PathVariable String id, Query query, @ParameterObject Paging paging) {
        UUID sweep = resource.require(id).id();
        return PageResponse.of(query, List.of("trials", sweep), paging,
                (after, size) -> sweeps.trials(sweep, after, size), TrialResponse::of);
    }

    @AnswersAtOnce
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @ApiResponse(responseCode = "200", description = "The events, until the sweep has ended: progress has a "
            + "SweepProgress, finished, the last, a SweepResponse as JSON in data. The id of an event is the number "
            + "of epochs of all trials that are over, or finished.",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                    schema = @Schema(type = "string"), examples = @ExampleObject(EVENTS)))
    @ApiResponse(responseCode = "204", description = "The last event that was received was the last of all.",
            content = @Content)
    @Operation(operationId = "followSweep", summary = "Server-sent events: progress, and finished at the end")
    ResponseEntity<SseEmitter> events(@PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        UUID followed = resource.require(id).id();
        return streams.follow(followed, () -> {
            StoredSweep sweep = find(followed);
            SweepResponse response = SweepResponse.of(sweep);
            return new Sight(sweep.progress().epoch(), response.progress(), response.state(),
                    Optional.<Object>of(response).filter(_ -> sweep.state().isFinished()));
        }, lastEventId);
    }

    @AnswersAtOnce
    @PostMapping("/{id}/cancel")
    @Operation(operationId = "cancelSweep", summary = "Stop all trials that are not finished; their models so far stay")
    SweepResponse cancel(@PathVariable String id) {
        UUID sweep = resource.require(id).id();
        List<UUID> unfinished = sweeps.requestCancel(sweep);
        if (unfinished.isEmpty()) {
            throw new ConflictException("the sweep is finished already");
        }
        unfinished.forEach(queue::cancel);
        return SweepResponse.of(streams.await(sweep, () -> find(sweep), TO_OBEY, seen -> seen.state().isFinished()));
    }

    @Relabelling
    @Operation(operationId = "updateSweep", summary = "Change the name and the tags of a sweep; its trials keep theirs")
    SweepResponse update(@PathVariable String id, @RequestBody Document<LabelPatch> patch, IfMatch ifMatch) {
        return resource.relabel(id, patch, ifMatch);
    }

    @Deletion
    @Operation(operationId = "deleteSweep", summary = "Delete a finished sweep, its trials and their models")
    void delete(@PathVariable String id, IfMatch ifMatch) {
        resource.delete(id, ifMatch);
    }

    private StoredSweep find(UUID id) {
        return sweeps.find(id).orElseThrow(() -> new NotFoundException("sweep", id.toString()));
    }
}
