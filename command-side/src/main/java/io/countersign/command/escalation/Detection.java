package io.countersign.command.escalation;

import io.countersign.command.automation.Automation;
import io.countersign.command.automation.Occurrence;
import io.countersign.command.automation.Reaction;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.workitem.WorkItemEvent.StateUnmapped;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionViolated;
import java.util.List;
import java.util.Set;

/**
 * Finds in events what may be a matter for humans. One more kind is one more case here and its
 * class in {@link #events()}.
 */
final class Detection implements Automation {

  @Override
  public String name() {
    return "escalation-detection";
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(TransitionViolated.class, StateUnmapped.class);
  }

  @Override
  public List<Reaction> on(Occurrence occurrence) {
    List<Long> evidence = List.of(occurrence.index());
    return switch (occurrence.event()) {
      case TransitionViolated e ->
          raise(
              occurrence,
              new Finding(
                  Category.COMPLIANCE,
                  Severity.MEDIUM,
                  new Cause("transition-violated", e.workItem(), null, e.rule(), evidence),
                  "transition-violated|%s|%s".formatted(e.workItem(), e.rule())));
      case StateUnmapped e ->
          raise(
              occurrence,
              new Finding(
                  Category.OPERATIONAL,
                  Severity.LOW,
                  new Cause("state-unmapped", e.workItem(), null, null, evidence),
                  "state-unmapped|%s|%s|%s"
                      .formatted(e.workItem().organization(), e.type(), e.sourceState())));
      default -> List.of();
    };
  }

  private static List<Reaction> raise(Occurrence occurrence, Finding finding) {
    return List.of(Reaction.Intend.at(occurrence.at(), RaiseIntent.KIND, finding));
  }
}
