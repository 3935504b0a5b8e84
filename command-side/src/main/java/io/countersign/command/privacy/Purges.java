package io.countersign.command.privacy;

import io.countersign.command.domain.ByAggregateId;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;

/** Makes the purge an aggregate of Axon. Its stream is as long as what people decided. */
public final class Purges implements ConfigurerModule {

  @Override
  public void configureModule(Configurer configurer) {
    configurer.configureAggregate(
        AggregateConfigurer.defaultConfiguration(Purge.class)
            .configureCommandTargetResolver(_ -> new ByAggregateId()));
  }
}
