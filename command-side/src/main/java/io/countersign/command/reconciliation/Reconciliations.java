package io.countersign.command.reconciliation;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.eventlog.command.CheckOutCache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;

/** Makes the comparisons of a project an aggregate of Axon, with a snapshot of long streams. */
public final class Reconciliations implements ConfigurerModule {

  private static final int SNAPSHOT_AFTER_EVENTS = 250;
  private static final int CACHED = 100;

  /** The aggregate's class, for what goes by its revision. */
  public static Class<?> aggregate() {
    return Reconciliation.class;
  }

  @Override
  public void configureModule(Configurer configurer) {
    configurer.configureAggregate(
        AggregateConfigurer.defaultConfiguration(Reconciliation.class)
            .configureCommandTargetResolver(_ -> new ByAggregateId())
            .configureCache(_ -> new CheckOutCache(CACHED))
            .configureSnapshotTrigger(
                configuration ->
                    new EventCountSnapshotTriggerDefinition(
                        configuration.snapshotter(), SNAPSHOT_AFTER_EVENTS)));
  }
}
