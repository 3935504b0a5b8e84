package io.countersign.auditlog;

import io.countersign.auditlog.Finding.Column;
import io.countersign.auditlog.Finding.ColumnMismatch;
import io.countersign.auditlog.Finding.HashMismatch;
import io.countersign.auditlog.Finding.IndexGap;
import io.countersign.auditlog.Finding.IndexRepeated;
import io.countersign.auditlog.Finding.LogIdMismatch;
import io.countersign.auditlog.Finding.MetadataDigestMismatch;
import io.countersign.auditlog.Finding.PayloadDigestMismatch;
import io.countersign.auditlog.Finding.PreviousHashMismatch;
import io.countersign.auditlog.Finding.RecordedAtBackwards;
import io.countersign.auditlog.Finding.Unreadable;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes everything a stored log says about itself. Fed row after row in order of index, it
 * reports every finding at the entry where the damage is, and goes on: one changed byte does not
 * make all later entries look damaged. Memory grows with the number of aggregates, not of entries.
 *
 * <p>What it cannot see without a checkpoint kept elsewhere: entries cut off at the end, and a log
 * rewritten as a whole. Not safe for several threads.
 */
public final class ChainVerifier {

  private final Consumer<Finding> findings;
  private final AggregateChains aggregates;
  private final long from;
  private @Nullable UUID logId;
  private @Nullable Previous previous;
  private @Nullable Instant recordedAt;
  private long expected;
  private long rows;
  private boolean contents = true;

  private ChainVerifier(long from, Consumer<Finding> findings) {
    this.findings = findings;
    this.aggregates = new AggregateChains(from);
    this.from = from;
    this.expected = from;
  }

  /**
   * Verifies from the first entry on.
   *
   * @param findings is told every finding, in order of index
   */
  public static ChainVerifier fromTheStart(Consumer<Finding> findings) {
    return new ChainVerifier(0, findings);
  }

  /**
   * Verifies the entries after one that is taken as given: the next must name its stored hash. Of
   * aggregates that began before, the first entry met is taken as a continuation.
   *
   * @param given the row before the first one to verify
   */
  public static ChainVerifier after(LogRow given, Consumer<Finding> findings) {
    return after(given.index(), given.entryHash(), given.entry(), findings);
  }

  /**
   * The same where the log is published.
   *
   * @param index of the entry before the first one to verify
   * @param entry its bytes
   */
  public static ChainVerifier after(long index, byte[] entry, Consumer<Finding> findings) {
    return after(index, EntryHash.of(entry).bytes(), entry, findings);
  }

  private static ChainVerifier after(
      long index, byte[] hash, byte[] bytes, Consumer<Finding> findings) {
    var verifier = new ChainVerifier(Math.addExact(index, 1), findings);
    verifier.previous = new Previous(hash, hash);
    try {
      Entry entry = EntryCodec.decode(bytes);
      verifier.logId = entry.logId();
      verifier.recordedAt = entry.recordedAt();
    } catch (EntryFormatException _) {
      // the given entry is not judged here; the next one still has to name its hash
    }
    return verifier;
  }

  /**
   * Verifies from an entry on whose predecessor is missing: that is the first finding.
   *
   * @param from index of the first entry to verify, 1 or more
   */
  public static ChainVerifier withoutThoseBefore(long from, Consumer<Finding> findings) {
    findings.accept(new IndexGap(from - 1, from));
    return new ChainVerifier(from, findings);
  }

  /** The log these entries must belong to; without it, the first readable entry decides. */
  public ChainVerifier expectLog(UUID id) {
    logId = id;
    return this;
  }

  /** Rows come without payload and metadata, which are then not looked at. */
  public ChainVerifier withoutContents() {
    contents = false;
    return this;
  }

  /**
   * Verifies the next row.
   *
   * @return the hash its entry bytes have, computed here
   */
  public EntryHash accept(LogRow row) {
    rows++;
    EntryHash computed = EntryHash.of(row.entry());
    if (isNext(row.index())) {
      check(row.index(), row.entry(), computed, row.entryHash(), row);
    }
    return computed;
  }

  /**
   * Verifies the next entry where the log is published: there are neither contents nor columns, and
   * its hash stands as a leaf in the tree.
   *
   * @param computed the hash of these very bytes
   * @param leaf the hash that was published; the same where that cannot be read
   */
  public void accept(long index, byte[] entry, EntryHash computed, EntryHash leaf) {
    rows++;
    if (isNext(index)) {
      check(index, entry, computed, leaf.bytes(), null);
    }
  }

  private void check(
      long index, byte[] bytes, EntryHash computed, byte[] storedHash, @Nullable LogRow row) {
    boolean whole = Arrays.equals(computed.bytes(), storedHash);
    if (!whole) {
      findings.accept(new HashMismatch(index));
    }
    try {
      Entry entry = EntryCodec.decode(bytes);
      if (row != null) {
        checkContent(row, entry);
      } else if (entry.index().value() != index) {
        findings.accept(new ColumnMismatch(index, Column.INDEX));
      }
      checkPlace(index, entry, whole);
    } catch (EntryFormatException e) {
      findings.accept(new Unreadable(index, e.reason(), e.offset()));
      aggregates.lose(index, index);
    }
    previous = new Previous(storedHash, computed.bytes());
  }

  /** Rows fed so far. */
  public long rows() {
    return rows;
  }

  private boolean isNext(long index) {
    if (index < expected) {
      findings.accept(new IndexRepeated(index, expected - 1));
      return false;
    }
    if (index > expected) {
      findings.accept(new IndexGap(expected, index));
      aggregates.lose(expected, index - 1);
      previous = null;
    }
    expected = Math.addExact(index, 1);
    return true;
  }

  private void checkPlace(long index, Entry entry, boolean whole) {
    byte[] named = entry.previousHash().bytes();
    if (index == 0 && from == 0) {
      previous = new Previous(EntryHash.NONE.bytes(), EntryHash.NONE.bytes());
    }
    if (whole && previous != null && !previous.is(named)) {
      findings.accept(new PreviousHashMismatch(index));
    }
    if (!whole || entry.index().value() != index) {
      aggregates.lose(index, index);
      return;
    }
    if (logId == null) {
      logId = entry.logId();
    } else if (!logId.equals(entry.logId())) {
      findings.accept(new LogIdMismatch(index, logId, entry.logId()));
    }
    if (recordedAt != null && entry.recordedAt().isBefore(recordedAt)) {
      findings.accept(new RecordedAtBackwards(index));
    }
    recordedAt = entry.recordedAt();
    aggregates.check(entry, findings);
  }

  private void checkContent(LogRow row, Entry entry) {
    long index = row.index();
    if (contents && !ContentDigest.of(row.payload()).equals(entry.payloadDigest())) {
      findings.accept(new PayloadDigestMismatch(index));
    }
    if (contents && !ContentDigest.of(row.metadata()).equals(entry.metadataDigest())) {
      findings.accept(new MetadataDigestMismatch(index));
    }
    LogRow.Columns columns = row.columns();
    compare(index, Column.INDEX, index, entry.index().value());
    compare(index, Column.AGGREGATE_TYPE, columns.aggregateType(), entry.aggregateType());
    compare(index, Column.AGGREGATE_ID, columns.aggregateId(), entry.aggregateId());
    compare(index, Column.SEQUENCE, columns.sequence(), entry.sequence());
    compare(index, Column.EVENT_ID, columns.eventId(), entry.eventId());
    compare(index, Column.NAME, columns.name(), entry.name());
    compare(index, Column.REVISION, columns.revision(), entry.revision());
    compare(index, Column.OCCURRED_AT, columns.occurredAt(), entry.occurredAt());
    compare(index, Column.RECORDED_AT, columns.recordedAt(), entry.recordedAt());
    compare(index, Column.ACTOR, columns.actor(), entry.actor());
    compare(index, Column.CORRELATION_ID, columns.correlationId(), entry.correlationId());
    compare(index, Column.CAUSATION_ID, columns.causationId(), entry.causationId());
  }

  private void compare(long index, Column column, Object stored, Object said) {
    if (!stored.equals(said)) {
      findings.accept(new ColumnMismatch(index, column));
    }
  }

  /**
   * The entry before: its stored hash and the one its bytes have. Where they differ the damage was
   * reported there, and naming either of them is no second finding.
   */
  private record Previous(byte[] stored, byte[] computed) {

    boolean is(byte[] named) {
      return Arrays.equals(named, stored) || Arrays.equals(named, computed);
    }
  }
}
