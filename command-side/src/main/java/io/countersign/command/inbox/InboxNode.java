package io.countersign.command.inbox;

import io.countersign.command.domain.Backoff;
import io.countersign.eventlog.encryption.KeyRing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import javax.sql.DataSource;

/** All parts of the inbox of one node, put together. */
final class InboxNode {

  final Inbox inbox;
  final InboxWriter writer;
  final InboxWorkers workers;
  final Retention retention;
  final DeliveryQueries queries;
  final HandledEvents handled;
  final InboxOperations operations;
  final QuarantineRetry quarantineRetry;
  final ContentStore contents;
  final Leases leases;
  final Claims claims;
  final CompletionStore completions;
  final Backlog backlog;

  InboxNode(
      DataSource dataSource,
      KeyRing keyRing,
      DeliveryHandler handler,
      Clock clock,
      MeterRegistry registry,
      InboxSettings settings,
      UUID node,
      DoubleSupplier jitter) {
    var database = InboxDatabase.on(dataSource);
    var jdbc = database.jdbc();
    var transactions = database.transactions();
    var keys = new DailyKeys(keyRing);
    var partitions = new Partitions(jdbc, transactions);
    var budget = new ByteBudget(settings.maxHeldBytes());
    claims = new Claims(jdbc, node, settings.lease());
    backlog = new Backlog(jdbc, settings, claims::floor);
    var metrics = new InboxMetrics(registry, backlog, budget);
    contents = new ContentStore(jdbc, keys);
    leases = new Leases(jdbc, transactions, clock, node, settings);
    var backoff = new Backoff(settings.firstBackoff(), settings.maxBackoff(), jitter);
    var attempt = new Attempt(contents, handler, backoff, clock, settings.maxAttempts());
    completions = new CompletionStore(jdbc, node);
    workers = new InboxWorkers(claims, leases, attempt, completions, metrics, backlog, settings);
    writer =
        new InboxWriter(
            new ArrivalStore(dataSource), partitions, metrics, backlog, settings, workers::wake);
    inbox =
        new Inbox(writer, keys, backlog, metrics, budget, clock, new DeliveryIds(clock), settings);
    retention = new Retention(jdbc, partitions, keys, clock, settings.retentionDays());
    queries = new DeliveryQueries(jdbc);
    handled = new HandledEvents(jdbc);
    operations = new InboxOperations(jdbc, transactions, queries, clock, node, workers::wakeForAll);
    quarantineRetry = new QuarantineRetry(jdbc, clock, workers::wakeForAll);
  }
}
