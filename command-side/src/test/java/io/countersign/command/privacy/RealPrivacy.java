package io.countersign.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.azuredevops.KeyedReferences;
import io.countersign.command.azuredevops.NotificationHandler;
import io.countersign.command.domain.CurrentSnapshots;
import io.countersign.command.domain.GatewaySender;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.identity.PeopleResolver;
import io.countersign.command.inbox.Delivery;
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
import io.countersign.eventlog.encryption.KeyHolder;
import io.countersign.eventlog.encryption.KeyHolders;
import io.countersign.eventlog.encryption.MasterKeyFile;
import io.countersign.eventlog.purge.Payloads;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.GeneralSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.eventlog.store.SnapshotRules;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/** Erasing on the real log: PostgreSQL, encryption, the identity directory, real deliveries. */
final class RealPrivacy implements AutoCloseable {

  static final Principal ANN = new Principal("ann", Set.of(Role.PRIVACY));
  static final Principal BEN = new Principal("ben", Set.of(Role.PRIVACY));
  static final Principal CLEO = new Principal("cleo", Set.of(Role.PRIVACY));

  final HikariDataSource dataSource;
  final DatabaseAddress database;
  final JdbcKeyRing keys;
  final KeyHolder holder;
  final AesTextCipher cipher;
  final IdentityDirectory directory;
  final Matters matters;
  final Dossiers dossiers;
  final JdbcLogReader reader;
  final Certifying certifying;
  final GatewaySender sender;
  final Erasures erasures;
  final Holds holds;
  final Payloads payloads;
  final PurgeRequests purges;
  private final PurgeCases purgeCases;
  private final PurgeableEntries purgeable;
  private final PurgeCertifying purgeCertifying;
  private final EventLog log;
  private final Configuration axon;
  private final NotificationHandler handler;
  private final Clock clock = Clock.systemUTC();

  RealPrivacy(Path directoryOfKeys) {
    database = TestPostgres.newDatabase(Schema.EVENTLOG, IdentityDirectory.SCHEMA, Matters.SCHEMA);
    var random = new SecureRandom();
    dataSource = TestPostgres.pool(database, 8);
    keys =
        new JdbcKeyRing(
            database,
            new MasterKeyFile(directoryOfKeys.resolve("master.key"))
                .open(dataSource, clock, random),
            clock,
            random);
    holder = new KeyHolder(database, keys, clock, UUID.randomUUID());
    holder.start();
    cipher = new AesTextCipher(keys, random);
    var events = CatalogueSerializer.of(Events.CATALOGUE, cipher);
    var general = GeneralSerializer.of(Events.CATALOGUE, cipher);
    log =
        new EventLog(
                database,
                dataSource,
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
            .configureCommandBus(_ -> LogCommandBus.of(log));
    List.of(
            new WorkItems(_ -> BuiltIn.GROUNDS),
            new Projects(),
            new Resources(),
            new DataSubjects(),
            new Purges())
        .forEach(module -> module.configureModule(configurer));
    axon = configurer.start();
    sender = new GatewaySender(axon.commandGateway());
    directory = new IdentityDirectory(dataSource, keys, clock, UUID::randomUUID);
    handler =
        new NotificationHandler(
            new PeopleResolver(directory, keys),
            new LoggedProjectStates(log.store()),
            new KeyedReferences(keys),
            sender);
    matters = new Matters(dataSource);
    dossiers = new Dossiers(log.store());
    reader = new JdbcLogReader(dataSource);
    certifying =
        new Certifying(
            reader,
            new KeyHolders(dataSource),
            new Probe(new LogPages(reader), cipher),
            new PrivacySettings(35, Duration.ofSeconds(2)),
            30);
    payloads = new Payloads(dataSource);
    purgeCases = new PurgeCases(log.store());
    purgeable = new PurgeableEntries(reader, Events.CATALOGUE, true);
    purgeCertifying =
        new PurgeCertifying(reader, new PrivacySettings(35, Duration.ofSeconds(2)), 30);
    var commands = new PrivacyCommands(new OperatorCommands(sender, UUID::randomUUID));
    var explanations = new Explanations(cipher);
    erasures =
        new Erasures(
            matters,
            dossiers,
            directory,
            commands,
            certifying,
            explanations,
            loop(),
            clock,
            UUID::randomUUID);
    purges =
        new PurgeRequests(
            matters,
            purgeCases,
            purgeable,
            purging(payloads::purge),
            purgeCertifying,
            commands,
            explanations,
            loop(),
            clock,
            UUID::randomUUID);
    holds =
        new Holds(
            matters, dossiers, directory, commands, explanations, loop(), clock, UUID::randomUUID);
  }

  /** Not started: tests say when it looks. */
  ErasureLoop loop() {
    return loop(new KeyRingDestroyer(keys, directory));
  }

  ErasureLoop loop(Destroyer destroyer) {
    return loop(destroyer, payloads::purge);
  }

  ErasureLoop loop(Purging.Remover remover) {
    return loop(new KeyRingDestroyer(keys, directory), remover);
  }

  private ErasureLoop loop(Destroyer destroyer, Purging.Remover remover) {
    return new ErasureLoop(
        matters,
        new Erasing(dossiers, destroyer, certifying, sender),
        purging(remover),
        clock,
        Duration.ofMinutes(1));
  }

  EventStore store() {
    return log.store();
  }

  private Purging purging(Purging.Remover remover) {
    return new Purging(purgeCases, dossiers, purgeable, remover, purgeCertifying, sender);
  }

  void deliver(String fixture) throws Exception {
    try (var in = RealPrivacy.class.getResourceAsStream("/fixtures/" + fixture + ".json")) {
      deliver(Objects.requireNonNull(in).readAllBytes());
    }
  }

  void deliver(byte[] body) throws Exception {
    handler.handle(new Delivery(UUID.randomUUID(), Instant.now(), Map.of(), body, 1));
  }

  SubjectId subject(String alias) throws SQLException {
    return directory.find(null, alias).getFirst().subject();
  }

  /** Asked for by Ann, approved by the others. */
  UUID approved(SubjectId subject) throws Exception {
    UUID id =
        erasures.request(subject, List.of(), LegalBasis.OBJECTION, "ticket 17", ANN).erasure();
    erasures.approve(id, BEN);
    erasures.approve(id, CLEO);
    return id;
  }

  /** Names of the events about a subject, in order. */
  List<String> told(SubjectId subject) {
    return dossiers.history(subject).stream()
        .map(told -> Events.CATALOGUE.typeOf(told.event().getClass()).orElseThrow().name())
        .toList();
  }

  long number(String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  void execute(String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Looks until the certificate is there. */
  void untilOver(UUID id) {
    await(
        () -> {
          loop().lookAtAll();
          return erasures.view(id).state().equals("certified");
        });
    loop().lookAtAll();
  }

  static void await(BooleanSupplier holds) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).as("waited too long").isBefore(deadline);
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    axon.shutdown();
    log.close();
    holder.close();
    keys.close();
    dataSource.close();
  }
}
