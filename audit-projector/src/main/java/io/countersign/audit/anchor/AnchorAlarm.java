package io.countersign.audit.anchor;

import io.countersign.kernel.audit.AuditEvent.AnchorFailing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that an anchor fails for so long that somebody has to look. What waits for it and since
 * when stands in the log, so a restart or another node begins nothing anew.
 */
final class AnchorAlarm {

  private static final Logger LOG = LoggerFactory.getLogger(AnchorAlarm.class);

  private final AnchoredEntries entries;
  private final int intervals;

  /**
   * An alarm.
   *
   * @param intervals for how many of an anchor's intervals entries may wait; 0: for ever
   */
  AnchorAlarm(AnchoredEntries entries, int intervals) {
    this.entries = entries;
    this.intervals = intervals;
  }

  /**
   * What an anchor could not vouch for.
   *
   * @param from entries it has vouched for
   * @param below entries of the checkpoint it was asked about
   */
  record Waiting(String origin, long from, long below) {}

  /**
   * It failed once more.
   *
   * @return whether that is recorded
   */
  boolean failed(Anchor anchor, Duration interval, Waiting waiting, Instant now) {
    if (intervals == 0) {
      return false;
    }
    try {
      boolean tooLong =
          entries
              .waitsSince(waiting.from(), waiting.below())
              .map(since -> since.plus(interval.multipliedBy(intervals)).isBefore(now))
              .orElse(false);
      if (tooLong) {
        entries.append(
            new AnchorFailing(
                waiting.origin(), anchor.kind().word(), anchor.name(), waiting.from(), intervals),
            id(anchor.name(), waiting));
      }
      return tooLong;
    } catch (RuntimeException e) {
      LOG.debug("that {} fails will be recorded later: {}", anchor.name(), e.getClass().getName());
      return false;
    }
  }

  /** The same for the same failing, whoever records it and how often. */
  private static UUID id(String anchor, Waiting waiting) {
    return UUID.nameUUIDFromBytes(
        "anchor-failing/%s/%s/%d"
            .formatted(waiting.origin(), anchor, waiting.from())
            .getBytes(StandardCharsets.UTF_8));
  }
}
