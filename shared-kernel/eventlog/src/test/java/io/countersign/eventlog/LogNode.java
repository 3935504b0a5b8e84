package io.countersign.eventlog;

import io.countersign.eventlog.append.KeyIds;
import io.countersign.eventlog.store.SnapshotRules;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/** Starts an event log as a node would. */
public final class LogNode {

  private LogNode() {}

  public static EventLog start(LogDatabase database) {
    return start(database, NoOpEventUpcaster.INSTANCE, EventLogSettings.DEFAULTS);
  }

  public static EventLog start(
      LogDatabase database, EventUpcaster upcasters, EventLogSettings settings) {
    var serializer = TestSerializer.create();
    return new EventLog(
            database.address(),
            database.pool(),
            serializer,
            KeyIds.NONE,
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            settings,
            upcasters,
            SnapshotRules.all(serializer))
        .start();
  }
}
