package io.countersign.eventlog.processing;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/**
 * Which events of a processor are handled one after the other. The identifiers are strings, the
 * same in every JVM: Axon 4.13.0's own sequential policy uses the identity of an object.
 */
public enum Sequencing implements SequencingPolicy<EventMessage<?>> {
  /** All events, in the order of the log. */
  ALL {
    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
      return "all";
    }
  },
  /** Those of one aggregate; events of no aggregate are each on their own. */
  PER_AGGREGATE {
    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
      return event instanceof DomainEventMessage<?> domain
          ? domain.getAggregateIdentifier()
          : event.getIdentifier();
    }
  }
}
