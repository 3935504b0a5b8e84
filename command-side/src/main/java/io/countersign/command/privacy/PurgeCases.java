package io.countersign.command.privacy;

import io.countersign.kernel.privacy.PurgeCommand;
import io.countersign.kernel.privacy.PurgeEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reads what was decided about a purge from the log. */
final class PurgeCases {

  private final EventStore events;

  PurgeCases(EventStore events) {
    this.events = events;
  }

  Optional<PurgeCase> of(UUID purge) {
    return of(history(purge));
  }

  static Optional<PurgeCase> of(List<Told> history) {
    @Nullable PurgeCase found = null;
    for (Told told : history) {
      found = PurgeCase.evolve(found, told.event());
    }
    return Optional.ofNullable(found);
  }

  List<Told> history(UUID purge) {
    List<Told> history = new ArrayList<>();
    var stream = events.readEvents(PurgeCommand.aggregateId(purge), 0);
    while (stream.hasNext()) {
      var message = stream.next();
      if (message.getPayload() instanceof PurgeEvent event) {
        history.add(new Told(event, message.getSequenceNumber(), message.getTimestamp()));
      }
    }
    return history;
  }

  /**
   * An event with its place in the purge's stream.
   *
   * @param sequence from 0
   * @param at when it happened
   */
  record Told(PurgeEvent event, long sequence, Instant at) {}
}
