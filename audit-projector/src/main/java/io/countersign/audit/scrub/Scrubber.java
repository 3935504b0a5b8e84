package io.countersign.audit.scrub;

import io.countersign.audit.AuditWarnings;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.scrub.ScrubState.ScrubFinding;
import io.countersign.audit.verify.AuditReport;
import io.countersign.audit.verify.Erasures;
import io.countersign.audit.verify.LogAudit;
import io.countersign.audit.verify.LogAudit.Database;
import io.countersign.audit.verify.LogAudit.Options;
import io.countersign.audit.verify.LogAudit.Published;
import io.countersign.audit.verify.Outcome;
import io.countersign.audit.verify.Progress;
import io.countersign.audit.verify.RecordedErasures;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the log part by part, as {@code audit verify --database} does, round after round. What
 * is found is looked at a second time before it is told, with what the log says by then: a key is
 * destroyed a moment before the entry that says so. Not safe for several threads, but for {@link
 * #view} and {@link #warnings}.
 */
public final class Scrubber implements AuditWarnings {

  /** Entries of a part: a bundle. */
  static final int PART = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);

  private final LogReader reader;
  private final PublishedLog published;
  private final LogAudit.Trust trust;
  private final KeyStates keys;
  private final ScrubPosition position;
  private final int rate;
  private final Clock clock;
  private final ScrubState state = new ScrubState();
  private @Nullable Erasures erasures;
  private boolean suspected;
  private boolean begun;

  Scrubber(
      LogReader reader,
      PublishedLog published,
      LogAudit.Trust trust,
      KeyStates keys,
      ScrubPosition position,
      int rate,
      Clock clock) {
    this.reader = reader;
    this.published = published;
    this.trust = trust;
    this.keys = keys;
    this.position = position;
    this.rate = rate;
    this.clock = clock;
  }

  /** What a step led to. */
  enum Step {
    /** A part was verified. */
    PART,
    /** Something was found and is to be looked at again in a while. */
    SUSPECTED,
    /** The end was reached; the next step begins a new round. */
    ROUND_ENDED,
    /** Nothing is there to verify yet. */
    NOTHING
  }

  /** Verifies the next part. */
  Step step() throws IOException {
    if (!begun) {
      state.at(position.read());
      begun = true;
    }
    long from = state.next();
    Optional<Published> sealed = sealed();
    long end = reader.head().map(LogHead::lastIndex).orElse(-1L) + 1;
    if (sealed.isEmpty()) {
      return Step.NOTHING;
    }
    Options part = new Options(null, false, from, from + PART, true);
    AuditReport report =
        LogAudit.run(
            sealed.get(),
            trust,
            new Database(reader, keys, new Remembered()),
            part,
            Progress.SILENT);
    if (report.outcome() != Outcome.SOUND && !suspected) {
      suspected = true;
      return Step.SUSPECTED;
    }
    suspected = false;
    state.add(report).forEach(Scrubber::alarm);
    long sealedSize = report.checkpoint() == null ? 0 : report.checkpoint().size();
    if (from + PART >= Math.max(end, sealedSize)) {
      state.roundEnded(clock.instant());
      position.write(0);
      return Step.ROUND_ENDED;
    }
    state.at(from + PART);
    position.write(from + PART);
    return Step.PART;
  }

  /** Reading all erasures for each part would cost more than the part: mostly the last ones do. */
  private final class Remembered implements Supplier<Erasures> {

    private boolean asked;

    @Override
    public Erasures get() {
      Erasures last = erasures;
      if (last == null || asked) {
        last = RecordedErasures.in(reader);
        erasures = last;
      }
      asked = true;
      return last;
    }
  }

  private Optional<Published> sealed() throws IOException {
    try {
      Optional<SignedNote> note = published.checkpoint();
      return note.map(signed -> new Published(published, signed.bytes()));
    } catch (NoteFormatException _) {
      return Optional.of(new Published(published, new byte[0])); // refused where it is read
    }
  }

  private static void alarm(ScrubFinding finding) {
    LOG.error(
        "THE LOG IS DAMAGED: entry {}: {}: {}", finding.index(), finding.code(), finding.words());
  }

  /** How far it is and what it found. */
  ScrubView view() {
    return state.view(rate);
  }

  @Override
  public List<String> warnings() {
    ScrubView now = view();
    List<ScrubFinding> found = now.findings();
    return found.isEmpty()
        ? List.of()
        : List.of(
            "the log does not verify: %d findings, the first at entry %d: %s"
                .formatted(now.findingCount(), found.getFirst().index(), found.getFirst().code()));
  }

  ScrubState state() {
    return state;
  }

  /** Since the last whole round. */
  Optional<Duration> age() {
    return state.age(clock.instant());
  }
}
