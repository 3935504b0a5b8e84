package io.countersign.peers.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What figures were taken on. */
final class Machine {

  private static final Path PROC = Path.of("/proc");

  private Machine() {}

  static List<String> describe(Arguments arguments) throws IOException {
    return List.of(
        "%s   tests/benchmarks/run%s   commit %s"
            .formatted(
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                arguments.plan().shortForm() ? " --short" : "",
                commit(arguments.root())),
        "%d cores of %s, %s, Linux %s, Java %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                value("cpuinfo", "model name"),
                value("meminfo", "MemTotal"),
                System.getProperty("os.version"),
                Runtime.version()),
        load());
  }

  static String load() throws IOException {
    String[] words = Files.readString(PROC.resolve("loadavg")).split(" ");
    return "load average: %s, %s, %s".formatted(words[0], words[1], words[2]);
  }

  private static String value(String file, String name) throws IOException {
    return Files.readAllLines(PROC.resolve(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String commit(Path root) throws IOException {
    Process git =
        new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty").start();
    try (var output = git.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      return line == null ? "unknown" : line;
    }
  }
}
