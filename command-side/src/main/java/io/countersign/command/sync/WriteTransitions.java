package io.countersign.command.sync;

import io.countersign.command.automation.Automation;
import io.countersign.command.automation.Occurrence;
import io.countersign.command.automation.Reaction;
import io.countersign.kernel.workitem.SyncEvent.ConflictDetected;
import io.countersign.kernel.workitem.SyncEvent.ConflictResolved;
import io.countersign.kernel.workitem.SyncEvent.ReversalRequested;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import java.util.List;
import java.util.Set;

/**
 * What is decided here is to be written there. The writes of one work item go one after the other.
 */
final class WriteTransitions implements Automation {

  static final String NAME = "write-transitions";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(
        TransitionRequested.class,
        ReversalRequested.class,
        ConflictDetected.class,
        ConflictResolved.class);
  }

  @Override
  public List<Reaction> on(Occurrence occurrence) {
    return switch (occurrence.event()) {
      case TransitionRequested e ->
          write(occurrence, new ToWrite(e.workItem().toString(), e.to().word(), null));
      case ReversalRequested e ->
          write(occurrence, new ToWrite(e.workItem().toString(), e.back().word(), e.rule()));
      case ConflictDetected e ->
          List.of(
              Reaction.Intend.at(
                      occurrence.at(),
                      ToDecide.KIND,
                      new ToDecide(
                          e.workItem().toString(),
                          e.conflict().toString(),
                          e.wanted().word(),
                          e.theirs() == null ? null : e.theirs().word(),
                          e.sourceTheirs()))
                  .about(e.conflict().toString()));
      case ConflictResolved e -> List.of(new Reaction.Cancel(e.conflict().toString()));
      default -> List.of();
    };
  }

  private static List<Reaction> write(Occurrence occurrence, ToWrite what) {
    return List.of(
        Reaction.Intend.at(occurrence.at(), ToWrite.KIND, what)
            .inLane("sync/" + what.workItem())
            .about(what.workItem()));
  }
}
