package io.countersign.audit.scrub;

import io.countersign.audit.verify.AuditReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the scrubber knows. Read by many threads, changed by its own. */
final class ScrubState {

  private static final int LISTED = 100;

  private final List<ScrubFinding> findings = new ArrayList<>();
  private long findingCount;
  private long inThisRound;
  private long next;
  private long rounds;
  private @Nullable Instant roundEndedAt;

  /**
   * One finding.
   *
   * @param index the entry at which it shows; of a problem of the log as a whole the size of the
   *     log
   * @param code a stable word
   * @param words one sentence
   */
  record ScrubFinding(long index, String code, String words) {}

  synchronized void at(long index) {
    next = index;
  }

  synchronized long next() {
    return next;
  }

  /** Adds what a part of the log showed; gives back what is new. */
  synchronized List<ScrubFinding> add(AuditReport report) {
    var news = new ArrayList<ScrubFinding>();
    var all = new ArrayList<ScrubFinding>();
    long size = report.checkpoint() == null ? 0 : report.checkpoint().size();
    report.problems().forEach(p -> all.add(new ScrubFinding(size, p.code().name(), p.words())));
    report.findings().forEach(f -> all.add(new ScrubFinding(f.index(), f.code(), f.words())));
    for (ScrubFinding one : all) {
      if (!findings.contains(one)) {
        findingCount++;
        news.add(one);
        if (findings.size() < LISTED) {
          findings.add(one);
        }
      }
    }
    inThisRound += all.size();
    return news;
  }

  /** The whole log was read once; what was found stays until a round finds nothing. */
  synchronized void roundEnded(Instant now) {
    rounds++;
    roundEndedAt = now;
    if (inThisRound == 0) {
      findings.clear();
      findingCount = 0;
    }
    inThisRound = 0;
    next = 0;
  }

  synchronized long findingCount() {
    return findingCount;
  }

  /** Since the last whole round. */
  synchronized Optional<Duration> age(Instant now) {
    return Optional.ofNullable(roundEndedAt).map(end -> Duration.between(end, now));
  }

  synchronized ScrubView view(int rate) {
    return new ScrubView(
        rate > 0, rate, next, rounds, roundEndedAt, findingCount, List.copyOf(findings));
  }
}
