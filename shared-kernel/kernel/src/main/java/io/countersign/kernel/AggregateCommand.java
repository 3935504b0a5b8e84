package io.countersign.kernel;

/** A command for one aggregate. Routing and locking use {@link #aggregateId()}. */
public interface AggregateCommand {

  /** The identifier of the aggregate, with its kind as prefix: unique over the whole log. */
  String aggregateId();
}
