package io.countersign.command.workitem;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.eventlog.command.CheckOutCache;
import java.util.function.Function;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;

/** Makes the work item an aggregate of Axon, with a snapshot where its stream is long. */
public final class WorkItems implements ConfigurerModule {

  /** A snapshot is made when loading reads more events than this. */
  static final int SNAPSHOT_AFTER_EVENTS = 250;

  /** Aggregates kept in memory: the next command to one of them reads nothing. */
  private static final int CACHED = 4_000;

  private final Function<Configuration, Grounds> grounds;

  /** With what transitions are judged on, once there is an event store. */
  public WorkItems(Function<Configuration, Grounds> grounds) {
    this.grounds = grounds;
  }

  /** The aggregate's class, for what goes by its revision. */
  public static Class<?> aggregate() {
    return WorkItem.class;
  }

  @Override
  public void configureModule(Configurer configurer) {
    configurer.registerComponent(Grounds.class, grounds);
    configurer.configureAggregate(
        AggregateConfigurer.defaultConfiguration(WorkItem.class)
            .configureCommandTargetResolver(_ -> new ByAggregateId())
            .configureCache(_ -> new CheckOutCache(CACHED))
            .configureSnapshotTrigger(
                configuration ->
                    new EventCountSnapshotTriggerDefinition(
                        configuration.snapshotter(), SNAPSHOT_AFTER_EVENTS)));
  }
}
