package io.countersign.e2e.fuzz;

import io.countersign.e2e.harness.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a node holds when garbage was collected.
 *
 * @param heapBytes used
 * @param files open file descriptors
 * @param connections of its HTTP port, by its own count
 * @param heldBytes of bodies, by its own count
 */
record Vitals(long heapBytes, long files, long connections, long heldBytes) {

  /** What may stay behind of classes, caches and pools that have warmed up. */
  private static final long HEAP_SLACK = 48L << 20;

  private static final long FILES_SLACK = 30;
  private static final Pattern USED = Pattern.compile("total.*used (\\d+)K");

  /** As it is now, after a full collection. */
  static Vitals of(RunningServer server) throws Exception {
    jcmd(server, "GC.run");
    jcmd(server, "GC.run");
    long heap = 0;
    for (String line : jcmd(server, "GC.heap_info").split("\n")) {
      Matcher used = USED.matcher(line);
      if (line.contains("total") && used.find()) {
        heap += Long.parseLong(used.group(1)) << 10;
      }
    }
    String metrics = server.getOpenly("/metrics").body();
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
      return new Vitals(
          heap,
          open.count(),
          gauge(metrics, "countersign_http_connections"),
          gauge(metrics, "countersign_inbox_held_bytes"));
    }
  }

  private static String jcmd(RunningServer server, String command) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
    return output;
  }

  static long gauge(String metrics, String name) {
    Matcher value =
        Pattern.compile("^" + name + "(?:\\{[^}]*})? ([0-9.E+]+)$", Pattern.MULTILINE)
            .matcher(metrics);
    if (!value.find()) {
      throw new AssertionError("no metric " + name);
    }
    return (long) Double.parseDouble(value.group(1));
  }

  /** What is not back where it was. */
  List<String> notBackTo(Vitals before) {
    List<String> findings = new ArrayList<>();
    if (heapBytes > before.heapBytes + HEAP_SLACK) {
      findings.add("heap was %d MB, is %d MB".formatted(before.heapBytes >> 20, heapBytes >> 20));
    }
    if (files > before.files + FILES_SLACK) {
      findings.add("%d files were open, %d are".formatted(before.files, files));
    }
    if (connections > before.connections + 5) {
      findings.add("%d connections were open, %d are".formatted(before.connections, connections));
    }
    if (heldBytes > 0) {
      findings.add(heldBytes + " bytes of bodies are still held");
    }
    return findings;
  }
}
