package io.countersign.eventlog.conformance;

import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.LogInvariants;
import io.countersign.eventlog.LogNode;
import org.axonframework.eventsourcing.eventstore.EventStore;

class LogOnTwoNodesTest extends EventStoreConformance {

  private final EventLog one =
      LogNode.start(database, Things.upcaster(), EventLogSettings.DEFAULTS);
  private final EventLog two =
      LogNode.start(database, Things.upcaster(), EventLogSettings.DEFAULTS);

  @Override
  EventStore node(int number) {
    return number == 0 ? one.store() : two.store();
  }

  @Override
  void checkInvariants() {
    one.close();
    two.close();
    LogInvariants.check(database);
  }
}
