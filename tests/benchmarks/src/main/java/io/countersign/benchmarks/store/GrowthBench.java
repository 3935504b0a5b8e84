package io.countersign.benchmarks.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.command.CheckOutCache;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.serialization.GeneralSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.eventlog.store.SnapshotRules;
import io.countersign.kernel.catalogue.Events;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.Serializer;

/**
 * How cost grows: of an append and of a load with the size of the log, of a command with the length
 * of its aggregate. The log is filled by its own append function, so every row of it verifies.
 */
public final class GrowthBench {

  private static final int SAMPLES = 400;
  private static final int SNAPSHOT_AFTER_EVENTS = 100; // as the product's work items
  private static final int COMMANDS = 16;
  private static final double MOST = 1.5;

  private final BenchPostgres postgres;
  private final DatabaseAddress address;
  private final HikariDataSource pool;
  private final Serializer events = OurLog.serializer();
  private final SnapshotRules snapshots = SnapshotRules.all(general());
  private final EventLog log;

  private GrowthBench(BenchPostgres postgres) {
    this.postgres = postgres;
    this.address = postgres.newLog();
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(8);
    this.pool = new HikariDataSource(config);
    this.log =
        new EventLog(
                address,
                pool,
                events,
                SealedKeys::in,
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                EventLogSettings.DEFAULTS,
                org.axonframework.serialization.upcasting.event.NoOpEventUpcaster.INSTANCE,
                snapshots)
            .start();
  }

  private static Serializer general() {
    return GeneralSerializer.of(
        Events.CATALOGUE,
        new io.countersign.eventlog.encryption.AesTextCipher(
            new BenchKeys(), new java.security.SecureRandom()));
  }

  /** {@code [--short] [--postgres URL]}: to 10^5 events instead of 10^6. */
  public static void main(String[] args) throws Exception {
    System.setProperty("axoniq.update-checker.disabled", "true");
    List<String> words = new ArrayList<>(List.of(args));
    boolean brief = words.remove("--short");
    int at = words.indexOf("--postgres");
    try (BenchPostgres postgres = BenchPostgres.start(at < 0 ? null : words.get(at + 1))) {
      var bench = new GrowthBench(postgres);
      System.out.println(postgres.describe() + ", fsync on");
      bench.withLogSize(brief ? 100_000 : 1_000_000);
      bench.withStreamLength(brief ? 1_000 : 5_000);
      bench.close();
    }
    System.exit(0);
  }

  private void withLogSize(int most) throws Exception {
    var fill = new LogFill(address);
    System.out.println(
        "log size     append p50   p95 ms   server cpu ms   WAL B      load p50   p95 ms");
    List<Double> cpu = new ArrayList<>();
    appends(0); // warm-up
    for (int size = 10_000; size <= most; size *= 10) {
      fill.to(size);
      appends(size + 1);
      Meter meter = Meter.start(postgres);
      Histogram append = appends(size);
      Meter.Used used = meter.used();
      cpu.add(used.serverMillis().orElse(Double.NaN) / SAMPLES);
      loads();
      System.out.printf(
          Locale.ROOT,
          "%,9d   %9.2f  %7.2f   %13.3f   %,7d   %9.2f  %7.2f%n",
          size,
          millis(append, 50),
          millis(append, 95),
          cpu.getLast(),
          used.walBytes() / SAMPLES,
          millis(loads(), 50),
          millis(loads(), 95));
    }
    double growth = cpu.getLast() / cpu.getFirst();
    System.out.printf(
        Locale.ROOT,
        "server cpu of an append, largest log to smallest: %.2f%s%n%n",
        growth,
        growth > MOST ? "   IT GROWS" : "");
  }

  /** One command after the other, two events each, to aggregates that are new. */
  private Histogram appends(int run) {
    Histogram micros = Measured.histogram();
    for (int i = 0; i < SAMPLES; i++) {
      String aggregate = "run:" + run + ":" + i;
      WorkItems.Handled handled = WorkItems.first(1 + i % WorkItems.COUNT, aggregate);
      long start = System.nanoTime();
      DefaultUnitOfWork.startAndGet(handled.message())
          .execute(() -> log.store().publish(handled.events()));
      micros.recordValue((System.nanoTime() - start) / 1_000);
    }
    return micros;
  }

  /** Aggregates of the filled log, far from each other, {@link LogFill#STREAM} events each. */
  private Histogram loads() {
    Histogram micros = Measured.histogram();
    for (int i = 0; i < SAMPLES; i++) {
      String aggregate = LogFill.aggregate(i * 7 % LogFill.SMALLEST);
      long start = System.nanoTime();
      long count = log.store().readEvents(aggregate).asStream().count();
      micros.recordValue((System.nanoTime() - start) / 1_000);
      if (count != LogFill.STREAM) {
        throw new IllegalStateException("loaded " + count + " events");
      }
    }
    return micros;
  }

  private void withStreamLength(int most) throws Exception {
    System.out.println(
        "events of the aggregate   snapshots  cache   command p50   p95 ms   p99 ms");
    for (int length : new int[] {1, 100, most}) {
      for (boolean snapshot : new boolean[] {false, true}) {
        line(length, snapshot, false);
      }
      line(length, true, true);
    }
  }

  private void line(int length, boolean snapshot, boolean cached) throws Exception {
    String prefix = "grow:" + length + ":" + snapshot + ":" + cached + ":";
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Configuration node = node(snapshot, cached ? new CheckOutCache(COMMANDS * 2) : null);
      List<Callable<Void>> fills = new ArrayList<>();
      for (int i = 0; i < COMMANDS; i++) {
        String aggregate = prefix + i;
        fills.add(
            () -> {
              for (int done = 0; done < length; done += GrowingItem.CHUNK) {
                send(node, aggregate, Math.min(GrowingItem.CHUNK, length - done));
              }
              return null;
            });
      }
      for (Future<Void> each : threads.invokeAll(fills)) {
        each.get();
      }
      Histogram micros = Measured.histogram();
      for (int turn = 0; turn < 4; turn++) {
        for (int i = 0; i < COMMANDS; i++) {
          long start = System.nanoTime();
          send(node, prefix + i, 1);
          micros.recordValue((System.nanoTime() - start) / 1_000);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%,23d   %9s  %5s   %11.2f  %7.2f  %7.2f%n",
          length,
          snapshot ? "each " + SNAPSHOT_AFTER_EVENTS : "none",
          cached ? "yes" : "no",
          millis(micros, 50),
          millis(micros, 95),
          millis(micros, 99));
      node.shutdown();
    }
  }

  private Configuration node(boolean snapshot, @org.jspecify.annotations.Nullable Cache cache) {
    AggregateConfigurer<GrowingItem> item =
        AggregateConfigurer.defaultConfiguration(GrowingItem.class);
    if (snapshot) {
      item.configureSnapshotTrigger(
          configuration ->
              new EventCountSnapshotTriggerDefinition(
                  configuration.snapshotter(), SNAPSHOT_AFTER_EVENTS));
    }
    if (cache != null) {
      item.configureCache(_ -> cache);
    }
    return DefaultConfigurer.defaultConfiguration(false)
        .configureSerializer(_ -> general())
        .configureTransactionManager(_ -> NoTransactionManager.INSTANCE)
        .configureEventStore(_ -> log.store())
        .configureCommandBus(_ -> LogCommandBus.of(log))
        .configureAggregate(item)
        .start();
  }

  private static void send(Configuration node, String aggregate, int events) {
    var callback = new org.axonframework.commandhandling.callbacks.FutureCallback<Object, Object>();
    node.commandBus()
        .dispatch(
            GenericCommandMessage.asCommandMessage(new GrowingItem.Grow(aggregate, events)),
            callback);
    var result = callback.getResult();
    if (result.isExceptional()) {
      throw new IllegalStateException("a command failed", result.exceptionResult());
    }
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  private void close() throws IOException {
    log.close();
    pool.close();
    postgres.drop(address);
  }
}
