package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.azuredevops.KeyedReferences;
import io.countersign.command.azuredevops.NotificationHandler;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.domain.CurrentSnapshots;
import io.countersign.command.domain.GatewaySender;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.identity.PeopleResolver;
import io.countersign.command.inbox.InboxSchema;
import io.countersign.command.inbox.RealInbox;
import io.countersign.command.project.LoggedProjectStates;
import io.countersign.command.project.Projects;
import io.countersign.command.resource.Resources;
import io.countersign.command.workitem.BuiltIn;
import io.countersign.command.workitem.WorkItems;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.JdbcKeyRing;
import io.countersign.eventlog.encryption.MasterKeyFile;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.GeneralSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.eventlog.store.SnapshotRules;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.catalogue.Events;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node on the real log with a real inbox, and reconcilers on it. */
final class RealReconciliation implements AutoCloseable {

  private final DatabaseAddress database = TestPostgres.newDatabase();
  final HikariDataSource pool = TestPostgres.pool(database, 30);
  final JdbcClient jdbc = JdbcClient.create(pool);
  final RunTable table = new RunTable(pool);
  final EventLog log;
  final CommandSender sender;
  private final JdbcKeyRing keys;
  private final Configuration axon;
  private final RealInbox inbox;

  RealReconciliation(Path directory) {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    Schema.migrateAll(
        pool,
        Schema.EVENTLOG,
        IdentityDirectory.SCHEMA,
        InboxSchema.INBOX,
        ReconciliationConfiguration.SCHEMA);
    keys =
        new JdbcKeyRing(
            database,
            new MasterKeyFile(directory.resolve("master.key")).open(pool, clock, random),
            clock,
            random);
    AesTextCipher cipher = new AesTextCipher(keys, random);
    var events = CatalogueSerializer.of(Events.CATALOGUE, cipher);
    var general = GeneralSerializer.of(Events.CATALOGUE, cipher);
    log =
        new EventLog(
                database,
                pool,
                events,
                SealedKeys::in,
                clock,
                new SimpleMeterRegistry(),
                EventLogSettings.DEFAULTS,
                NoOpEventUpcaster.INSTANCE,
                new SnapshotRules(
                    general, new CurrentSnapshots(Map.of("workitem", WorkItems.aggregate()))))
            .start();
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureEventSerializer(_ -> events)
            .configureSerializer(_ -> general)
            .configureTransactionManager(_ -> NoTransactionManager.INSTANCE)
            .configureEventBus(_ -> log.store())
            .configureCommandBus(_ -> commandBus());
    List.of(
            new WorkItems(_ -> BuiltIn.GROUNDS),
            new Projects(),
            new Resources(),
            new Reconciliations())
        .forEach(module -> module.configureModule(configurer));
    axon = configurer.start();
    sender = new GatewaySender(axon.commandGateway());
    var handler =
        new NotificationHandler(
            new PeopleResolver(new IdentityDirectory(pool, keys, clock, UUID::randomUUID), keys),
            new LoggedProjectStates(log.store()),
            new KeyedReferences(keys),
            sender);
    inbox = new RealInbox(pool, keys, handler);
  }

  /** Events have the provenance of their command, as in the program. */
  private LogCommandBus commandBus() {
    var bus = LogCommandBus.of(log);
    bus.registerHandlerInterceptor(
        new CorrelationDataInterceptor<>(new SimpleCorrelationDataProvider(Provenance.ACTOR)));
    return bus;
  }

  /** What a webhook brought. */
  void receive(byte[] body) {
    assertThat(inbox.receive(body)).as("taken").isTrue();
  }

  /** Until everything received is handled. */
  void settle() throws InterruptedException {
    for (int look = 0; look < 1_000; look++) {
      if (count("select count(*) from inbox.pending") == 0) {
        return;
      }
      Thread.sleep(10);
    }
    assertThat(count("select count(*) from inbox.pending")).isZero();
  }

  /** A node's reconciler. */
  Reconciler reconciler() {
    return reconciler(table);
  }

  /** One that holds projects by this table. */
  Reconciler reconciler(RunTable held) {
    return new RealReconciler(pool, log.store(), inbox.inbox(), sender).reconciler(held);
  }

  /** Compares builds as of an hour from now, so that none is too young. */
  FinishedBuilds builds() {
    return new FinishedBuilds(
        new BuildTable(pool),
        log.store(),
        new Filling(inbox.inbox(), known(), Duration.ofSeconds(20)),
        sender,
        Clock.offset(Clock.systemUTC(), Duration.ofHours(1)),
        UUID::randomUUID,
        RealReconciler.settings());
  }

  KnownItems known() {
    return new KnownItems(log.store());
  }

  /** What could not be delivered to these hooks. */
  Undelivered undelivered(Hooks hooks) {
    Duration handling = Duration.ofSeconds(20);
    return new Undelivered(
        hooks,
        new Filling(inbox.inbox(), known(), handling),
        inbox.handledEvents(),
        sender,
        Clock.offset(Clock.systemUTC(), Duration.ofHours(1)),
        UUID::randomUUID,
        handling);
  }

  long entries() {
    return count("select count(*) from eventlog.entry");
  }

  long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  @Override
  public void close() {
    inbox.close();
    axon.shutdown();
    log.close();
    keys.close();
    pool.close();
  }
}
