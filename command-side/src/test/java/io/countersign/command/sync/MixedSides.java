package io.countersign.command.sync;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.automation.AutomationSettings;
import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.inbox.InboxSchema;
import io.countersign.command.inbox.RealInbox;
import io.countersign.command.reconciliation.RealReconciler;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.sandbox.azuredevops.Fault;
import io.countersign.testkit.TestPostgres;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two sides with all that is between them: hooks, inbox, reconciliation, and outages of each. */
final class MixedSides implements AutoCloseable {

  /** A node that lost the database finds what it left unfinished after six heartbeats. */
  private static final AutomationSettings SETTINGS =
      new AutomationSettings(
          "one",
          4,
          Duration.ofMillis(20),
          Duration.ofSeconds(2),
          10,
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          30);

  /** All that our side asks: what other people do is asked below the project. */
  private static final String OUR_CALLS = "^/fabrikam/_apis/";

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  final TwoSides sides;
  final Arrivals arrivals;
  private final HikariDataSource pool;
  private final String database;
  private RealInbox inbox;

  MixedSides(Path directory) {
    sides = new TwoSides(directory, sender -> sender, SETTINGS, false);
    pool = TestPostgres.pool(sides.table.address, 16);
    database =
        JdbcClient.create(pool).sql("select current_database()").query(String.class).single();
    InboxSchema.INBOX.migrate(pool);
    RealReconciler.migrate(pool);
    inbox = new RealInbox(pool, sides.keys(), sides.deliveries());
    arrivals = new Arrivals(sides.sandbox);
    arrivals.into(inbox);
  }

  /** Our side stops; hooks are answered 503 meanwhile. */
  void stop() {
    arrivals.into(null);
    inbox.close();
  }

  /** And starts again. */
  void start() {
    sides.restart();
    inbox = new RealInbox(pool, sides.keys(), sides.deliveries());
    arrivals.into(inbox);
  }

  /** Our side does not reach Azure DevOps; other people do. */
  void lineBreaks(Fault.Kind how) {
    sides.sandbox.control().fault(Fault.of(how, 1_000_000, "*", OUR_CALLS));
  }

  void lineHeals() {
    sides.sandbox.control().clearFaults();
  }

  /** Nobody gets a connection to our database, and who has one loses it. */
  void databaseGoesAway() throws SQLException {
    administer(
        "alter database \"%s\" with allow_connections false".formatted(database),
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
            .formatted(database));
  }

  void databaseComesBack() throws SQLException {
    administer("alter database \"%s\" with allow_connections true".formatted(database));
    await(
        "the database",
        () -> JdbcClient.create(pool).sql("select 1").query().listOfRows().size() == 1);
  }

  private void administer(String... statements) throws SQLException {
    var address = sides.table.address;
    String elsewhere = address.url().replace("/" + database, "/postgres");
    try (var connection =
            DriverManager.getConnection(elsewhere, address.user(), address.password());
        var statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  /** Until every hook has arrived, or was given up, and is handled. */
  void settleHooks() throws InterruptedException {
    var control = sides.sandbox.control();
    await(
        "subscriptions on probation",
        () ->
            arrivals.subscriptions().stream()
                .allMatch(one -> control.subscriptionStatus(one).equals("enabled")));
    if (!control.awaitHooks(PATIENCE)) {
      throw new AssertionError("hooks are still under way");
    }
    await("deliveries in the inbox", () -> inbox.pending() == 0);
  }

  long pending() {
    return inbox.pending();
  }

  long quarantined() {
    return inbox.quarantined();
  }

  /** Azure DevOps answers; after an outage the client asks only once in a while. */
  void awaitAzureDevOps() {
    var projects = sides.azureDevOps().organization(sides.organization()).projects();
    await("Azure DevOps", () -> projects.list() instanceof Answer.Ok);
  }

  List<SourceReconciled> reconcile(Asked asked) throws InterruptedException {
    awaitAzureDevOps();
    var reconciler = new RealReconciler(pool, sides.events(), inbox.inbox(), sides.node.sender());
    var recorded = reconciler.run(sides.azureDevOps(), sides.sandbox.settings().project(), asked);
    await("deliveries in the inbox", () -> inbox.pending() == 0);
    return recorded;
  }

  long count(String sql) {
    return JdbcClient.create(pool).sql(sql).query(Long.class).single();
  }

  /** How many events of each name there are. */
  String names() {
    return JdbcClient.create(pool)
        .sql("select name || ' ' || count(*) from eventlog.entry group by name order by name")
        .query(String.class)
        .list()
        .toString();
  }

  /** Waits until it holds; what fails meanwhile does not hold. */
  static void await(String what, BooleanSupplier holds) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      RuntimeException failed = null;
      try {
        if (holds.getAsBoolean()) {
          return;
        }
      } catch (RuntimeException e) {
        failed = e;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("waited too long for " + what, failed);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    arrivals.into(null);
    inbox.close();
    arrivals.close();
    pool.close();
    sides.close();
  }
}
