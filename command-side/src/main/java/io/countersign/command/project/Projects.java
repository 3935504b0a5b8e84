package io.countersign.command.project;

import io.countersign.command.domain.ByAggregateId;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;

/** Makes the project an aggregate of Axon. Its stream is as long as what operators decided. */
public final class Projects implements ConfigurerModule {

  /** The aggregate's class, for what goes by its revision. */
  public static Class<?> aggregate() {
    return Project.class;
  }

  @Override
  public void configureModule(Configurer configurer) {
    configurer.configureAggregate(
        AggregateConfigurer.defaultConfiguration(Project.class)
            .configureCommandTargetResolver(_ -> new ByAggregateId()));
  }
}
