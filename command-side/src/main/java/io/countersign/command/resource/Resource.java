package io.countersign.command.resource;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.resource.RecordResource;
import io.countersign.kernel.resource.ResourceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Something of the source that is no work item. Decides nothing yet: it keeps what is reported, and
 * each delivery once. Only the last deliveries are remembered; for older ones the log recognizes
 * the event ids.
 */
@AggregateRoot(type = "resource")
@Revision("1")
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
class Resource {

  static final int REMEMBERED = 64;

  @AggregateIdentifier private @Nullable String id;
  private List<UUID> deliveries = new ArrayList<>();

  /** For Axon and Jackson. */
  Resource() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordResource command) {
    if (deliveries.contains(command.fact().delivery())) {
      return Recorded.KNOWN;
    }
    AggregateLifecycle.apply(command.fact());
    return Recorded.NEW;
  }

  @EventSourcingHandler
  void evolve(ResourceEvent event) {
    id = event.resource().toString();
    deliveries.add(event.delivery());
    if (deliveries.size() > REMEMBERED) {
      deliveries.removeFirst();
    }
  }
}
