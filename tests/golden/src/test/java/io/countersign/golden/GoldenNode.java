package io.countersign.golden;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.access.LinkedPrincipals;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.GatewaySender;
import io.countersign.command.escalation.EscalationAggregate;
import io.countersign.command.evidence.Evidence;
import io.countersign.command.evidence.LoggedGrounds;
import io.countersign.command.policy.PolicyBook;
import io.countersign.command.privacy.DataSubjects;
import io.countersign.command.privacy.Purges;
import io.countersign.command.project.Projects;
import io.countersign.command.reconciliation.Reconciliations;
import io.countersign.command.resource.Resources;
import io.countersign.command.workitem.WorkItems;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.GeneralSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.catalogue.Events;
import io.countersign.query.QuerySchemas;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;

/** A node with all aggregates and the tables of all projections, on a history or an empty log. */
final class GoldenNode implements AutoCloseable {

  final HikariDataSource pool;
  final TextCipher cipher = new AesTextCipher(new FixedKeys(), new SecureRandom());
  final Serializer events = CatalogueSerializer.of(Events.CATALOGUE, cipher);
  final CommandSender sender;
  final Configuration axon;
  private final EventLog log;

  /** On this history, as it was stored. */
  GoldenNode(List<StoredLine> history) {
    DatabaseAddress database = TestPostgres.newDatabase();
    pool = TestPostgres.pool(database, 6);
    Schema.migrateAll(pool, Schema.EVENTLOG, Evidence.SCHEMA);
    Schema.migrateAll(pool, QuerySchemas.ALL.toArray(Schema[]::new));
    StoredHistory.load(pool, history);
    log =
        new EventLog(
                database,
                pool,
                events,
                SealedKeys::in,
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                EventLogSettings.DEFAULTS)
            .start();
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureEventSerializer(_ -> events)
            .configureSerializer(_ -> GeneralSerializer.of(Events.CATALOGUE, cipher))
            .configureTransactionManager(_ -> NoTransactionManager.INSTANCE)
            .configureEventBus(_ -> log.store())
            .configureCommandBus(_ -> commandBus());
    modules().forEach(module -> module.configureModule(configurer));
    axon = configurer.start();
    sender = new GatewaySender(axon.commandGateway());
  }

  /** Every aggregate of the command side. */
  private List<ConfigurerModule> modules() {
    var grounds = new LoggedGrounds(new PolicyBook(log.store()), new Evidence(pool));
    return List.of(
        new WorkItems(_ -> grounds),
        new Projects(),
        new Resources(),
        new EscalationAggregate(),
        new Reconciliations(),
        new DataSubjects(),
        new Purges(),
        PolicyBook.module(),
        LinkedPrincipals.module());
  }

  /** Events have the provenance of their command, as in the program. */
  private LogCommandBus commandBus() {
    var bus = LogCommandBus.of(log);
    bus.registerHandlerInterceptor(
        new CorrelationDataInterceptor<>(
            new SimpleCorrelationDataProvider(
                Provenance.ACTOR,
                Provenance.CORRELATION_ID,
                Provenance.CAUSATION_ID,
                Provenance.DELIVERY_ID)));
    return bus;
  }

  EventStore store() {
    return log.store();
  }

  LogReader reader() {
    return new JdbcLogReader(pool);
  }

  @Override
  public void close() {
    axon.shutdown();
    log.close();
    pool.close();
  }
}
