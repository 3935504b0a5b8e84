package io.countersign.benchmarks.projection;

import io.countersign.benchmarks.store.BenchKeys;
import io.countersign.benchmarks.store.WorkItems;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.append.Committer;
import io.countersign.eventlog.append.NewEntry;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.GeneralSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.kernel.catalogue.Events;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/**
 * A log of lives of work items, ten events each, as the product stores them: texts sealed, each in
 * a stream of its own, the streams woven into each other a thousand at a time.
 */
final class FilledLog {

  private static final int STREAM = 10;
  private static final int WOVEN = 1_000;

  private final int items;
  private final BenchKeys keys;

  FilledLog(int events) {
    this.items = events / STREAM;
    this.keys = new BenchKeys(items);
  }

  BenchKeys keys() {
    return keys;
  }

  int items() {
    return items;
  }

  /** The serializer of events. */
  Serializer events() {
    return CatalogueSerializer.of(Events.CATALOGUE, new AesTextCipher(keys, new SecureRandom()));
  }

  /** The serializer of all else. */
  Serializer general() {
    return GeneralSerializer.of(Events.CATALOGUE, new AesTextCipher(keys, new SecureRandom()));
  }

  /** Appends them all; their keys are there. */
  void fill(DatabaseAddress address) {
    Serializer serializer = events();
    try (var committer =
        new Committer(
            address,
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            EventLogSettings.DEFAULTS,
            (_, _) -> {})) {
      committer.start();
      for (int first = 1; first <= items; first += WOVEN) {
        for (int sequence = 0; sequence < STREAM; sequence += 2) {
          List<NewEntry> entries = new ArrayList<>();
          for (int item = first; item < first + WOVEN && item <= items; item++) {
            for (DomainEventMessage<?> event : WorkItems.events(item, sequence)) {
              entries.add(entry(event, serializer));
            }
          }
          committer.append(entries);
        }
      }
    }
  }

  private static NewEntry entry(DomainEventMessage<?> event, Serializer serializer) {
    SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
    SerializedObject<byte[]> metadata = event.serializeMetaData(serializer, byte[].class);
    String cause = String.valueOf(event.getMetaData().get("correlation_id"));
    return new NewEntry(
        event.getType(),
        event.getAggregateIdentifier(),
        event.getSequenceNumber(),
        UUID.fromString(event.getIdentifier()),
        payload.getType().getName(),
        "1",
        event.getTimestamp().toEpochMilli() * 1_000,
        "source:azure-devops",
        cause,
        cause,
        payload.getData(),
        metadata.getData(),
        SealedKeys.in(payload.getData()));
  }
}
