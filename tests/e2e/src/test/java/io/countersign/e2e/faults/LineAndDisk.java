package io.countersign.e2e.faults;

import io.countersign.e2e.faults.FullDisk.Place;
import io.countersign.e2e.harness.Fault;
import java.time.Duration;
import java.util.List;

/** The long forms of this package. */
public final class LineAndDisk {

  /**
   * One of them.
   *
   * @param part name of the group it belongs to
   */
  public record Listed(String part, Fault fault, int rounds, Duration phase, Duration outage) {}

  /** All of them. */
  public static final List<Listed> ALL =
      List.of(
          line(new CutLine(new ProxyLine(""), 1), 20, 2, 0),
          line(new CutLine(new ProxyLine(""), 2), 10, 2, 0),
          // longer than every limit of time on a connection
          line(new BlackHole(new ProxyLine(""), 1), 4, 0, 45),
          line(new Latency(new ProxyLine(""), 1, Duration.ofMillis(5)), 10, 3, 0),
          line(new Latency(new ProxyLine(""), 1, Duration.ofMillis(50)), 10, 3, 0),
          disk(new FullDisk(1, Place.INBOX), 3, 0, 20),
          disk(new FullDisk(1, Place.LOG), 3, 0, 20),
          disk(new SmallDisk(1, false), 3, 0, 15),
          disk(new SmallDisk(1, true), 3, 0, 15),
          disk(new SlowFlush(new ProxyLine(""), 1, true, Duration.ofMillis(100)), 10, 3, 0),
          disk(new SlowFlush(new ProxyLine(""), 1, false, Duration.ofMillis(100)), 10, 3, 0),
          new Listed("clock", new ClockSteps(), 3, Duration.ZERO, Duration.ZERO),
          new Listed(
              "snapshot",
              new LongSnapshot(1, false),
              1,
              Duration.ofSeconds(180),
              Duration.ofSeconds(600)),
          new Listed(
              "control", new PretendedCommit(new ProxyLine("")), 1, Duration.ZERO, Duration.ZERO),
          new Listed(
              "control",
              new LongSnapshot(1, true),
              1,
              Duration.ofSeconds(60),
              Duration.ofSeconds(120)));

  private LineAndDisk() {}

  private static Listed line(Fault fault, int rounds, int phase, int outage) {
    return new Listed("line", fault, rounds, Duration.ofSeconds(phase), Duration.ofSeconds(outage));
  }

  private static Listed disk(Fault fault, int rounds, int phase, int outage) {
    return new Listed("disk", fault, rounds, Duration.ofSeconds(phase), Duration.ofSeconds(outage));
  }
}
