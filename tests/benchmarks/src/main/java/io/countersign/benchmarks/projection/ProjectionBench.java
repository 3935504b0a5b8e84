package io.countersign.benchmarks.projection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.benchmarks.store.BenchPostgres;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.processing.ClaimClock;
import io.countersign.eventlog.processing.PromptCoordinatorExecutor;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.projection.OperationOptions;
import io.countersign.query.QuerySchemas;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.ProjectionPositions;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.projection.QuerySettings;
import io.countersign.query.projection.SetBased;
import io.countersign.query.rebuild.GenerationBuild;
import io.countersign.query.rebuild.GenerationRemoval;
import io.countersign.query.rebuild.Mark;
import io.countersign.query.replay.ReplayProgress;
import io.countersign.query.replay.Verification;
import io.countersign.query.stream.StreamProjection;
import io.countersign.query.workitem.WorkItemProjection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.serialization.Serializer;

/**
 * The work items' projection: live from the first entry on, rebuilt, verified; beside stock Axon
 * with the same fold, on JDBC and (with the peers' libraries) on JPA, and beside the least it can
 * cost. Also the projection whose rebuild is SQL. One log, one PostgreSQL, one after the other.
 */
public final class ProjectionBench {

  private static final WorkItemProjection PROJECTION = new WorkItemProjection();
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final int events;
  private final FilledLog filled;
  private final HikariDataSource pool;
  private final EventLog log;
  private final Map<String, String> expected = new TreeMap<>();

  private ProjectionBench(BenchPostgres postgres, int events) {
    this.events = events;
    this.filled = new FilledLog(events);
    DatabaseAddress address = postgres.newLog();
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(16);
    this.pool = new HikariDataSource(config);
    QuerySchemas.ALL.forEach(schema -> schema.migrate(pool));
    filled.keys().insertInto(pool);
    long start = System.nanoTime();
    filled.fill(address);
    System.out.printf(
        Locale.ROOT,
        "%,d events of %,d work items in the log; filling took %.0f s%n",
        events,
        filled.items(),
        seconds(start));
    this.log =
        new EventLog(
                address,
                pool,
                filled.events(),
                SealedKeys::in,
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                EventLogSettings.DEFAULTS)
            .start();
  }

  /** {@code tests/benchmarks/run projections [events]}. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("axoniq.update-checker.disabled", "true");
    int events = arguments.length > 0 ? Integer.parseInt(arguments[0].replace("_", "")) : 100_000;
    try (BenchPostgres postgres = BenchPostgres.start(null)) {
      System.out.println(postgres.describe() + ", fsync on");
      var bench = new ProjectionBench(postgres, events);
      try (ClaimClock _ = new ClaimClock(bench.pool).start()) {
        bench.run();
      }
      bench.log.close();
      bench.pool.close();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    System.out.println("                                        seconds     events/s");
    line("live, batch 256, 4 segments", live(4));
    line("live, batch 256, 1 segment", live(1));
    var limit = new Limit(pool, PROJECTION);
    limit.reading(filled.events()); // warm
    double reading = limit.reading(filled.events());
    double copying = limit.copying(PROJECTION.schema());
    line("limit: reading and decoding", reading);
    line("limit: COPY of the final rows", copying);
    rebuild(PROJECTION);
    rebuild(new StreamProjection());
    for (StockStorage storage : storages()) {
      for (int batch : new int[] {256, 1}) {
        line(
            "stock Axon, %s, batch %d, 4 segments".formatted(storage.name(), batch),
            stock(storage, batch));
      }
      storage.close();
    }
  }

  private List<StockStorage> storages() {
    List<StockStorage> all = new ArrayList<>(List.of(new StockJdbc(pool, PROJECTION)));
    ServiceLoader.load(StockStorageSource.class)
        .forEach(source -> all.add(source.of(pool, PROJECTION)));
    return all;
  }

  private void line(String name, double seconds) {
    System.out.printf(Locale.ROOT, "%-38s %8.1f %,12.0f%n", name, seconds, events / seconds);
  }

  /** Whoever is measured has to do all of it. */
  private void check(String who) throws Exception {
    Map<String, String> found = TableDigests.of(pool, PROJECTION);
    if (expected.isEmpty()) {
      expected.putAll(found);
    }
    if (!expected.equals(found)) {
      found.entrySet().removeAll(expected.entrySet());
      throw new IllegalStateException(who + " made other rows: " + found);
    }
  }

  private double live(int segments) throws Exception {
    empty();
    QuerySettings usual = QuerySettings.defaults();
    var settings =
        new QuerySettings(
            usual.node(),
            segments,
            usual.batchSize(),
            usual.connections(),
            usual.claimTimeout(),
            usual.pollInterval(),
            usual.defaultWait(),
            usual.longestWait(),
            usual.deadLetters());
    ProjectionProcessors processors = processors(settings);
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(_ -> filled.general())
            .configureEventStore(_ -> log.store());
    processors.configureModule(configurer);
    Configuration axon = configurer.buildConfiguration();
    var positions = new ProjectionPositions(processors, pool, settings);
    positions.start();
    long start = System.nanoTime();
    axon.start();
    Long reached = positions.await(PROJECTION.name(), events - 1, LONGEST).block();
    double seconds = seconds(start);
    positions.stop();
    axon.shutdown();
    if (reached == null) {
      throw new IllegalStateException("the live projection did not come to the end");
    }
    check("the live projection");
    return seconds;
  }

  private ProjectionProcessors processors(QuerySettings settings) {
    return new ProjectionProcessors(
        List.of(PROJECTION, new StreamProjection()),
        settings,
        pool,
        PromptCoordinatorExecutor::new,
        new SimpleMeterRegistry());
  }

  private void rebuild(Projection<?> projection) {
    String how = projection instanceof SetBased ? "by SQL" : "loaded";
    Serializer serializer = filled.events();
    ProjectionProcessors processors = processors(QuerySettings.defaults());
    var build =
        new GenerationBuild(pool, serializer, filled.general(), Events.CATALOGUE, processors);
    var verification = new Verification(pool, serializer, filled.general(), Events.CATALOGUE);
    for (int round = 1; round <= 2; round++) {
      long start = System.nanoTime();
      Generation built =
          build.run(projection, UUID.randomUUID(), OperationOptions.USUAL, ReplayProgress.SILENT);
      line("%s: rebuild, %s, round %d".formatted(projection.name(), how, round), seconds(start));
      start = System.nanoTime();
      boolean equal = verification.run(built, UUID.randomUUID(), ReplayProgress.SILENT).equal();
      line("%s: verify, round %d".formatted(projection.name(), round), seconds(start));
      if (!equal) {
        throw new IllegalStateException("the rebuilt rows differ");
      }
      new GenerationRemoval(pool, processors).run(built, Mark.NONE, ReplayProgress.SILENT);
    }
  }

  private double stock(StockStorage storage, int batch) throws Exception {
    empty();
    try (var stock = new StockProcessor(storage, log, filled.general(), PROJECTION, batch)) {
      long start = System.nanoTime();
      stock.start();
      stock.await(events - 1, LONGEST);
      double seconds = seconds(start);
      check("stock Axon on " + storage.name());
      return seconds;
    }
  }

  /** As before the first start. */
  private void empty() throws Exception {
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      for (var table : PROJECTION.tables()) {
        statement.execute("truncate %s.%s".formatted(PROJECTION.schema(), table.name()));
      }
      statement.execute("truncate query.token, query.segment_position");
      statement.execute("checkpoint");
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
