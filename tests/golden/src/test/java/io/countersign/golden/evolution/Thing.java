package io.countersign.golden.evolution;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.golden.evolution.Prices.Price;
import io.countersign.golden.evolution.Prices.PriceEvent;
import io.countersign.golden.evolution.Prices.Priced;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Adds up its prices. */
@AggregateRoot(type = "thing")
@Revision("1")
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
class Thing {

  @AggregateIdentifier private @Nullable String id;
  private long cents;

  Thing() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  long handle(Price command) {
    AggregateLifecycle.apply(new Priced(command.thing(), command.cents(), "EUR", List.of()));
    return cents;
  }

  @EventSourcingHandler
  void evolve(PriceEvent event) {
    id = event.thing();
    switch (event) {
      case Priced priced -> cents += priced.cents();
    }
  }
}
