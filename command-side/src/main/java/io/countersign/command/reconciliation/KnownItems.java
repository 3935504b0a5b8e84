package io.countersign.command.reconciliation;

import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Reads what the log knows of a work item from its own events: what was appended holds at once. */
final class KnownItems {

  private final EventStore events;

  KnownItems(EventStore events) {
    this.events = events;
  }

  Known of(WorkItemId workItem) {
    Known known = new Known();
    // from the first event on: no snapshot, which tells less
    var stream = events.readEvents(workItem.toString(), 0);
    while (stream.hasNext()) {
      if (stream.next().getPayload() instanceof WorkItemEvent event) {
        known.see(event);
      }
    }
    return known;
  }
}
