package io.countersign.benchmarks;

import io.countersign.eventlog.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Start-up time and memory of the packaged program, started by its launcher. Holds when JVM and
 * embedded PostgreSQL together stay under 512 MB idle and under 1 GB after a load. Times are
 * reported, never judged: they are the machine's. Arguments: runs of each kind, deliveries of the
 * load.
 */
public final class StartupCheck {

  private static final int IDLE_MEGABYTES = 512;
  private static final int LOADED_MEGABYTES = 1024;

  private final Path root;
  private final Path folder;
  private final int runs;
  private final int deliveries;

  private StartupCheck(Path root, Path folder, int runs, int deliveries) {
    this.root = root;
    this.folder = folder;
    this.runs = runs;
    this.deliveries = deliveries;
  }

  /** Measures; the exit code says whether what must hold holds. */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int deliveries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3_000;
    Path classes =
        Path.of(StartupCheck.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path root = classes.resolve("../../../..").normalize();
    Path folder = Files.createTempDirectory("countersign-startup");
    boolean holds;
    try {
      holds = new StartupCheck(root, folder, runs, deliveries).measure();
    } finally {
      delete(folder);
    }
    System.out.println(holds ? "HOLDS" : "DOES NOT HOLD");
    System.exit(holds ? 0 : 1);
  }

  private boolean measure() throws IOException, InterruptedException {
    prepare();
    System.out.printf(
        Locale.ROOT,
        "%-38s %8s %8s %8s %7s %7s %8s %8s %8s %8s%n",
        "start (median of " + runs + ")",
        "ready ms",
        "202 ms",
        "CPU ms",
        "classes",
        "threads",
        "JVM RSS",
        "JVM PSS",
        "PG RSS",
        "PG PSS");
    var idle = new ArrayList<Long>();
    var first = new ArrayList<Sample>();
    for (int i = 0; i < runs; i++) {
      first.add(sample(folder.resolve("first-" + i), Map.of()));
    }
    idle.add(print("embedded, first start", first));
    Path data = folder.resolve("first-0");
    idle.add(print("embedded, later start", samples(data, Map.of())));
    print("embedded, later start, without cache", samples(data, without()));
    Path cluster = Files.createDirectory(folder.resolve("external"));
    try (var postgres = KillablePostgres.start(cluster)) {
      var external = external(postgres.newLog("startup"));
      Path own = folder.resolve("own");
      print("external, first start", List.of(sample(own, external)));
      print("external, later start", samples(own, external));
      external.putAll(without());
      print("external, later start, without cache", samples(own, external));
    }
    long loaded = loaded(data);
    long most = idle.stream().mapToLong(Long::longValue).max().orElseThrow();
    System.out.printf(
        "JVM and embedded PostgreSQL together: idle %d MB (limit %d), loaded %d MB (limit %d)%n",
        most, IDLE_MEGABYTES, loaded, LOADED_MEGABYTES);
    return most < IDLE_MEGABYTES && loaded < LOADED_MEGABYTES;
  }

  /** Builds and trains, so that no sample does. */
  private void prepare() throws IOException, InterruptedException {
    Process launcher =
        new ProcessBuilder(root.resolve("countersign").toString(), "serve", "--help")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (launcher.waitFor() != 0) {
      throw new IllegalStateException("./countersign failed");
    }
    Path cache = root.resolve("app/target/run/start-up.aot");
    System.out.println(
        Files.exists(cache)
            ? "start-up cache: %d MB".formatted(Files.size(cache) >> 20)
            : "start-up cache: none");
  }

  private static Map<String, String> without() {
    return Map.of("COUNTERSIGN_START_CACHE", "off");
  }

  private static Map<String, String> external(DatabaseAddress address) {
    var environment = new HashMap<String, String>();
    environment.put("COUNTERSIGN_DATABASE_URL", address.url());
    environment.put("COUNTERSIGN_DATABASE_USER", address.user());
    environment.put("COUNTERSIGN_DATABASE_PASSWORD", address.password());
    return environment;
  }

  private List<Sample> samples(Path data, Map<String, String> environment)
      throws IOException, InterruptedException {
    var samples = new ArrayList<Sample>();
    for (int i = 0; i < runs; i++) {
      samples.add(sample(data, environment));
    }
    return samples;
  }

  private Sample sample(Path data, Map<String, String> environment)
      throws IOException, InterruptedException {
    try (var server = PackagedServer.start(root, data, environment)) {
      return Sample.of(server);
    }
  }

  private long loaded(Path data) throws IOException, InterruptedException {
    try (var server = PackagedServer.start(root, data, Map.of())) {
      long began = System.nanoTime();
      Duration cpu = cpu(server);
      server.load(deliveries);
      System.out.printf(
          Locale.ROOT,
          "%,d deliveries sent and handled in %.1f s, %.2f ms of the JVM's CPU time each%n",
          deliveries,
          (System.nanoTime() - began) / 1e9,
          (double) cpu(server).minus(cpu).toMillis() / deliveries);
      return print("embedded, after the load", List.of(Sample.of(server)));
    }
  }

  private static Duration cpu(PackagedServer server) {
    return server.jvm().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static long print(String what, List<Sample> samples) {
    Sample median =
        samples.stream()
            .sorted(Comparator.comparingLong(Sample::readyMillis))
            .toList()
            .get(samples.size() / 2);
    System.out.printf(
        Locale.ROOT,
        "%-38s %,8d %,8d %,8d %,7d %7d %5d MB %5d MB %5d MB %5d MB%n",
        what,
        median.readyMillis(),
        median.acceptedMillis(),
        median.cpuMillis(),
        median.classes(),
        median.threads(),
        median.jvm().rssMegabytes(),
        median.jvm().pssMegabytes(),
        median.postgres().rssMegabytes(),
        median.postgres().pssMegabytes());
    return samples.stream()
        .mapToLong(s -> s.jvm().pssMegabytes() + s.postgres().pssMegabytes())
        .max()
        .orElseThrow();
  }

  /** What one start showed. */
  private record Sample(
      long readyMillis,
      long acceptedMillis,
      long cpuMillis,
      long classes,
      long threads,
      Footprint jvm,
      Footprint postgres) {

    static Sample of(PackagedServer server) throws IOException, InterruptedException {
      return new Sample(
          server.readyMillis(),
          server.acceptedMillis(),
          server.readyCpu().toMillis(),
          Footprint.classes(server.jvm()),
          Footprint.threads(server.jvm()),
          Footprint.of(List.of(server.jvm())),
          Footprint.of(server.postgres()));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
