package io.countersign.command.privacy;

import io.countersign.kernel.privacy.PrivacyCommand;
import io.countersign.kernel.privacy.PrivacyEvent;
import io.countersign.kernel.privacy.SubjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Reads what was decided about a person from the log: on every node, after every crash, the same.
 */
final class Dossiers {

  private final EventStore events;

  Dossiers(EventStore events) {
    this.events = events;
  }

  Dossier of(SubjectId subject) {
    Dossier dossier = Dossier.EMPTY;
    for (Told told : history(subject)) {
      dossier = dossier.evolve(told.event());
    }
    return dossier;
  }

  List<Told> history(SubjectId subject) {
    List<Told> history = new ArrayList<>();
    var stream = events.readEvents(PrivacyCommand.aggregateId(subject), 0);
    while (stream.hasNext()) {
      var message = stream.next();
      if (message.getPayload() instanceof PrivacyEvent event) {
        history.add(new Told(event, message.getSequenceNumber(), message.getTimestamp()));
      }
    }
    return history;
  }

  /**
   * An event with its place in the subject's stream.
   *
   * @param sequence from 0
   * @param at when it happened
   */
  record Told(PrivacyEvent event, long sequence, Instant at) {}
}
