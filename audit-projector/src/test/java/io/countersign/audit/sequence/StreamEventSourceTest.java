package io.countersign.audit.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Axon Server is, as far as reading goes: numbered in the order of commits. */
class StreamEventSourceTest {

  private static final WorkItemId ITEM = new WorkItemId(new OrganizationId("fabrikam"), 1);

  private final EmbeddedEventStore store =
      EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
  private final EventSource source =
      new StreamEventSource("stream", store, WrittenLog.serializer());

  @AfterEach
  void stop() {
    store.shutDown();
  }

  @Test
  void eventsComeInOrderWithTheirStoredFormAndFromWhereOneWas() {
    for (int sequence = 0; sequence < 3; sequence++) {
      store.publish(
          new GenericDomainEventMessage<>(
              "WorkItem",
              ITEM.toString(),
              sequence,
              new WorkItemEvent.GapDetected(ITEM, 2, 3 + sequence),
              Map.of("actor", "source:azure-devops")));
    }
    List<SourceEvent> first = source.next(Optional.empty(), 2);
    assertThat(first).extracting(SourceEvent::sequence).containsExactly(0L, 1L);
    SourceEvent event = first.getFirst();
    assertThat(event.aggregateId()).isEqualTo(ITEM.toString());
    assertThat(event.name()).isEqualTo("workitem.GapDetected");
    assertThat(event.revision()).isEqualTo("1");
    assertThat(new String(event.payload(), StandardCharsets.UTF_8)).contains("\"workItem\"");
    assertThat(Provenances.in(event.metadata()).actor()).isEqualTo("source:azure-devops");
    assertThat(source.next(Optional.of(first.getLast().position()), 10))
        .extracting(SourceEvent::sequence)
        .containsExactly(2L);
    assertThat(source.next(Optional.of("2"), 10)).isEmpty();
  }

  @Test
  void anEventOfNoAggregateStandsForItself() {
    var message =
        GenericEventMessage.<Object>asEventMessage(new WorkItemEvent.GapDetected(ITEM, 2, 3));
    store.publish(message);
    SourceEvent event = source.next(Optional.empty(), 10).getFirst();
    assertThat(event.aggregateId()).isEqualTo(message.getIdentifier());
    assertThat(event.sequence()).isZero();
    assertThat(event.aggregateType()).isEmpty();
  }

  @Test
  void metadataThatIsNoObjectOfOursSaysNothing() {
    for (String metadata : new String[] {"", "[1]", "{\"actor\":7}", "{", "<xml/>"}) {
      assertThat(Provenances.in(metadata.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(new Provenances("", "", ""));
    }
  }
}
