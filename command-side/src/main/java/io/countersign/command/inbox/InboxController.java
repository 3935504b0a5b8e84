package io.countersign.command.inbox;

import io.countersign.command.inbox.ContentStore.Opened;
import io.countersign.command.inbox.DeliveryQueries.State;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The inbox for operators. */
@RestController
@RequestMapping("/api/v1/inbox/deliveries")
@Tag(
    name = "Inbox",
    description = "Deliveries of notifications: what came in and what became of it")
final class InboxController {

  private static final Set<String> STATUSES =
      Set.of("received", "handled", "ignored", "quarantined", "duplicate", "evicted");
  private static final int MAX_LIMIT = 500;
  private static final int MAX_REASON = 500;

  private final DeliveryQueries queries;
  private final InboxOperations operations;
  private final ContentStore contents;
  private final Scheduler blocking;

  InboxController(
      DeliveryQueries queries,
      InboxOperations operations,
      ContentStore contents,
      Scheduler blocking) {
    this.queries = queries;
    this.operations = operations;
    this.contents = contents;
    this.blocking = blocking;
  }

  /** Why somebody does it. */
  record Reason(@Nullable String reason) {}

  @GetMapping
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "List deliveries",
      description = "Newest first. Never shows content. Page by passing `next` as `after`.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(InboxExamples.PAGE)))
  Mono<DeliveryView.Page> list(
      @Parameter(
              description =
                  "received (waits), handled, ignored, quarantined, duplicate or evicted; all when absent",
              example = "quarantined")
          @RequestParam(name = "status", required = false)
          @Nullable String status,
      @Parameter(description = "1 to 500", example = "50")
          @RequestParam(name = "limit", defaultValue = "50")
          int limit,
      @Parameter(description = "`next` of the page before", example = "4711")
          @RequestParam(name = "after", required = false)
          @Nullable String after) {
    if (status != null && !STATUSES.contains(status)) {
      throw invalid(
          "status must be one of " + String.join(", ", STATUSES.stream().sorted().toList()));
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit must be from 1 to " + MAX_LIMIT);
    }
    long before = after == null ? Long.MAX_VALUE : cursor(after);
    return run(
        () -> {
          List<DeliveryView.Summary> found = queries.list(status, before, limit + 1);
          if (found.size() <= limit) {
            return new DeliveryView.Page(found, null);
          }
          List<DeliveryView.Summary> page = List.copyOf(found.subList(0, limit));
          return new DeliveryView.Page(page, Long.toString(page.getLast().position()));
        });
  }

  @GetMapping("/{id}")
  @RequiresPermission(Permission.READ_OPERATIONS)
  @Operation(
      summary = "Show one delivery",
      description =
          "State, history of attempts and what was done by hand. With `body=true` also the content, decrypted: "
              + "that needs the permission MANAGE_INBOX and is recorded among the operations.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(InboxExamples.DETAIL)))
  @ApiResponse(responseCode = "404", description = "There is no such delivery")
  Mono<DeliveryView.Detail> show(
      @Parameter(description = "delivery id", example = "019aa2c4-6d1f-7c3e-9b0a-3f2e8d7c6b5a")
          @PathVariable("id")
          UUID id,
      @Parameter(description = "also show the content", example = "false")
          @RequestParam(name = "body", defaultValue = "false")
          boolean body,
      @Parameter(hidden = true) Principal principal) {
    if (body && !principal.may(Permission.MANAGE_INBOX)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Reading content needs the permission MANAGE_INBOX");
    }
    return run(
        () -> {
          State state = find(id);
          long position = state.summary().position();
          DeliveryView.Content content = null;
          if (body) {
            operations.readsBody(position, principal);
            content = content(position);
          }
          return new DeliveryView.Detail(
              state.summary(),
              state.aggregates(),
              queries.history(position),
              queries.operations(position),
              content);
        });
  }

  @PostMapping("/{id}/retry")
  @RequiresPermission(Permission.MANAGE_INBOX)
  @Operation(
      summary = "Handle a delivery again",
      description =
          "Puts a quarantined, ignored or evicted delivery back at its old place; one that waits becomes due at once.")
  @ApiResponse(
      responseCode = "200",
      description = "Put back",
      content = @Content(examples = @ExampleObject(InboxExamples.DETAIL)))
  @ApiResponse(responseCode = "409", description = "It is handled already, or its content is gone")
  Mono<DeliveryView.Detail> retry(
      @PathVariable("id") UUID id,
      @RequestBody(required = false) @Nullable Reason reason,
      @Parameter(hidden = true) Principal principal) {
    String why = reason == null ? null : reason.reason();
    checkLength(why);
    return run(
        () -> {
          operations.retry(id, principal, why);
          return detail(id);
        });
  }

  @PostMapping("/{id}/evict")
  @RequiresPermission(Permission.MANAGE_INBOX)
  @Operation(
      summary = "Take a delivery out",
      description = "A waiting or quarantined delivery will not be handled. A reason is required.")
  @ApiResponse(
      responseCode = "200",
      description = "Evicted",
      content = @Content(examples = @ExampleObject(InboxExamples.DETAIL)))
  @ApiResponse(
      responseCode = "409",
      description =
          "It is neither waiting nor quarantined, or a delivery of its lane is being handled")
  Mono<DeliveryView.Detail> evict(
      @PathVariable("id") UUID id,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject(InboxExamples.REASON)))
          @RequestBody(required = false)
          @Nullable Reason reason,
      @Parameter(hidden = true) Principal principal) {
    String why = reason == null ? null : reason.reason();
    if (why == null || why.isBlank()) {
      throw invalid("reason is required");
    }
    checkLength(why);
    return run(
        () -> {
          operations.evict(id, principal, why);
          return detail(id);
        });
  }

  private DeliveryView.Detail detail(UUID id) {
    State state = find(id);
    long position = state.summary().position();
    return new DeliveryView.Detail(
        state.summary(),
        state.aggregates(),
        queries.history(position),
        queries.operations(position),
        null);
  }

  private State find(UUID id) {
    return queries
        .find(id)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no delivery " + id));
  }

  private DeliveryView.Content content(long position) {
    return switch (contents.open(position)) {
      case Opened.Content opened -> view(opened.content().headers(), opened.content().body());
      case Opened.Expired _ ->
          throw new ProblemException(
              ProblemType.WRONG_STATE, "Its content is past retention and destroyed");
      case Opened.Unreadable(String code) ->
          throw new ProblemException(
              ProblemType.WRONG_STATE, "Its content cannot be read: " + code);
    };
  }

  private static DeliveryView.Content view(Map<String, String> headers, byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return new DeliveryView.Content(headers, "utf-8", text);
    } catch (CharacterCodingException notText) {
      return new DeliveryView.Content(headers, "base64", Base64.getEncoder().encodeToString(body));
    }
  }

  private <T> Mono<T> run(Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(blocking);
  }

  static long cursor(String after) {
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw invalid("after must be the next of a page before");
    }
  }

  static void checkLength(@Nullable String reason) {
    if (reason != null && reason.length() > MAX_REASON) {
      throw invalid("reason has at most " + MAX_REASON + " characters");
    }
    if (reason != null && reason.indexOf('\0') >= 0) {
      throw invalid("reason must not contain the NUL character");
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
