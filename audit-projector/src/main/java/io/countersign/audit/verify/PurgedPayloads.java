package io.countersign.audit.verify;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.Finding.PayloadDigestMismatch;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes findings on, but for payloads whose text was purged as the log says: these are no
 * findings. What the log says is read at the first payload that is another one, and again when the
 * log has grown since; a purge is recorded before the payload changes, so what is read then is
 * enough.
 */
public final class PurgedPayloads implements Consumer<Finding> {

  /** After so many a log is damaged, and reading it again and again would take for ever. */
  private static final int MOST_READS = 100;

  private final LogReader reader;
  private final Consumer<Finding> findings;
  private Erasures said = Erasures.NONE;
  private long readAt = -1;
  private int reads;
  private long passed;

  /** Findings in what this reader reads. */
  public PurgedPayloads(LogReader reader, Consumer<Finding> findings) {
    this.reader = reader;
    this.findings = findings;
  }

  /** The entry that says the payload of an entry was purged; empty where it is what was written. */
  public static OptionalLong by(LogReader reader, StoredEntry stored) {
    return isAsWritten(stored) ? OptionalLong.empty() : by(RecordedErasures.in(reader), stored);
  }

  /** How many purged payloads there were. */
  public long passed() {
    return passed;
  }

  @Override
  public void accept(Finding finding) {
    if (finding instanceof PayloadDigestMismatch mismatch && isPurged(mismatch.index())) {
      passed++;
    } else {
      findings.accept(finding);
    }
  }

  private boolean isPurged(long index) {
    @Nullable StoredEntry stored = reader.entry(index).orElse(null);
    if (stored == null) {
      return false;
    }
    if (by(said, stored).isPresent()) {
      return true;
    }
    long head = reader.head().map(last -> last.lastIndex()).orElse(-1L);
    if (head == readAt || reads == MOST_READS) {
      return false;
    }
    said = RecordedErasures.in(reader);
    readAt = head;
    reads++;
    return by(said, stored).isPresent();
  }

  private static boolean isAsWritten(StoredEntry stored) {
    try {
      return EntryCodec.decode(stored.entry())
          .payloadDigest()
          .equals(ContentDigest.of(stored.payload()));
    } catch (EntryFormatException _) {
      return true; // which is not for a purge to explain
    }
  }

  private static OptionalLong by(Erasures said, StoredEntry stored) {
    try {
      return said.ofPayload(EntryCodec.decode(stored.entry()), ContentDigest.of(stored.payload()));
    } catch (EntryFormatException _) {
      return OptionalLong.empty();
    }
  }
}
