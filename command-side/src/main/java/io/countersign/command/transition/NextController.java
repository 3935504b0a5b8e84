package io.countersign.command.transition;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateCommand.ConsiderTransitions;
import io.countersign.kernel.workitem.Missing;
import io.countersign.kernel.workitem.Prospect;
import io.countersign.kernel.workitem.WorkItemId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What may follow, and what is missing. */
@RestController
@Tag(name = "Gates", description = "What transitions of a work item need, and who decides it")
public class NextController {

  private final GateDesk desk;

  /** Takes it to the work item. */
  public NextController(GateDesk desk) {
    this.desk = desk;
  }

  /** Tells what may follow. */
  @GetMapping(path = "/api/v1/work-items/{id}/next", produces = MediaType.APPLICATION_JSON_VALUE)
  @RequiresPermission(Permission.READ_WORK_ITEMS)
  @Operation(
      summary = "Say what may follow",
      description =
          "Every transition from the state it is in: allowed for you now, or what is missing, in"
              + " words. Asked of the work item itself, not of a read model; records nothing.")
  @ApiResponse(
      responseCode = "200",
      description = "Transitions in the order of the states",
      content = @Content(examples = @ExampleObject(GateExamples.NEXT)))
  @ApiResponse(responseCode = "404", description = "No such work item")
  @ApiResponse(
      responseCode = "409",
      description = "It is in the recycle bin, or in a state nobody mapped")
  public Mono<Next> next(
      @Parameter(description = "Id of the work item", example = GateExamples.ITEM)
          @PathVariable("id")
          String id,
      @Parameter(hidden = true) Principal principal) {
    WorkItemId workItem = GateInput.workItem(id);
    return OnVirtualThread.call(
        () -> {
          Object answer =
              desk.send(
                  new ConsiderTransitions(workItem, desk.basis(workItem, principal)), principal);
          if (answer instanceof GateAnswer.Considered considered) {
            return new Next(
                workItem.toString(),
                considered.from().word(),
                considered.revision(),
                considered.prospects().stream().map(NextController::step).toList());
          }
          throw new IllegalStateException("a question was answered with something else");
        });
  }

  private static Step step(Prospect prospect) {
    PolicyReference policy = prospect.policy();
    return new Step(
        prospect.to().word(),
        prospect.allowed(),
        policy == null ? null : policy.label(),
        prospect.missing());
  }

  /**
   * What may follow.
   *
   * @param workItem id
   * @param state it is in
   * @param revision newest known; name it when you approve, so that you approve what you saw
   * @param transitions from there
   */
  public record Next(String workItem, String state, int revision, List<Step> transitions) {}

  /**
   * One transition.
   *
   * @param to state it leads to
   * @param allowed whether it may be asked for now
   * @param policy what says so; absent where only the transitions of the process hold
   * @param missing what is missing; with an override agreed to, allowed nevertheless
   */
  public record Step(String to, boolean allowed, @Nullable String policy, List<Missing> missing) {}
}
