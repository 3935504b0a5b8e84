package io.countersign.command.transition;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.workitem.TransitionAnswer;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemRejection;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import io.countersign.kernel.workitem.WorkItemState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Asking for a transition of a work item. */
@RestController
@Tag(name = "Work items", description = "Work items and what may happen to them")
public class TransitionController {

  private final GateDesk desk;

  /** Takes it to the work item. */
  public TransitionController(GateDesk desk) {
    this.desk = desk;
  }

  /** Asks for a transition. */
  @PostMapping(
      path = "/api/v1/work-items/{id}/transitions",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.REQUEST_TRANSITION)
  @Operation(
      summary = "Ask for a transition",
      description =
          "Records that you want the work item in another state, when the policy of its project"
              + " allows it; without one, when its process has such a transition. It holds once the"
              + " source reports it. A refusal is recorded too, and says all that is missing.")
  @ApiResponse(
      responseCode = "202",
      description = "Requested. Read with ?atLeast=<index> to see it.",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"workItem":"workitem:fabrikam:4711","from":"New","to":"Ready","atLeast":42}
                      """)))
  @ApiResponse(responseCode = "404", description = "No such work item")
  @ApiResponse(
      responseCode = "409",
      description = "Refused; the problem names the rule",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
              examples =
                  @ExampleObject(
                      """
                      {"type":"/problems/transition-refused","title":"A rule forbids this transition",
                       "status":409,"rule":"agile.transition",
                       "detail":"in the agile process, New is not followed by Done but by: Ready, InProgress, Removed",
                       "missing":[{"kind":"transition","id":"agile.transition",
                        "words":"in the agile process, New is not followed by Done but by: Ready, InProgress, Removed"}]}
                      """)))
  public Mono<Requested> request(
      @Parameter(description = "Id of the work item", example = "workitem:fabrikam:4711")
          @PathVariable("id")
          String id,
      @RequestBody Wanted wanted,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    WorkItemState to = GateInput.state(wanted.to());
    return OnVirtualThread.call(() -> request(workItem, to, principal));
  }

  private Requested request(WorkItemId workItem, WorkItemState to, Principal principal)
      throws Exception {
    Object answer =
        desk.send(new RequestTransition(workItem, to, desk.basis(workItem, principal)), principal);
    if (answer instanceof TransitionAnswer known) {
      return switch (known) {
        case TransitionAnswer.Requested(WorkItemState from, _) ->
            new Requested(workItem.toString(), from.word(), to.word(), desk.atLeast());
        case TransitionAnswer.Refused(WorkItemRejection rejection) -> throw refused(rejection);
      };
    }
    throw new IllegalStateException("a transition was answered with something else");
  }

  private static ProblemException refused(WorkItemRejection rejection) {
    return rejection instanceof RuleForbids broken
        ? new ProblemException(
            ProblemType.TRANSITION_REFUSED,
            broken.reason(),
            Map.of("rule", broken.rule(), "missing", broken.missing()))
        : new ProblemException(
            ProblemType.TRANSITION_REFUSED,
            rejection.reason(),
            Map.of("rule", rejection.code(), "missing", List.of()));
  }

  /**
   * The request.
   *
   * @param to canonical state
   */
  public record Wanted(@Nullable String to) {}

  /**
   * The answer.
   *
   * @param workItem id
   * @param from state it is in
   * @param to state asked for
   * @param atLeast index of an entry at or after the request's
   */
  public record Requested(String workItem, String from, String to, @Nullable Long atLeast) {}
}
