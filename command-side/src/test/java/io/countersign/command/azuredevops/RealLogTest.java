package io.countersign.command.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.domain.CurrentSnapshots;
import io.countersign.command.domain.GatewaySender;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.identity.PeopleResolver;
import io.countersign.command.inbox.Delivery;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
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
import io.countersign.kernel.catalogue.Events;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries on the real log: PostgreSQL, encryption, snapshots. */
class RealLogTest {

  private static final String ITEM = "workitem:5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10:4711";
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path directory;

  private HikariDataSource dataSource;
  private JdbcKeyRing keys;
  private EventLog log;
  private Configuration axon;
  private NotificationHandler handler;

  @BeforeEach
  void start() {
    DatabaseAddress database = TestPostgres.newDatabase();
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    dataSource = TestPostgres.pool(database, 8);
    Schema.migrateAll(dataSource, Schema.EVENTLOG, IdentityDirectory.SCHEMA);
    keys =
        new JdbcKeyRing(
            database,
            new MasterKeyFile(directory.resolve("master.key")).open(dataSource, clock, random),
            clock,
            random);
    AesTextCipher cipher = new AesTextCipher(keys, random);
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
    List.of(new WorkItems(_ -> BuiltIn.GROUNDS), new Projects(), new Resources())
        .forEach(module -> module.configureModule(configurer));
    axon = configurer.start();
    handler =
        new NotificationHandler(
            new PeopleResolver(
                new IdentityDirectory(dataSource, keys, clock, UUID::randomUUID), keys),
            new LoggedProjectStates(log.store()),
            new KeyedReferences(keys),
            new GatewaySender(axon.commandGateway()));
  }

  @AfterEach
  void stop() {
    axon.shutdown();
    log.close();
    keys.close();
    dataSource.close();
  }

  @Test
  void everyFixtureIsHandledAndNoTextOrNameIsInTheLogInClear() throws Exception {
    for (Path file : fixtures()) {
      handle(Files.readAllBytes(file));
    }
    assertThat(count("select count(*) from eventlog.entry")).isGreaterThan(40);
    assertThat(payloadsWith("User Story")).as("what is kept in clear is found").isPositive();
    for (String text :
        List.of("Ada", "Bob", "example.com", "sign in", "Well done", "mind the gap", "By mail")) {
      assertThat(payloadsWith(text)).as(text).isZero();
    }
  }

  @Test
  void aDeliveryHandledAgainByAnotherNodeAppendsNothing() throws Exception {
    byte[] body = Files.readAllBytes(PayloadTableTest.fixtures().resolve("push.json"));
    UUID delivery = UUID.randomUUID();
    handler.handle(new Delivery(delivery, NOON, Map.of(), body, 1));
    long entries = count("select count(*) from eventlog.entry");
    handler.handle(new Delivery(delivery, NOON, Map.of(), body, 2));
    assertThat(count("select count(*) from eventlog.entry")).isEqualTo(entries);
  }

  @Test
  void aLongHistoryGoesOnFromItsSnapshot() throws Exception {
    handle(Files.readAllBytes(PayloadTableTest.fixtures().resolve("workitem.created.json")));
    for (int update = 2; update <= 270; update++) {
      handle(update(update, "New", "New").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(count("select count(*) from eventlog.snapshot where aggregate_id = '" + ITEM + "'"))
        .isPositive();
    for (String text : List.of("Let people sign in", "Ada", "Bob", "example.com")) {
      assertThat(
              count(
                  "select count(*) from eventlog.snapshot"
                      + " where position(convert_to('%s', 'UTF8') in payload) > 0".formatted(text)))
          .as("snapshots hold ciphertext: %s", text)
          .isZero();
    }
    assertThat(handle(update(99, "New", "New").getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Outcome.Ignored.class);
    handle(update(271, "New", "Closed").getBytes(StandardCharsets.UTF_8));
    assertThat(
            count("select count(*) from eventlog.entry where name = 'workitem.TransitionViolated'"))
        .isOne();
  }

  private Outcome handle(byte[] body) throws Exception {
    return handler.handle(new Delivery(UUID.randomUUID(), NOON, Map.of(), body, 1));
  }

  private static String update(int id, String from, String to) {
    return """
        {"eventType":"workitem.updated","createdDate":"2026-03-02T09:15:27Z",
         "resourceContainers":{"collection":{"id":"5f1c3e0a-7c55-4d0b-9a5e-3d1f0c2b7a10"},
           "project":{"id":"2d4d6c1e-0b1f-4c6c-8a77-90b1c2d3e4f5"}},
         "resource":{"id":%1$d,"workItemId":4711,"rev":%1$d,
           "fields":{"System.State":{"oldValue":"%2$s","newValue":"%3$s"}},
           "revision":{"id":4711,"rev":%1$d,"fields":{"System.WorkItemType":"User Story",
             "System.State":"%3$s","System.Title":"Let people sign in"}}}}
        """
        .formatted(id, from, to);
  }

  private static List<Path> fixtures() throws Exception {
    try (Stream<Path> list = Files.list(PayloadTableTest.fixtures())) {
      return list.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private long payloadsWith(String text) throws SQLException {
    return count(
        """
        select count(*)
        from eventlog.entry
        where position(convert_to('%s', 'UTF8') in payload) > 0
        """
            .formatted(text));
  }

  private long count(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
