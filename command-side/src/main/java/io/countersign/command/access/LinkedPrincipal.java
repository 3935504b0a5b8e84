package io.countersign.command.access;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.access.AccessEvent;
import io.countersign.kernel.access.LinkPrincipal;
import io.countersign.kernel.privacy.SubjectId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A principal and the person behind it. Tokens and roles are not here: they are no history. */
@AggregateRoot(type = "principal")
@Revision("1")
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
class LinkedPrincipal {

  @AggregateIdentifier private @Nullable String id;
  private @Nullable SubjectId person;

  /** For Axon and Jackson. */
  LinkedPrincipal() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(LinkPrincipal command) {
    if (command.person().equals(person)) {
      return Recorded.KNOWN;
    }
    AggregateLifecycle.apply(
        new AccessEvent.PrincipalLinked(command.principal(), command.person()));
    return Recorded.NEW;
  }

  @EventSourcingHandler
  void evolve(AccessEvent event) {
    id = LinkPrincipal.aggregateId(event.principal());
    switch (event) {
      case AccessEvent.PrincipalLinked linked -> person = linked.person();
    }
  }
}
