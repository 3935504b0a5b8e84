package io.countersign.benchmarks.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of PostgreSQL: of all its living processes and of those that ended and were waited for.
 * From {@code /proc}, so it is known only for a server on this machine.
 */
public final class ServerCpu {

  /** Linux counts in hundredths of a second (USER_HZ). */
  private static final double TICK_MILLIS = 10;

  private final @Nullable ProcessHandle postmaster;

  private ServerCpu(@Nullable ProcessHandle postmaster) {
    this.postmaster = postmaster;
  }

  /** That of the server with this backend process. */
  static ServerCpu of(long backend) {
    Optional<ProcessHandle> parent = ProcessHandle.of(backend).flatMap(ProcessHandle::parent);
    return new ServerCpu(
        parent
            .filter(
                handle ->
                    handle.info().command().filter(name -> name.contains("postgres")).isPresent())
            .orElse(null));
  }

  /** Milliseconds since its start; empty when the server is elsewhere. */
  OptionalDouble millis() {
    if (postmaster == null) {
      return OptionalDouble.empty();
    }
    try (Stream<ProcessHandle> children = postmaster.children()) {
      return OptionalDouble.of(
          ticks(postmaster.pid(), true) + children.mapToDouble(p -> ticks(p.pid(), false)).sum());
    }
  }

  /** Milliseconds of this process's own children that have ended. */
  static double endedChildrenMillis() {
    double[] fields = stat(ProcessHandle.current().pid());
    return (fields[2] + fields[3]) * TICK_MILLIS;
  }

  private static double ticks(long pid, boolean withEnded) {
    double[] fields = stat(pid);
    return (fields[0] + fields[1] + (withEnded ? fields[2] + fields[3] : 0)) * TICK_MILLIS;
  }

  /** utime, stime, cutime, cstime of proc(5). */
  private static double[] stat(long pid) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return new double[] {
        Double.parseDouble(fields[11]),
        Double.parseDouble(fields[12]),
        Double.parseDouble(fields[13]),
        Double.parseDouble(fields[14])
      };
    } catch (IOException _) {
      return new double[4]; // it has ended since; its time is its parent's now
    }
  }
}
