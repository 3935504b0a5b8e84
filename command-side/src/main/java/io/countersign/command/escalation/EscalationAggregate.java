package io.countersign.command.escalation;

import io.countersign.command.domain.ByAggregateId;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;

/** Makes the escalation an aggregate of Axon. */
public final class EscalationAggregate implements ConfigurerModule {

  @Override
  public void configureModule(Configurer configurer) {
    configurer.configureAggregate(
        AggregateConfigurer.defaultConfiguration(Escalation.class)
            .configureCommandTargetResolver(_ -> new ByAggregateId()));
  }
}
