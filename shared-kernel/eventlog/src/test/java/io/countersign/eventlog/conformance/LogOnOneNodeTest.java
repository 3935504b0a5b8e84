package io.countersign.eventlog.conformance;

import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.LogInvariants;
import io.countersign.eventlog.LogNode;
import org.axonframework.eventsourcing.eventstore.EventStore;

class LogOnOneNodeTest extends EventStoreConformance {

  // small pages and a small ring, so that their borders are met
  private final EventLog log =
      LogNode.start(database, Things.upcaster(), EventLogSettings.DEFAULTS.withRing(16, 10));

  @Override
  EventStore node(int number) {
    return log.store();
  }

  @Override
  void checkInvariants() {
    log.close();
    LogInvariants.check(database);
  }
}
