package io.countersign.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;

/** What was used up since it was made. */
final class Meter {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final BenchPostgres postgres;
  private final long wal;
  private final double client;
  private final OptionalDouble server;
  private final long nanos;

  private Meter(BenchPostgres postgres) {
    this.postgres = postgres;
    this.wal = postgres.walBytes();
    this.server = postgres.cpu().millis();
    this.client = clientMillis();
    this.nanos = System.nanoTime();
  }

  static Meter start(BenchPostgres postgres) {
    return new Meter(postgres);
  }

  /**
   * Used up.
   *
   * @param seconds passed
   * @param clientMillis CPU of this process and its ended children
   * @param serverMillis CPU of PostgreSQL
   * @param walBytes written
   */
  record Used(double seconds, double clientMillis, OptionalDouble serverMillis, long walBytes) {}

  Used used() {
    double seconds = (System.nanoTime() - nanos) / 1e9;
    double clientUsed = clientMillis() - client;
    OptionalDouble serverNow = postgres.cpu().millis();
    OptionalDouble serverUsed =
        serverNow.isPresent() && server.isPresent()
            ? OptionalDouble.of(serverNow.getAsDouble() - server.getAsDouble())
            : OptionalDouble.empty();
    return new Used(seconds, clientUsed, serverUsed, postgres.walBytes() - wal);
  }

  private static double clientMillis() {
    return SYSTEM.getProcessCpuTime() / 1e6 + ServerCpu.endedChildrenMillis();
  }
}
