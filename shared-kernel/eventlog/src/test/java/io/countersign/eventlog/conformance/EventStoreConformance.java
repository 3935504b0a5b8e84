package io.countersign.eventlog.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.conformance.Things.OldRenamed;
import io.countersign.eventlog.conformance.Things.OldTwice;
import io.countersign.eventlog.conformance.Things.Opened;
import io.countersign.eventlog.conformance.Things.Renamed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** What every event store promises, ours and the stock one. */
abstract class EventStoreConformance extends EventStoreFixture {

  @Test
  void anEmptyStoreHasNothing() {
    assertThat(aggregate(0, "a")).isEmpty();
    assertThat(node(0).lastSequenceNumberFor("a")).isEmpty();
    try (var stream = node(0).openStream(null)) {
      assertThat(stream.hasNextAvailable()).isFalse();
      assertThat(stream.peek()).isEmpty();
    }
  }

  @Test
  void eventsComeBackAsTheyWerePublished() {
    DomainEventMessage<?> opened = Things.event("a", 0);
    command(0, opened);
    DomainEventMessage<?> read = aggregate(1, "a").getFirst();
    assertThat(read.getPayload()).isEqualTo(new Opened("a", "title 0"));
    assertThat(read.getMetaData()).isEqualTo(opened.getMetaData());
    assertThat(read.getType()).isEqualTo("Thing");
    assertThat(read.getAggregateIdentifier()).isEqualTo("a");
    assertThat(read.getSequenceNumber()).isZero();
    assertThat(read.getTimestamp()).isEqualTo(opened.getTimestamp());
    TrackedEventMessage<?> streamed = stream(1, null, 1).getFirst();
    assertThat(streamed.getPayload()).isEqualTo(read.getPayload());
    assertThat(streamed.getIdentifier()).isEqualTo(read.getIdentifier());
    assertThat(streamed.getTimestamp()).isEqualTo(opened.getTimestamp());
    assertThat(streamed).isInstanceOf(DomainEventMessage.class);
  }

  @Test
  void anAggregateIsReadFromASequenceOn() {
    command(0, Things.event("a", 0), Things.event("a", 1), Things.event("a", 2));
    command(1, Things.event("a", 3));
    var tail = node(1).readEvents("a", 2);
    assertThat(tail.next().getSequenceNumber()).isEqualTo(2);
    assertThat(tail.next().getSequenceNumber()).isEqualTo(3);
    assertThat(tail.hasNext()).isFalse();
    assertThat(tail.getLastSequenceNumber()).isEqualTo(3);
    assertThat(node(0).lastSequenceNumberFor("a")).contains(3L);
  }

  @Test
  void longStreamsAreReadWhole() {
    for (int start = 0; start < 250; start += 50) {
      var events = new EventMessage<?>[50];
      for (int i = 0; i < 50; i++) {
        events[i] = Things.event("a", start + i);
      }
      command(0, events);
    }
    assertThat(aggregate(1, "a"))
        .extracting(DomainEventMessage::getSequenceNumber)
        .containsExactlyElementsOf(java.util.stream.LongStream.range(0, 250).boxed().toList());
  }

  @Test
  void whatIsPublishedIsSeenInsideItsUnitOfWorkAndNowhereElseBeforeTheCommit() {
    command(
        () -> {
          node(0).publish(Things.event("a", 0));
          assertThat(aggregate(0, "a")).hasSize(1);
          assertThat(node(0).lastSequenceNumberFor("a")).contains(0L);
          assertThat(elsewhere(() -> aggregate(0, "a"))).isEmpty();
        });
    assertThat(aggregate(0, "a")).hasSize(1);
  }

  @Test
  void aUnitOfWorkThatIsRolledBackStoresNothing() {
    assertThatThrownBy(
            () ->
                command(
                    () -> {
                      node(0).publish(Things.event("a", 0));
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(aggregate(0, "a")).isEmpty();
    command(0, Things.event("a", 0));
  }

  @Test
  void eventsOfANestedUnitOfWorkAreStoredOnceAndWithTheRoot() {
    command(
        () -> {
          node(0).publish(Things.event("a", 0));
          command(() -> node(0).publish(Things.event("b", 0)));
          assertThat(elsewhere(() -> aggregate(0, "b"))).isEmpty();
          node(0).publish(Things.event("a", 1));
        });
    assertThat(aggregate(0, "a")).hasSize(2);
    assertThat(aggregate(0, "b")).hasSize(1);
    assertThat(stream(0, null, 3)).hasSize(3);
  }

  @Test
  void eventsPublishedWhilePreparingTheCommitAreStored() {
    command(
        () ->
            org.axonframework.messaging.unitofwork.CurrentUnitOfWork.get()
                .onPrepareCommit(unitOfWork -> node(0).publish(Things.event("a", 0))));
    assertThat(aggregate(0, "a")).hasSize(1);
  }

  @Test
  void aSequenceThatIsTakenIsAConflict() {
    command(0, Things.event("a", 0), Things.event("a", 1));
    assertThatThrownBy(() -> command(1, Things.event("a", 1)))
        .isInstanceOf(ConcurrencyException.class);
    assertThatThrownBy(() -> command(1, Things.event("a", 0)))
        .isInstanceOf(AggregateStreamCreationException.class);
    command(1, Things.event("a", 2));
    assertThat(aggregate(0, "a")).hasSize(3);
  }

  @Test
  void aUnitOfWorkIsStoredWholeOrNotAtAll() {
    command(0, Things.event("a", 0), Things.event("b", 0));
    assertThatThrownBy(
            () -> command(0, Things.event("a", 1), Things.event("b", 0), Things.event("c", 0)))
        .isInstanceOf(RuntimeException.class);
    assertThat(aggregate(0, "a")).hasSize(1);
    assertThat(aggregate(0, "c")).isEmpty();
  }

  @Test
  void eventsOfNoAggregateAreStreamed() {
    command(0, GenericEventMessage.asEventMessage(new Renamed("alone")));
    node(0).publish(GenericEventMessage.asEventMessage(new Renamed("without unit of work")));
    assertThat(payloads(stream(1, null, 2)))
        .containsExactly(new Renamed("alone"), new Renamed("without unit of work"));
  }

  @Test
  void aStreamContinuesAfterAToken() {
    command(0, Things.event("a", 0), Things.event("a", 1));
    command(1, Things.event("b", 0), Things.event("a", 2));
    List<TrackedEventMessage<?>> all = stream(0, null, 4);
    for (int i = 0; i < 4; i++) {
      List<TrackedEventMessage<?>> rest = stream(1, all.get(i).trackingToken(), 3 - i);
      assertThat(rest)
          .extracting(EventMessage::getIdentifier)
          .containsExactlyElementsOf(
              all.subList(i + 1, 4).stream().map(EventMessage::getIdentifier).toList());
    }
    assertThat(stream(0, node(0).createTailToken(), 4)).hasSize(4);
  }

  @Test
  void aStreamFromTheHeadSeesOnlyWhatComesAfterAlsoFromTheOtherNode() throws Exception {
    command(0, Things.event("a", 0));
    try (var stream = node(0).openStream(node(0).createHeadToken())) {
      assertThat(stream.hasNextAvailable(10, TimeUnit.MILLISECONDS)).isFalse();
      command(1, Things.event("a", 1));
      assertThat(stream.hasNextAvailable(20, TimeUnit.SECONDS)).isTrue();
      assertThat(stream.nextAvailable().getPayload()).isEqualTo(new Renamed("title 1"));
      command(0, Things.event("a", 2));
      assertThat(stream.nextAvailable().getPayload()).isEqualTo(new Renamed("title 2"));
    }
  }

  @Test
  void aSnapshotTakesThePlaceOfTheEventsBeforeIt() {
    command(0, Things.event("a", 0), Things.event("a", 1), Things.event("a", 2));
    node(0).storeSnapshot(snapshot(1));
    var events = node(1).readEvents("a");
    assertThat(events.next().getPayload()).isEqualTo(new Things.Snapshot("title", 1));
    assertThat(events.next().getPayload()).isEqualTo(new Renamed("title 2"));
    assertThat(events.hasNext()).isFalse();
    assertThat(events.getLastSequenceNumber()).isEqualTo(2);
    node(0).storeSnapshot(snapshot(2));
    events = node(1).readEvents("a");
    assertThat(events.next().getPayload()).isEqualTo(new Things.Snapshot("title", 2));
    assertThat(events.hasNext()).isFalse();
    assertThat(events.getLastSequenceNumber()).isEqualTo(2);
    assertThat(stream(0, null, 3)).hasSize(3);
  }

  private static DomainEventMessage<?> snapshot(long sequence) {
    return new GenericDomainEventMessage<>(
        "Thing", "a", sequence, new Things.Snapshot("title", sequence));
  }

  @Test
  void oldEventsAreUpcastForAggregatesAndStreams() throws Exception {
    command(0, Things.event("a", 0), Things.event("a", 1, new OldRenamed("old name")));
    command(0, Things.event("a", 2, new OldTwice("one", "two")));
    assertThat(payloads(aggregate(1, "a")))
        .contains(new Renamed("old name"), new Renamed("one"), new Renamed("two"));
    List<TrackedEventMessage<?>> streamed = stream(1, null, 4);
    assertThat(payloads(streamed))
        .containsExactly(
            new Opened("a", "title 0"),
            new Renamed("old name"),
            new Renamed("one"),
            new Renamed("two"));
    assertThat(streamed.get(3).trackingToken()).isEqualTo(streamed.get(2).trackingToken());
    assertThat(node(0).lastSequenceNumberFor("a")).contains(2L);
  }

  @Test
  void writersOfTwoNodesLoseNothingAndDoubleNothing() throws Exception {
    int writers = 6;
    int each = 20;
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    write(writer % 2, "shared" + i % 3, "w" + writer + "-" + i, acknowledged);
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }
    assertThat(acknowledged).hasSize(writers * each);
    var titles = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      List<DomainEventMessage<?>> events = aggregate(0, "shared" + i);
      assertThat(events)
          .extracting(DomainEventMessage::getSequenceNumber)
          .isEqualTo(java.util.stream.LongStream.range(0, events.size()).boxed().toList());
      events.forEach(event -> titles.add(((Renamed) event.getPayload()).title()));
    }
    assertThat(titles).containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  private void write(int node, String aggregate, String title, Set<String> acknowledged) {
    while (true) {
      try {
        long next = node(node).lastSequenceNumberFor(aggregate).orElse(-1L) + 1;
        command(node, Things.event(aggregate, next, new Renamed(title)));
        acknowledged.add(title);
        return;
      } catch (ConcurrencyException | AggregateStreamCreationException e) {
        // somebody was faster
      }
    }
  }
}
