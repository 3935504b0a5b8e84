package io.countersign.app.settings;

/** Where events are stored. */
public enum EventStoreKind {
  /** In the database, by the append pipeline: the default. */
  POSTGRESQL,
  /** In an Axon Server; {@code axon.axonserver.*} says where it is. */
  AXON_SERVER
}
