package io.countersign.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.auditlog.Finding.AggregateLinkMismatch;
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
import io.countersign.auditlog.Finding.SequenceMismatch;
import io.countersign.auditlog.Finding.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {

  @Test
  void anUntouchedLogHasNoFindings() {
    assertThat(verify(SampleLog.ofSize(100))).isEmpty();
    assertThat(verify(List.of())).isEmpty();
  }

  @Test
  void everyFlippedBitOfAnEntryIsFoundAtThatEntryAndNowhereElse() {
    List<LogRow> rows = SampleLog.ofSize(9);
    int bits = rows.get(4).entry().length * 8;
    for (int bit = 0; bit < bits; bit++) {
      byte[] entry = rows.get(4).entry().clone();
      entry[bit / 8] ^= (byte) (1 << bit % 8);
      List<Finding> findings = verify(with(rows, 4, row -> entry(row, entry)));
      assertThat(findings).as("bit " + bit).contains(new HashMismatch(4));
      assertThat(findings).as("bit " + bit).allMatch(finding -> finding.index() == 4);
    }
  }

  @Test
  void aFlippedStoredHashIsFoundAtThatEntryOnly() {
    List<LogRow> rows = SampleLog.ofSize(9);
    byte[] hash = rows.get(3).entryHash().clone();
    hash[31] ^= 1;
    assertThat(verify(with(rows, 3, row -> hash(row, hash)))).containsExactly(new HashMismatch(3));
  }

  @Test
  void changedPayloadAndMetadataAreFound() {
    List<LogRow> rows = SampleLog.ofSize(9);
    assertThat(
            verify(
                with(
                    rows,
                    2,
                    row ->
                        new LogRow(
                            2,
                            row.entryHash(),
                            row.entry(),
                            new byte[] {1},
                            new byte[0],
                            row.columns()))))
        .containsExactly(new PayloadDigestMismatch(2), new MetadataDigestMismatch(2));
  }

  @Test
  void everyColumnThatNoLongerRepeatsTheEntryIsNamed() {
    List<LogRow> rows = SampleLog.ofSize(9);
    var other =
        new LogRow.Columns(
            "x", "x", 99, "x", "x", "x", Instant.EPOCH, Instant.EPOCH, "x", "x", "x");
    List<Finding> findings =
        verify(
            with(
                rows,
                5,
                row ->
                    new LogRow(
                        5, row.entryHash(), row.entry(), row.payload(), row.metadata(), other)));
    assertThat(findings)
        .containsExactlyElementsOf(
            java.util.Arrays.stream(Column.values())
                .filter(column -> column != Column.INDEX && column != Column.ENTRY_HASH)
                .<Finding>map(column -> new ColumnMismatch(5, column))
                .toList());
  }

  @Test
  void aRemovedEntryIsAGapAndNothingMore() {
    List<LogRow> rows = SampleLog.ofSize(12);
    rows.remove(5);
    rows.remove(5);
    assertThat(verify(rows)).containsExactly(new IndexGap(5, 7));
    List<LogRow> headless = SampleLog.ofSize(12);
    headless.removeFirst();
    assertThat(verify(headless)).containsExactly(new IndexGap(0, 1));
  }

  @Test
  void removingAnEntryAndRenumberingTheRestIsFound() {
    List<LogRow> rows = SampleLog.ofSize(6);
    rows.remove(2);
    List<LogRow> renumbered = new ArrayList<>();
    for (LogRow row : rows) {
      renumbered.add(index(row, renumbered.size()));
    }
    assertThat(verify(renumbered))
        .contains(new PreviousHashMismatch(2), new ColumnMismatch(2, Column.INDEX));
  }

  @Test
  void swappedEntriesAreFound() {
    List<LogRow> rows = SampleLog.ofSize(6);
    LogRow second = rows.get(2);
    rows.set(2, index(rows.get(3), 2));
    rows.set(3, index(second, 3));
    assertThat(verify(rows))
        .contains(
            new ColumnMismatch(2, Column.INDEX),
            new ColumnMismatch(3, Column.INDEX),
            new PreviousHashMismatch(2),
            new PreviousHashMismatch(3));
  }

  @Test
  void anEntryRewrittenWithItsHashShowsAtItsSuccessor() {
    List<LogRow> rows = SampleLog.ofSize(6);
    List<LogRow> forged =
        with(
            rows,
            2,
            row -> {
              Entry entry = EntryCodecTest.actor(decode(row), "principal:somebody-else");
              byte[] bytes = EntryCodec.encode(entry);
              return new LogRow(
                  2,
                  EntryHash.of(bytes).bytes(),
                  bytes,
                  row.payload(),
                  row.metadata(),
                  SampleLog.columns(entry));
            });
    assertThat(verify(forged)).containsExactly(new PreviousHashMismatch(3));
  }

  @Test
  void aRepeatedIndexIsFound() {
    List<LogRow> rows = SampleLog.ofSize(4);
    rows.add(2, rows.get(1));
    assertThat(verify(rows)).containsExactly(new IndexRepeated(1, 1));
  }

  @Test
  void unreadableEntriesAreReportedAndTheRestIsStillVerified() {
    List<LogRow> rows = SampleLog.ofSize(9);
    List<LogRow> damaged = with(rows, 3, row -> entry(row, new byte[] {2, 1}));
    byte[] hash = damaged.get(7).entryHash().clone();
    hash[0] ^= 1;
    assertThat(verify(with(damaged, 7, row -> hash(row, hash))))
        .containsExactly(
            new HashMismatch(3),
            new Unreadable(3, EntryFormatException.Reason.UNKNOWN_VERSION, 0),
            new HashMismatch(7));
  }

  @Test
  void aLogChainedWithWrongLinksOfAggregatesIsFound() {
    var log = new SampleLog();
    log.append("a", UnaryOperator.identity())
        .append("b", UnaryOperator.identity())
        .append("a", entry -> place(entry, new EntryIndex(1), 1, SampleLog.ID, entry.recordedAt()))
        .append("b", entry -> place(entry, null, 1, SampleLog.ID, entry.recordedAt()))
        .append("c", entry -> place(entry, null, 4, SampleLog.ID, entry.recordedAt()))
        .append("b", entry -> place(entry, new EntryIndex(3), 7, SampleLog.ID, entry.recordedAt()))
        .append("d", entry -> place(entry, new EntryIndex(9), 0, SampleLog.ID, entry.recordedAt()));
    assertThat(verify(log.rows()))
        .containsExactly(
            new AggregateLinkMismatch(2, 0L, 1L),
            new AggregateLinkMismatch(3, 1L, null),
            new SequenceMismatch(4, 0, 4),
            new SequenceMismatch(5, 2, 7),
            new AggregateLinkMismatch(6, null, 9L));
  }

  @Test
  void entriesOfAnotherLogAndClocksRunningBackwardsAreFound() {
    UUID other = new UUID(1, 2);
    var log = new SampleLog();
    log.append("a", UnaryOperator.identity())
        .append("b", entry -> place(entry, null, 0, other, entry.recordedAt()))
        .append("c", entry -> place(entry, null, 0, SampleLog.ID, SampleLog.START.minusMillis(1)))
        .append("d", UnaryOperator.identity());
    assertThat(verify(log.rows()))
        .containsExactly(new LogIdMismatch(1, SampleLog.ID, other), new RecordedAtBackwards(2));
    List<Finding> findings = new ArrayList<>();
    ChainVerifier expecting = ChainVerifier.fromTheStart(findings::add).expectLog(other);
    SampleLog.ofSize(1).forEach(expecting::accept);
    assertThat(findings).containsExactly(new LogIdMismatch(0, other, SampleLog.ID));
  }

  @Test
  void verifyingCanStartAfterAnEntryThatIsTakenAsGiven() {
    List<LogRow> rows = SampleLog.ofSize(20);
    assertThat(verifyAfter(rows, 9)).isEmpty();
    byte[] hash = rows.get(9).entryHash().clone();
    hash[0] ^= 1;
    assertThat(verifyAfter(with(rows, 9, row -> hash(row, hash)), 9))
        .containsExactly(new PreviousHashMismatch(10));
    byte[] later = rows.get(15).entryHash().clone();
    later[0] ^= 1;
    assertThat(verifyAfter(with(rows, 15, row -> hash(row, later)), 9))
        .containsExactly(new HashMismatch(15));
  }

  @Test
  void findingsHaveStableCodesAndSayNoContents() {
    assertThat(new PayloadDigestMismatch(1).code()).isEqualTo("PAYLOAD_DIGEST_MISMATCH");
    assertThat(new IndexGap(2, 4).words()).isEqualTo("entries 2 to 3 are missing");
    assertThat(new ColumnMismatch(1, Column.AGGREGATE_ID).words())
        .isEqualTo("column aggregate_id does not repeat what the entry says");
  }

  private static List<Finding> verify(List<LogRow> rows) {
    List<Finding> findings = new ArrayList<>();
    ChainVerifier verifier = ChainVerifier.fromTheStart(findings::add);
    rows.forEach(verifier::accept);
    assertThat(verifier.rows()).isEqualTo(rows.size());
    return findings;
  }

  private static List<Finding> verifyAfter(List<LogRow> rows, int given) {
    List<Finding> findings = new ArrayList<>();
    ChainVerifier verifier = ChainVerifier.after(rows.get(given), findings::add);
    rows.subList(given + 1, rows.size()).forEach(verifier::accept);
    return findings;
  }

  private static List<LogRow> with(List<LogRow> rows, int at, UnaryOperator<LogRow> change) {
    List<LogRow> changed = new ArrayList<>(rows);
    Collections.replaceAll(changed, rows.get(at), change.apply(rows.get(at)));
    return changed;
  }

  private static LogRow entry(LogRow row, byte[] entry) {
    return new LogRow(
        row.index(), row.entryHash(), entry, row.payload(), row.metadata(), row.columns());
  }

  private static LogRow hash(LogRow row, byte[] hash) {
    return new LogRow(row.index(), hash, row.entry(), row.payload(), row.metadata(), row.columns());
  }

  private static LogRow index(LogRow row, long index) {
    return new LogRow(
        index, row.entryHash(), row.entry(), row.payload(), row.metadata(), row.columns());
  }

  private static Entry decode(LogRow row) {
    try {
      return EntryCodec.decode(row.entry());
    } catch (EntryFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static Entry place(
      Entry entry, EntryIndex previous, long sequence, UUID logId, Instant recordedAt) {
    return new Entry(
        entry.kind(),
        logId,
        entry.index(),
        entry.previousHash(),
        previous,
        recordedAt,
        entry.occurredAt(),
        sequence,
        entry.payloadDigest(),
        entry.metadataDigest(),
        entry.aggregateType(),
        entry.aggregateId(),
        entry.eventId(),
        entry.name(),
        entry.revision(),
        entry.actor(),
        entry.correlationId(),
        entry.causationId());
  }
}
