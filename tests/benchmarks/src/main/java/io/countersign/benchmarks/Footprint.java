package io.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Memory of a group of processes as Linux counts it, in KiB. RSS counts a page once for each
 * process that has it, PSS shares it out: so only PSS of several processes may be added up.
 *
 * @param rss resident set size
 * @param pss proportional set size
 * @param processes how many
 */
record Footprint(long rss, long pss, int processes) {

  /** Of the processes that are there; one that ends meanwhile counts nothing. */
  static Footprint of(List<ProcessHandle> processes) throws IOException {
    long rss = 0;
    long pss = 0;
    for (ProcessHandle process : processes) {
      Path proc = Path.of("/proc", Long.toString(process.pid()));
      rss += kib(proc.resolve("smaps_rollup"), "Rss:");
      pss += kib(proc.resolve("smaps_rollup"), "Pss:");
    }
    return new Footprint(rss, pss, processes.size());
  }

  /** The server of a cluster and its children; nothing when it does not run. */
  static List<ProcessHandle> postgres(Path cluster) throws IOException {
    Path file = cluster.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return List.of();
    }
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    return ProcessHandle.of(pid).stream()
        .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
        .toList();
  }

  /** Threads of the operating system. */
  static long threads(ProcessHandle process) throws IOException {
    return number(Path.of("/proc", Long.toString(process.pid()), "status"), "Threads:");
  }

  /** Classes loaded in a JVM, shared ones included. */
  static long classes(ProcessHandle jvm) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(jvm.pid()),
                "PerfCounter.print")
            .redirectErrorStream(true)
            .start();
    String counters = new String(jcmd.getInputStream().readAllBytes());
    jcmd.waitFor(30, TimeUnit.SECONDS);
    return counters
        .lines()
        .filter(line -> line.matches("java\\.cls\\.(l|sharedL)oadedClasses=\\d+"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
        .sum();
  }

  long rssMegabytes() {
    return rss / 1024;
  }

  long pssMegabytes() {
    return pss / 1024;
  }

  private static long kib(Path file, String name) throws IOException {
    return number(file, name);
  }

  private static long number(Path file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      Optional<String> line = lines.filter(each -> each.startsWith(name)).findFirst();
      return line.map(each -> Long.parseLong(each.replaceAll("\\D", ""))).orElse(0L);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (java.io.UncheckedIOException e) {
      return 0; // ended while it was read
    }
  }
}
