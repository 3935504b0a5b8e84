package io.countersign.command.access;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.access.AccessEvent;
import io.countersign.kernel.access.LinkPrincipal;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.workitem.Decider;
import java.util.Optional;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Looks up, in the log itself, who a principal is. */
public final class LinkedPrincipals {

  private final EventStore events;

  /** On the event store. */
  public LinkedPrincipals(EventStore events) {
    this.events = events;
  }

  /** Makes it an aggregate of Axon. */
  public static ConfigurerModule module() {
    return LinkedPrincipals::configure;
  }

  private static void configure(Configurer configurer) {
    configurer.configureAggregate(
        AggregateConfigurer.defaultConfiguration(LinkedPrincipal.class)
            .configureCommandTargetResolver(_ -> new ByAggregateId()));
  }

  /** The aggregate's class, for what goes by its revision. */
  public static Class<?> aggregate() {
    return LinkedPrincipal.class;
  }

  /** The person last linked to a principal. */
  public Optional<SubjectId> personOf(String principal) {
    SubjectId person = null;
    var stream = events.readEvents(LinkPrincipal.aggregateId(principal), 0);
    while (stream.hasNext()) {
      if (stream.next().getPayload() instanceof AccessEvent.PrincipalLinked linked) {
        person = linked.person();
      }
    }
    return Optional.ofNullable(person);
  }

  /** An authenticated principal as decisions remember it: with the roles it has now. */
  public Decider decider(Principal principal) {
    return new Decider(
        principal.name(),
        personOf(principal.name()).orElse(null),
        principal.roles().stream().map(Role::word).toList());
  }
}
