package io.countersign.golden;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.eventlog.store.OwnEntries;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.audit.AuditEvent;
import io.countersign.kernel.privacy.SearchEvent;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.projection.ComparedTable;
import io.countersign.kernel.projection.DeadLetterEvent;
import io.countersign.kernel.projection.EvictedEvents;
import io.countersign.kernel.projection.EvictedEvents.EvictedSequence;
import io.countersign.kernel.projection.OperationKind;
import io.countersign.kernel.projection.OperationOptions;
import io.countersign.kernel.projection.ProjectionEvent;
import io.countersign.kernel.projection.RowDifference;
import io.countersign.kernel.projection.RowDifference.Side;
import io.countersign.kernel.projection.SegmentPosition;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** Events of no aggregate, published the way their writers in the program do. */
final class OwnScript {

  private static final String ORIGIN = "countersign/golden";
  private static final Actor OLGA = Actor.principal("olga");

  private final Told told;

  OwnScript(Told told) {
    this.told = told;
  }

  void play() {
    audit();
    projections();
    deadLetters();
    searches();
  }

  private void audit() {
    var entries = new AuditEntries(told.node().store(), told.node().pool, Clock.systemUTC());
    for (AuditEvent event :
        List.of(
            new AuditEvent.KeyIntroduced(ORIGIN, ORIGIN + "+01+abc", 0),
            new AuditEvent.KeyRotated(
                ORIGIN, ORIGIN + "+01+abc", ORIGIN + "+02+def", 9, "signed by both", "yearly"),
            new AuditEvent.KeyRetired(ORIGIN, ORIGIN + "+01+abc", 12),
            new AuditEvent.CheckpointAnchored(ORIGIN, "witness", "w1", 12, "cm9vdA==", "cosig"),
            new AuditEvent.AnchorFailing(ORIGIN, "timestamp", "tsa", 12, 3),
            new AuditEvent.HeadMapRecorded(ORIGIN, 12, "cm9vdA==", 4),
            new AuditEvent.LogRestarted(ORIGIN, "countersign/old", "checkpoint", 5, "restored"),
            new AuditEvent.SealingResumed(ORIGIN, "ENTRY_DAMAGED", 7, "looked at"))) {
      entries.append(event, OLGA, told.id());
    }
  }

  private void projections() {
    var entries = new OwnEntries(told.node().store(), Clock.systemUTC());
    UUID operation = told.id();
    for (ProjectionEvent event :
        List.of(
            new ProjectionEvent.OperationRequested(
                "work-items", operation, OperationKind.VERIFY, OperationOptions.USUAL, "monthly"),
            new ProjectionEvent.Verified(
                "work-items",
                operation,
                1,
                2,
                List.of(new SegmentPosition(0, 1, 40), new SegmentPosition(1, 1, 41)),
                List.of(
                    new ComparedTable(
                        "work_item",
                        5,
                        "ab".repeat(32),
                        5,
                        "cd".repeat(32),
                        1,
                        List.of(
                            new RowDifference(
                                List.of("workitem:fabrikam:4711"), Side.BOTH, List.of("title"))))),
                false,
                1,
                new EvictedEvents(
                    2, 1, List.of(new EvictedSequence("workitem:fabrikam:4712", 17, 23)))),
            new ProjectionEvent.Rebuilt("work-items", operation, 1, 2, 41, 17),
            new ProjectionEvent.Switched("work-items", operation, 1, 1, 1, 2),
            new ProjectionEvent.Dropped("work-items", told.id(), 1, 1),
            new ProjectionEvent.Paused("work-items", told.id()),
            new ProjectionEvent.Resumed("work-items", told.id()),
            new ProjectionEvent.Resegmented(
                "work-items", told.id(), List.of(new SegmentPosition(0, 0, 41))),
            new ProjectionEvent.SegmentReleased("work-items", told.id(), 1, "4711@host"),
            new ProjectionEvent.OperationFailed("work-items", told.id(), "database-unreachable"),
            new ProjectionEvent.OperationCanceled("work-items", told.id(), "wrong night"))) {
      entries.append("projection", "projection:" + event.projection(), event, OLGA, told.id());
    }
  }

  private void deadLetters() {
    var entries = new OwnEntries(told.node().store(), Clock.systemUTC());
    UUID parked = told.id();
    String sequence = "workitem:fabrikam:4711";
    for (DeadLetterEvent event :
        List.of(
            new DeadLetterEvent.SequenceParked(
                "work-items",
                "work-items-v1",
                parked,
                sequence,
                7,
                "workitem.Commented",
                "sqlstate-23514"),
            new DeadLetterEvent.DeadLettersRetried(
                "work-items", "work-items-v1", parked, sequence, "mended", 2, 1, 9L, "22003"),
            new DeadLetterEvent.DeadLettersEvicted(
                "work-items", "work-items-v1", parked, sequence, "of no use", 1, 9, 9))) {
      entries.append("dead-letters", "dead-letters:" + event.projection(), event, OLGA, told.id());
    }
  }

  private void searches() {
    var subject = new SubjectId(new UUID(0x4000, 1));
    publish(new SearchEvent.SubjectsSearched(told.id(), 1, List.of(subject), OLGA));
    publish(new SearchEvent.MentionsSearched(told.id(), subject, 0, 3, OLGA));
  }

  private void publish(SearchEvent event) {
    String id = event.search().toString();
    told.node()
        .store()
        .publish(
            new GenericDomainEventMessage<>(
                "search",
                "search:" + id,
                0L,
                event,
                MetaData.with(Provenance.ACTOR, OLGA.ref())
                    .and(Provenance.CORRELATION_ID, id)
                    .and(Provenance.CAUSATION_ID, id)));
  }
}
