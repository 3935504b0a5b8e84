package io.countersign.command.transition;

import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateCommand;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.WorkItemCommand;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Takes what principals decide about gates to the work item. Who decides, with which roles and as
 * which person, is looked up here and comes from no request.
 */
public final class GateDesk {

  private final OperatorCommands commands;
  private final TransitionRules rules;
  private final LinkedPrincipals principals;
  private final LogReader log;
  private final InstantSource clock;
  private final Supplier<UUID> newIds;

  /**
   * A desk.
   *
   * @param newIds random ids of documents, approvals, delegations and overrides
   */
  public GateDesk(
      OperatorCommands commands,
      TransitionRules rules,
      LinkedPrincipals principals,
      LogReader log,
      InstantSource clock,
      Supplier<UUID> newIds) {
    this.commands = commands;
    this.rules = rules;
    this.principals = principals;
    this.log = log;
    this.clock = clock;
    this.newIds = newIds;
  }

  UUID newId() {
    return newIds.get();
  }

  /**
   * What decisions of a principal about a work item stand on now.
   *
   * @throws ProblemException when the work item is not known
   */
  Basis basis(WorkItemId workItem, Principal principal) {
    Reading reading =
        rules
            .of(workItem)
            .orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, workItem + " is not known"));
    return new Basis(
        reading.process(), reading.gates(), clock.instant(), principals.decider(principal));
  }

  /** Sends; off the event loop. */
  Mono<Done> decide(
      WorkItemId workItem, Principal principal, Function<Basis, ? extends GateCommand> command) {
    return OnVirtualThread.call(
        () -> {
          Object answer = send(command.apply(basis(workItem, principal)), principal);
          if (answer instanceof GateAnswer.Recorded recorded) {
            return new Done(workItem.toString(), recorded.id(), recorded.revision(), atLeast());
          }
          throw new IllegalStateException("a decision was answered with something else");
        });
  }

  /** Sends and answers with the answer; what is refused becomes a problem. */
  @Nullable Object send(WorkItemCommand command, Principal principal) throws Exception {
    Object answer = commands.send(command, principal);
    if (answer instanceof GateAnswer.Refused refused) {
      throw new ProblemException(
          ProblemType.GATE_REFUSED,
          refused.rejection().reason(),
          Map.of("code", refused.rejection().code()));
    }
    return answer;
  }

  /** Index of an entry at or after all that was recorded for this request. */
  @Nullable Long atLeast() {
    return log.head().map(LogHead::lastIndex).orElse(null);
  }

  /**
   * The answer to a decision.
   *
   * @param workItem id
   * @param id of what was recorded, or was there already
   * @param revision of the work item it is about
   * @param atLeast index of an entry at or after it
   */
  public record Done(String workItem, UUID id, int revision, @Nullable Long atLeast) {}
}
