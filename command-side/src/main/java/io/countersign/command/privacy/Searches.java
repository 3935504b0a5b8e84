package io.countersign.command.privacy;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.privacy.SearchEvent;
import io.countersign.kernel.privacy.SubjectId;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;

/**
 * Records in the log who searched for people. It is durable when a method returns, so who is told
 * something was recorded before: a log that takes no entries answers no search. Each search is an
 * aggregate of its own, so none waits for another.
 */
final class Searches {

  private static final String TYPE = "search";
  private static final int MOST_NAMED = 100;

  private final EventStore events;
  private final Clock clock;
  private final Supplier<UUID> newIds;

  Searches(EventStore events, Clock clock, Supplier<UUID> newIds) {
    this.events = events;
    this.clock = clock;
    this.newIds = newIds;
  }

  /** Somebody asked who is meant. */
  void forSubjects(List<SubjectId> found, Principal by) {
    append(
        new SearchEvent.SubjectsSearched(
            newIds.get(), found.size(), found.stream().limit(MOST_NAMED).toList(), by.actor()));
  }

  /** Somebody looked for text that names a person. */
  void forMentions(SubjectId subject, long from, int hits, Principal by) {
    append(new SearchEvent.MentionsSearched(newIds.get(), subject, from, hits, by.actor()));
  }

  private void append(SearchEvent event) {
    String id = event.search().toString();
    MetaData provenance =
        MetaData.with(Provenance.ACTOR, event.by().ref())
            .and(Provenance.CORRELATION_ID, id)
            .and(Provenance.CAUSATION_ID, id);
    events.publish(
        new GenericDomainEventMessage<>(
            TYPE, TYPE + ":" + id, 0L, event, provenance, id, clock.instant()));
  }
}
