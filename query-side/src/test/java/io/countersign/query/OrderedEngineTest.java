package io.countersign.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.junit.jupiter.api.Test;

class OrderedEngineTest {

  private static final int TOGETHER = 37;
  private static final int EVENTS = 16 * TOGETHER;

  @Test
  void aReaderBesideAppendsMissesNothing() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      EventStorageEngine engine = new OrderedEngine();
      List<Long> seen = new ArrayList<>();
      Thread reader = Thread.ofPlatform().start(() -> readOn(engine, seen));
      for (int append = 0; append < EVENTS / TOGETHER; append++) {
        List<EventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
          events.add(GenericEventMessage.asEventMessage("event"));
        }
        engine.appendEvents(events);
      }
      reader.join();
      assertThat(seen).isEqualTo(LongStream.range(0, EVENTS).boxed().toList());
    }
  }

  private static void readOn(EventStorageEngine engine, List<Long> seen) {
    TrackingToken token = null;
    while (token == null || token.position().orElseThrow() < EVENTS - 1) {
      List<? extends TrackedEventMessage<?>> found = engine.readEvents(token, false).toList();
      for (TrackedEventMessage<?> event : found) {
        token = event.trackingToken();
        seen.add(token.position().orElseThrow());
      }
    }
  }
}
