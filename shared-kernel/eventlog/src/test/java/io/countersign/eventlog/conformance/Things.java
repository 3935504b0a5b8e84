package io.countersign.eventlog.conformance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events to test with. */
public final class Things {

  private Things() {}

  public record Opened(String id, String title) {}

  public record Renamed(String title) {}

  /** How renaming was stored once. */
  public record OldRenamed(String name) {}

  /** Became two events. */
  public record OldTwice(String first, String second) {}

  public record Snapshot(String title, long version) {}

  public static DomainEventMessage<?> event(String aggregate, long sequence) {
    return event(
        aggregate,
        sequence,
        sequence == 0 ? new Opened(aggregate, "title 0") : new Renamed("title " + sequence));
  }

  public static DomainEventMessage<?> event(String aggregate, long sequence, Object payload) {
    return new GenericDomainEventMessage<>(
        "Thing",
        aggregate,
        sequence,
        payload,
        MetaData.from(Map.of("actor", "source:test", "n", "äöü \u0001")),
        UUID.randomUUID().toString(),
        Instant.parse("2026-01-02T03:04:05.678Z"));
  }

  /** OldRenamed becomes Renamed; OldTwice becomes two of them. */
  public static EventUpcaster upcaster() {
    return representations -> representations.flatMap(Things::upcast);
  }

  private static Stream<IntermediateEventRepresentation> upcast(
      IntermediateEventRepresentation stored) {
    if (stored.getType().getName().equals(OldRenamed.class.getName())) {
      return Stream.of(renamed(stored, "name"));
    }
    if (stored.getType().getName().equals(OldTwice.class.getName())) {
      return List.of(renamed(stored, "first"), renamed(stored, "second")).stream();
    }
    return Stream.of(stored);
  }

  private static IntermediateEventRepresentation renamed(
      IntermediateEventRepresentation stored, String from) {
    return stored.upcast(
        new SimpleSerializedType(Renamed.class.getName(), null),
        JsonNode.class,
        node -> {
          ObjectNode copy = ((ObjectNode) node).deepCopy();
          copy.set("title", copy.get(from));
          return copy;
        },
        metadata -> metadata);
  }
}
