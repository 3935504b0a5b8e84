package io.countersign.kernel.resource;

import io.countersign.kernel.AggregateCommand;

/**
 * Records what the source reported about a resource. Nothing happens when this delivery was
 * recorded before.
 *
 * @param fact becomes the event as it is
 */
public record RecordResource(ResourceEvent fact) implements AggregateCommand {

  @Override
  public String aggregateId() {
    return fact.resource().toString();
  }
}
