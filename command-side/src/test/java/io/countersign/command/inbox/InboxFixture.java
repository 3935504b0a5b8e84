package io.countersign.command.inbox;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.inbox.Acceptance.Accepted;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database with an empty inbox schema, and nodes on it. One fixture at a time. */
public final class InboxFixture implements AutoCloseable {

  /** One for all tests: each new database costs seconds when the server stops. */
  private static final DatabaseAddress DATABASE = TestPostgres.newDatabase();

  final DatabaseAddress address = emptyDatabase();
  final HikariDataSource pool = TestPostgres.pool(address, 30);
  private final HikariDataSource look = TestPostgres.pool(address, 1);

  /** On a connection of its own. */
  final JdbcClient jdbc = JdbcClient.create(look);

  final MemoryKeyRing keys = new MemoryKeyRing();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final TestClock clock = new TestClock();
  private final List<InboxNode> nodes = new ArrayList<>();

  /** The shared database with a fresh inbox schema. */
  public static DatabaseAddress emptyDatabase() {
    try (var owner = TestPostgres.pool(DATABASE, 2)) {
      JdbcClient.create(owner).sql("drop schema if exists inbox cascade").update();
      InboxSchema.INBOX.migrate(owner);
    }
    return DATABASE;
  }

  /** Short times, so that nothing has to be waited for. */
  static InboxSettings quick() {
    return settings(2048, 100_000, 3, Duration.ofSeconds(10));
  }

  static InboxSettings settings(int queued, int backlog, int attempts, Duration lease) {
    return settings(queued, backlog, attempts, Duration.ofMinutes(2), lease);
  }

  static InboxSettings settings(
      int queued, int backlog, int attempts, Duration timeout, Duration lease) {
    return new InboxSettings(
        64,
        queued,
        64 << 20,
        backlog,
        Duration.ofHours(6),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        8,
        attempts,
        timeout,
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        lease,
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        30);
  }

  InboxNode node(DeliveryHandler handler) {
    return node(handler, quick());
  }

  InboxNode node(DeliveryHandler handler, InboxSettings settings) {
    return node(pool, handler, settings);
  }

  InboxNode node(DataSource dataSource, DeliveryHandler handler) {
    return node(dataSource, handler, quick());
  }

  /** Commits, and then the connection breaks before anybody hears of it. */
  DataSource losingCommitAnswers(AtomicBoolean cut) {
    return new DelegatingDataSource(pool) {
      @Override
      public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection)
            Proxy.newProxyInstance(
                InboxFixture.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> {
                  Object result = method.invoke(connection, arguments);
                  if (cut.get()
                      && method.getName().equals("commit")
                      && Thread.currentThread().getName().equals("inbox-writer")
                      && jdbc.sql("select count(*) from inbox.delivery").query(Long.class).single()
                          > 0) {
                    throw new SQLException("an I/O error occurred", "08006");
                  }
                  return result;
                });
      }
    };
  }

  private InboxNode node(DataSource dataSource, DeliveryHandler handler, InboxSettings settings) {
    RandomGenerator random = new java.util.Random(42);
    var node =
        new InboxNode(
            dataSource,
            keys,
            handler,
            clock,
            meters,
            settings,
            UUID.randomUUID(),
            random::nextDouble);
    node.writer.start();
    nodes.add(node);
    return node;
  }

  static DeliveryHandler handled() {
    return _ -> new Outcome.Handled(List.of());
  }

  Receipt accept(InboxNode node, String body) {
    return ((Accepted) node.inbox.accept(incoming(body))).receipt();
  }

  static Incoming incoming(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Incoming(
        Map.of("content-type", "application/json"),
        bytes,
        bytes.length,
        Digests.sha256(bytes),
        false);
  }

  /** A delivery about a work item. */
  static String update(int workItem, int notification) {
    return """
        {"subscriptionId": "98bd70de-8422-4fb4-a4fb-d2f8d9e50ee9", "notificationId": %d,
         "id": "%s", "eventType": "workitem.updated",
         "resource": {"id": %d, "workItemId": %d, "rev": %d},
         "resourceContainers": {"collection": {"id": "478ee4b3-565c-4216-92b9-f220c8704e79"}}}
        """
        .formatted(
            notification,
            UUID.nameUUIDFromBytes(
                ("e" + workItem + "/" + notification).getBytes(StandardCharsets.UTF_8)),
            notification,
            workItem,
            notification);
  }

  List<String> statuses() {
    return jdbc.sql("select status from inbox.outcome order by id").query(String.class).list();
  }

  long count(String table) {
    return jdbc.sql("select count(*) from inbox." + table).query(Long.class).single();
  }

  /** Waits for a condition, at most half a minute. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not reached in 30 s");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    for (InboxNode node : nodes) {
      node.writer.stop(Duration.ofSeconds(5));
      node.workers.stop();
    }
    pool.close();
    look.close();
  }

  /** A clock that is set by hand. */
  static final class TestClock extends Clock {

    private volatile Instant now = Instant.parse("2026-11-20T18:00:00Z");

    void set(String instant) {
      now = Instant.parse(instant);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
