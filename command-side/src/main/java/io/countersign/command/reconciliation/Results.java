package io.countersign.command.reconciliation;

import io.countersign.command.reconciliation.ReconciliationView.Result;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.ReconciliationCommand;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reads what was recorded of a project from its own events. */
final class Results {

  private final EventStore events;

  Results(EventStore events) {
    this.events = events;
  }

  /**
   * The newest ones.
   *
   * @param before only those before this place; absent: up to the last
   */
  ReconciliationView.Results of(ProjectId project, @Nullable Long before, int limit) {
    String id = ReconciliationCommand.aggregateId(project);
    long last = events.lastSequenceNumberFor(id).orElse(-1L);
    long end = before == null ? last + 1 : Math.min(before, last + 1);
    long from = Math.max(0, end - limit);
    List<Result> found = new ArrayList<>();
    var stream = events.readEvents(id, from);
    while (stream.hasNext()) {
      var message = stream.next();
      if (message.getSequenceNumber() < end
          && message.getPayload() instanceof ReconciliationEvent event) {
        found.add(
            new Result(
                message.getSequenceNumber(),
                message.getTimestamp(),
                event.getClass().getSimpleName(),
                String.valueOf(message.getMetaData().get(Provenance.ACTOR)),
                event));
      }
    }
    return new ReconciliationView.Results(found.reversed(), from == 0 ? null : from);
  }
}
