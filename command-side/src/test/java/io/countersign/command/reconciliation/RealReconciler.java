package io.countersign.command.reconciliation;

import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.domain.CommandSender;
import io.countersign.command.inbox.Inbox;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.kernel.Actor;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** A node's reconciler: an hour ahead, so that no change is too young for it. */
public final class RealReconciler {

  private final DataSource pool;
  private final EventStore events;
  private final Inbox inbox;
  private final CommandSender sender;

  /** On a node. */
  public RealReconciler(DataSource pool, EventStore events, Inbox inbox, CommandSender sender) {
    this.pool = pool;
    this.events = events;
    this.inbox = inbox;
    this.sender = sender;
  }

  /** Its tables. */
  public static void migrate(DataSource pool) {
    ReconciliationConfiguration.SCHEMA.migrate(pool);
  }

  static ReconciliationSettings settings() {
    return new ReconciliationSettings(
        Duration.ZERO,
        Duration.ofMinutes(2),
        Duration.ofDays(7),
        List.of(),
        Duration.ofSeconds(20),
        null);
  }

  /** One as it is in the program. */
  Reconciler reconciler() {
    return reconciler(new RunTable(pool));
  }

  /** One that holds projects by this table. */
  Reconciler reconciler(RunTable table) {
    var known = new KnownItems(events);
    var settings = settings();
    return new Reconciler(
        table,
        known,
        new Absences(new JdbcLogReader(pool), known),
        new Filling(inbox, known, settings.handling()),
        sender,
        Clock.offset(Clock.systemUTC(), Duration.ofHours(1)),
        UUID::randomUUID,
        settings,
        new ReconciliationMetrics(new SimpleMeterRegistry()));
  }

  /**
   * Compares a project.
   *
   * @return what this run recorded, window by window
   * @throws IllegalStateException when not all was compared
   */
  public List<SourceReconciled> run(AzureDevOps azureDevOps, String project, Asked asked)
      throws InterruptedException {
    Source source = new Sources(azureDevOps, List.of()).find(project);
    var results = new Results(events);
    int before = results.of(source.project(), null, Integer.MAX_VALUE).items().size();
    var run = reconciler().begin(source, asked, Actor.RECONCILIATION).orElseThrow();
    boolean compared = run.compare();
    var all = results.of(source.project(), null, Integer.MAX_VALUE).items();
    var now = all.subList(0, all.size() - before).reversed();
    if (!compared) {
      throw new IllegalStateException("not compared: " + now);
    }
    return now.stream()
        .map(ReconciliationView.Result::event)
        .map(SourceReconciled.class::cast)
        .toList();
  }
}
