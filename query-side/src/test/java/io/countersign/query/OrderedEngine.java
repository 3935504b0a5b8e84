package io.countersign.query;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/**
 * Axon's engine in memory, for readers that run beside appends. As it is, it shows the events of
 * one append in the order of a hash map: a reader that comes in between sees a later one first,
 * takes its position, and never gets the earlier ones. One at a time they appear in order.
 */
public final class OrderedEngine extends InMemoryEventStorageEngine {

  @Override
  public void appendEvents(List<? extends EventMessage<?>> events) {
    events.forEach(event -> super.appendEvents(List.of(event)));
  }
}
