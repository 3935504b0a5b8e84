package io.countersign.e2e.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Resident memory of a node that stays the same process: after a first load, and again after the
 * fault and the load around it, each time after a quiet while and a collection of garbage, so that
 * what is compared is what it keeps.
 */
public final class Memory {

  /** More than this above the level before is a leak: heap is given back in steps. */
  public static final long MARGIN = 48L << 20;

  private static final Duration COLLECTED_WITHIN = Duration.ofSeconds(60);

  private Memory() {}

  /** Lets the quiet time pass, collects, and reads. */
  public static long settled(Node node, Duration quiet) throws IOException, InterruptedException {
    Thread.sleep(quiet); // a quiet time is what is to be measured after
    RunningServer server = node.server();
    Process collect =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.pid()),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!collect.waitFor(COLLECTED_WITHIN.toSeconds(), TimeUnit.SECONDS)
        || collect.exitValue() != 0) {
      throw new IOException("%s does not answer jcmd".formatted(node.name()));
    }
    return server.residentBytes();
  }

  /** In MB. */
  public static long megabytes(long bytes) {
    return bytes >> 20;
  }
}
