package io.countersign.command.escalation;

import io.countersign.command.domain.ByAggregateId;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;

/** Makes the escalation an aggregate of Axon, with a snapshot where its stream is long. */
public final class EscalationAggregate implements ConfigurerModule {

  /** A snapshot is made when loading reads more events than this. */
  static final int SNAPSHOT_AFTER_EVENTS = 250;

  /** The aggregate's class, for what goes by its revision. */
  public static Class<?> aggregate() {
    return Escalation.class;
  }

  @Override
  public void configureModule(Configurer configurer) {
    configurer.configureAggregate(
        AggregateConfigurer.defaultConfiguration(Escalation.class)
            .configureCommandTargetResolver(_ -> new ByAggregateId())
            .configureSnapshotTrigger(
                configuration ->
                    new EventCountSnapshotTriggerDefinition(
                        configuration.snapshotter(), SNAPSHOT_AFTER_EVENTS)));
  }
}
