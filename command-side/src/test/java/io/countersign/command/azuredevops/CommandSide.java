package io.countersign.command.azuredevops;

import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.GatewaySender;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.identity.PeopleResolver;
import io.countersign.command.inbox.Delivery;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
import io.countersign.command.policy.PolicyBook;
import io.countersign.command.project.LoggedProjectStates;
import io.countersign.command.project.Projects;
import io.countersign.command.resource.Resources;
import io.countersign.command.workitem.BuiltIn;
import io.countersign.command.workitem.WorkItems;
import io.countersign.kernel.catalogue.Events;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** The command side on an event store of its own and a real identity directory. */
public final class CommandSide implements AutoCloseable {

  private static final java.time.Instant NOON = java.time.Instant.parse("2026-11-20T12:00:00Z");

  private final AtomicInteger deliveries = new AtomicInteger();
  private final InMemoryEventStorageEngine events = new InMemoryEventStorageEngine();
  private final Configuration axon;
  private final NotificationHandler handler;

  public CommandSide(DataSource dataSource, TestKeys keys) {
    Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
    configurer.configureEmbeddedEventStore(_ -> events);
    List.of(
            new WorkItems(_ -> BuiltIn.GROUNDS),
            new Projects(),
            new Resources(),
            PolicyBook.module(),
            LinkedPrincipals.module())
        .forEach(module -> module.configureModule(configurer));
    axon = configurer.start();
    IdentityDirectory directory =
        new IdentityDirectory(dataSource, keys, InstantSource.fixed(NOON), UUID::randomUUID);
    handler =
        new NotificationHandler(
            new PeopleResolver(directory, keys),
            new LoggedProjectStates(axon.eventStore()),
            new KeyedReferences(keys),
            sender());
  }

  public Configuration axon() {
    return axon;
  }

  public CommandSender sender() {
    return new GatewaySender(axon.commandGateway());
  }

  public Outcome handle(byte[] body) throws Exception {
    return handle(new UUID(1, deliveries.incrementAndGet()), body);
  }

  public Outcome handle(UUID delivery, byte[] body) throws Exception {
    return handler.handle(new Delivery(delivery, NOON, Map.of(), body, 1));
  }

  public List<? extends DomainEventMessage<?>> log() {
    return events
        .readEvents(null, false)
        .filter(DomainEventMessage.class::isInstance)
        .map(event -> (DomainEventMessage<?>) event)
        .toList();
  }

  public List<Object> events() {
    return log().stream().<Object>map(DomainEventMessage::getPayload).toList();
  }

  public List<String> names() {
    return events().stream()
        .map(event -> Events.CATALOGUE.typeOf(event.getClass()).orElseThrow().name())
        .toList();
  }

  @Override
  public void close() {
    axon.shutdown();
  }
}
