package io.countersign.query.processor;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.query.projection.ProcessorStatus;
import io.countersign.query.projection.ProcessorStatuses;
import io.countersign.query.projection.SegmentStatus;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.reading.RequestParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Processors over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/processors", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Processors", description = "How far projections and other processors are")
public final class ProcessorController {

  private final ProcessorStatuses statuses;
  private final BlockingCalls blocking;

  /** Answers from these statuses. */
  public ProcessorController(ProcessorStatuses statuses, BlockingCalls blocking) {
    this.statuses = statuses;
    this.blocking = blocking;
  }

  /**
   * All processors.
   *
   * @param items projections first
   */
  @Schema(name = "Processors", description = "All processors this node knows")
  public record Processors(List<ProcessorStatus> items) {}

  /** All processors. */
  @GetMapping
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "List processors",
      description =
          "Projections of all nodes, other processors of this node. Lag is exact: entries not seen"
              + " yet, and the age of the oldest of them.")
  @ApiResponse(
      responseCode = "200",
      description = "The processors",
      content =
          @Content(
              schema = @Schema(implementation = Processors.class),
              examples = @ExampleObject(EXAMPLE)))
  public Mono<Processors> list(@Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters.none(exchange.getRequest().getQueryParams());
    return blocking.call(() -> new Processors(statuses.all()));
  }

  /** One processor. */
  @GetMapping("/{name}")
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(summary = "Show a processor")
  @ApiResponse(
      responseCode = "404",
      description = "There is no such processor",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<ProcessorStatus> one(
      @Parameter(example = "work-items-v1") @PathVariable("name") String name,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters.none(exchange.getRequest().getQueryParams());
    return blocking
        .call(() -> statuses.one(name).orElse(null))
        .switchIfEmpty(
            Mono.error(
                () -> new ProblemException(ProblemType.NOT_FOUND, "there is no such processor")));
  }

  /**
   * The parallel parts of a processor.
   *
   * @param items in order of their numbers
   */
  @Schema(name = "ProcessorSegments", description = "The parallel parts of a processor")
  public record Segments(List<SegmentStatus> items) {}

  /** The parallel parts of a projection's processor. */
  @GetMapping("/{name}/segments")
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "List the parallel parts of a projection's processor",
      description =
          "Each with the node that holds it. A part is a share of all sequences: 1 / (mask + 1).")
  @ApiResponse(
      responseCode = "200",
      description = "The parts",
      content =
          @Content(
              schema = @Schema(implementation = Segments.class),
              examples = @ExampleObject(SEGMENTS)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such processor of a projection",
      content = @Content(mediaType = "application/problem+json"))
  public Mono<Segments> segments(
      @Parameter(example = "work-items-v1") @PathVariable("name") String name,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    RequestParameters.none(exchange.getRequest().getQueryParams());
    return blocking
        .call(() -> statuses.segments(name).map(Segments::new).orElse(null))
        .switchIfEmpty(
            Mono.error(
                () ->
                    new ProblemException(
                        ProblemType.NOT_FOUND, "there is no such processor of a projection")));
  }

  private static final String SEGMENTS =
      """
      {"items": [{"segment": 0, "mask": 3, "position": 1042, "lagPositions": 2, "state": "running",
        "node": "4711@host/0a8c2f6e-5d0b-4c57-9a39-6f0e4e1c7d55"}]}
      """;

  private static final String EXAMPLE =
      """
      {"items": [{"name": "work-items-v1", "projection": "work-items", "version": 1,
        "generation": 1, "standing": "live", "state": "running", "segments": 4, "segmentsHere": 4,
        "nodes": ["4711@host/0a8c2f6e-5d0b-4c57-9a39-6f0e4e1c7d55"], "position": 1042, "head": 1044,
        "lagPositions": 2, "lagSeconds": 0.031, "error": null}]}
      """;
}
