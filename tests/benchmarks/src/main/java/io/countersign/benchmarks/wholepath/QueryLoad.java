package io.countersign.benchmarks.wholepath;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The query API of the packaged program under a fixed rate of requests, with many work items: one
 * of them (seven of ten), a page of fifty of a project (two), a page of fifty by state. Timed from
 * when each was due. The rows are copies of real ones under other numbers, sealed text and all;
 * nobody writes meanwhile. One of a hundred is new, nine are in progress, ninety are done.
 */
public final class QueryLoad {

  private static final int SEED_DELIVERIES = 500;
  private static final int SECONDS = Integer.getInteger("seconds", 30);

  private final ServerUnderLoad server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final Random random = new Random(7);
  private static final int FIRST = 10_000_000;
  private static final int SAMPLE = 50_000;

  private final List<String> projects = new ArrayList<>();
  private final List<String> items = new ArrayList<>();
  private int count;

  private QueryLoad(ServerUnderLoad server) {
    this.server = server;
  }

  /** {@code tests/benchmarks/run queries [work items] [requests a second ...]}. */
  public static void main(String[] args) throws Exception {
    int items = args.length > 0 ? Integer.parseInt(args[0].replace("_", "")) : 1_000_000;
    List<Integer> rates = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      rates.add(Integer.valueOf(args[i].replace("_", "")));
    }
    try (var server = ServerUnderLoad.start()) {
      var load = new QueryLoad(server);
      load.fill(items);
      load.run("warm-up", 200, 20);
      for (int rate : rates.isEmpty() ? List.of(100, 1_000) : rates) {
        load.run("%,d requests/s".formatted(rate), rate, SECONDS);
      }
    }
    System.exit(0);
  }

  private void fill(int wanted) throws Exception {
    if (System.getProperty("data") == null) {
      copy(wanted);
    }
    choose();
  }

  private void copy(int wanted) throws Exception {
    try (var load = new Load(server);
        var handled = new Handled(server);
        var visible = new Visibility(server)) {
      load.closed(load.senders(8, SEED_DELIVERIES), 120, visible);
      handled.awaitAll(visible);
    }
    try (Connection database = server.database();
        var statement = database.createStatement()) {
      statement.execute("set synchronous_commit to off");
      int rows = number(statement.executeQuery("select count(*) from rm_workitem_v1.work_item"));
      String columns =
          text(
              statement.executeQuery(
                  """
                  select string_agg(column_name, ', ') from information_schema.columns
                  where table_schema = 'rm_workitem_v1' and table_name = 'work_item'
                    and is_generated = 'NEVER' and column_name not in ('id', 'number', 'state', 'changed_at')
                  """));
      statement.execute(
          """
          insert into rm_workitem_v1.work_item (id, number, state, changed_at, %1$s)
          select 'workitem:' || organization || ':' || (%2$d + n), %2$d + n,
            case when n %% 100 = 0 then 'New' when n %% 100 < 10 then 'InProgress' else 'Done' end,
            changed_at - n * interval '1 s', %1$s
          from generate_series(0, %3$d - 1) n
          join (select row_number() over () - 1 as place, w.* from rm_workitem_v1.work_item w) w on w.place = n %% %4$d
          """
              .formatted(columns, FIRST, wanted, rows));
      statement.execute("vacuum analyze rm_workitem_v1.work_item");
    }
  }

  private void choose() throws Exception {
    try (Connection database = server.database();
        var statement = database.createStatement()) {
      try (ResultSet found =
          statement.executeQuery(
              "select id from rm_workitem_v1.work_item order by md5(id) limit " + SAMPLE)) {
        while (found.next()) {
          items.add(found.getString(1));
        }
      }
      count = number(statement.executeQuery("select count(*) from rm_workitem_v1.work_item"));
      try (ResultSet found =
          statement.executeQuery("select distinct project from rm_workitem_v1.work_item")) {
        while (found.next()) {
          projects.add(found.getString(1));
        }
      }
    }
    System.out.printf(Locale.ROOT, "%,d work items of %d projects%n", count, projects.size());
  }

  private static int number(ResultSet row) throws Exception {
    row.next();
    return row.getInt(1);
  }

  private static String text(ResultSet row) throws Exception {
    row.next();
    return row.getString(1);
  }

  private URI next() {
    int kind = random.nextInt(10);
    if (kind < 7) {
      return server.url("/api/v1/work-items/" + items.get(random.nextInt(items.size())));
    }
    return server.url(
        kind < 9
            ? "/api/v1/work-items?limit=50&project=" + projects.get(random.nextInt(projects.size()))
            : "/api/v1/work-items?limit=50&state=New");
  }

  private void run(String name, int rate, int seconds) throws Exception {
    String token = "Bearer " + server.operatorToken();
    Histogram micros = new ConcurrentHistogram(3_600_000_000L, 3);
    var failures = new ConcurrentHashMap<String, AtomicLong>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    ServerUnderLoad.Cpu before = server.cpu();
    long start = System.nanoTime();
    for (int i = 0; i < rate * seconds; i++) {
      long due = start + (long) (i * 1e9 / rate);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      HttpRequest request =
          HttpRequest.newBuilder(next())
              .timeout(Duration.ofSeconds(30))
              .header("Authorization", token)
              .build();
      all.add(
          client
              .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
              .whenComplete(
                  (answer, failure) -> {
                    micros.recordValue(Math.max(1, (System.nanoTime() - due) / 1_000));
                    if (failure != null || answer.statusCode() != 200) {
                      String kind =
                          failure == null
                              ? Integer.toString(answer.statusCode())
                              : failure.getClass().getSimpleName();
                      failures.computeIfAbsent(kind, _ -> new AtomicLong()).incrementAndGet();
                    }
                  }));
    }
    for (CompletableFuture<?> one : all) {
      one.exceptionally(_ -> null).join();
    }
    ServerUnderLoad.Cpu used = server.cpu().minus(before);
    double taken = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-18s n %,7d  failed %s  p50 %7.2f  p95 %7.2f  p99 %7.2f  max %8.2f ms  CPU of the JVM %.2f, of PostgreSQL %.2f cores%n",
        name,
        micros.getTotalCount(),
        failures,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(95) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getMaxValue() / 1e3,
        used.jvm() / 1e3 / taken,
        used.postgres() / 1e3 / taken);
  }
}
