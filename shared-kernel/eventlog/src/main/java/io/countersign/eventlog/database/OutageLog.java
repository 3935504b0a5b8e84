package io.countersign.eventlog.database;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Tells of something that fails again and again, for example while the database is away: one line
 * when it begins, at most one a minute meanwhile, one when it is over. Safe for several threads.
 */
public final class OutageLog {

  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String what;
  private final Consumer<String> warn;
  private final Consumer<String> info;
  private final LongSupplier nanos;
  private long failures;
  private long since;
  private long told;

  /**
   * Nothing has failed yet.
   *
   * @param what does not work, as a sentence without its end: "deliveries are not stored"
   */
  public OutageLog(Logger log, String what) {
    this(what, log::warn, log::info, System::nanoTime);
  }

  OutageLog(String what, Consumer<String> warn, Consumer<String> info, LongSupplier nanos) {
    this.what = what;
    this.warn = warn;
    this.info = info;
    this.nanos = nanos;
  }

  /**
   * It failed.
   *
   * @param why a code or the name of a class, never values
   */
  public synchronized void failed(String why) {
    long now = nanos.getAsLong();
    if (failures == 0) {
      since = now;
      told = now;
      warn.accept("%s: %s".formatted(what, why));
    } else if (now - told >= PAUSE_NANOS) {
      told = now;
      warn.accept(
          "%s: %s; for %d s now, failed %,d times"
              .formatted(what, why, seconds(now), failures + 1));
    }
    failures++;
  }

  /** It worked. */
  public synchronized void works() {
    if (failures > 0) {
      info.accept(
          "over after %d s and %,d failures: %s"
              .formatted(seconds(nanos.getAsLong()), failures, what));
      failures = 0;
    }
  }

  private long seconds(long now) {
    return TimeUnit.NANOSECONDS.toSeconds(now - since);
  }
}
