package io.countersign.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.seal.Growing;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.verdict.EntryVerdict;
import io.countersign.auditlog.verdict.Verdict;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.read.LogReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tamper matrix, first half: somebody with every right in the database. Each change is found at
 * its index, with the verdict that fits, and nothing else is blamed.
 */
class DatabaseTamperTest {

  private static final String KEYS_NOT_YET_DESTROYED =
      "update eventlog.data_key set wrapped = '\\x00', destroyed_at = null";

  @TempDir private static Path scratch;

  private static SealedLog log;

  @BeforeAll
  static void write() throws Exception {
    log = new SealedLog(scratch);
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @AfterEach
  void putBack() {
    log.putBack();
  }

  /**
   * One row of the matrix.
   *
   * @param name what is done
   * @param hand does it
   * @param first the first entry that has to be blamed
   * @param count how many entries have to be
   * @param verdict of the first
   * @param detail of the first
   */
  private record Change(
      String name,
      Consumer<SealedLog> hand,
      long first,
      long count,
      Verdict verdict,
      String detail) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static Change sql(
      String name, String sql, long first, long count, Verdict verdict, String detail) {
    return new Change(name, log -> log.execute(sql), first, count, verdict, detail);
  }

  private static Change update(String name, String set, String detail) {
    return sql(
        name,
        "update eventlog.entry set " + set + " where index = 37",
        37,
        1,
        Verdict.TAMPERED,
        detail);
  }

  private static Change flip(String name, String column, int at, String detail) {
    return update(
        name,
        "%1$s = set_byte(%1$s, %2$d, get_byte(%1$s, %2$d) # 1)".formatted(column, at),
        detail);
  }

  static Stream<Change> changes() {
    return Stream.of(
        flip("payload byte", "payload", 3, "payload"),
        flip("metadata byte", "metadata", 3, "metadata"),
        flip("hash byte", "entry_hash", 3, "entry_hash"),
        flip("entry byte", "entry", 100, "payload_digest"),
        flip("entry cannot be read", "entry", 0, "entry"),
        update("payload removed", "payload = ''", "payload"),
        update("actor column", "actor = 'principal:mallory'", "actor"),
        update("time column", "recorded_at = recorded_at - interval '1 day'", "recorded_at"),
        new Change(
            "one entry hashed again",
            log -> log.hashAgain(37, 38, "{\"n\":1}", null),
            37,
            1,
            Verdict.TAMPERED,
            "payload_digest"),
        new Change(
            "suffix hashed again",
            log -> log.hashAgain(37, 300, "{\"n\":1}", null),
            37,
            SealedLog.SEALED - 37,
            Verdict.TAMPERED,
            "payload_digest"),
        new Change(
            "another log grafted in",
            log -> log.hashAgain(0, 300, null, new UUID(6, 10)),
            0,
            SealedLog.SEALED,
            Verdict.TAMPERED,
            "log_id"),
        sql(
            "payloads swapped",
            """
            update eventlog.entry e set payload = o.payload from kept_entry o
            where (e.index = 37 and o.index = 90) or (e.index = 90 and o.index = 37)
            """,
            37,
            2,
            Verdict.TAMPERED,
            "payload"),
        sql(
            "rows swapped",
            """
            update eventlog.entry set index = index + 1000 where index in (37, 38);
            update eventlog.entry set index = case index when 1037 then 38 else 37 end
            where index > 1000
            """,
            37,
            2,
            Verdict.REORDERED,
            "sealed as 38"),
        sql(
            "middle deleted",
            "delete from eventlog.entry where index = 37",
            37,
            1,
            Verdict.MISSING,
            ""),
        sql(
            "middle deleted and renumbered",
            """
            delete from eventlog.entry where index = 37;
            update eventlog.entry set index = index + 1000 where index > 37;
            update eventlog.entry set index = index - 1001 where index > 1000
            """,
            37,
            300 - 37 - 1,
            Verdict.MISSING,
            ""),
        sql(
            "row inserted and the rest renumbered",
            """
            update eventlog.entry set index = index + 1000 where index >= 37;
            update eventlog.entry set index = index - 999 where index > 1000;
            insert into eventlog.entry
            select index, sha256('\\x00'::bytea || forged), forged, aggregate_type, 'other', sequence,
              gen_random_uuid(), name, revision, occurred_at, recorded_at, actor, correlation_id,
              causation_id, payload, metadata
            from (select *, set_byte(entry, 95, get_byte(entry, 95) # 1) as forged
              from kept_entry where index = 37) f
            """,
            37,
            301 - 37,
            Verdict.INSERTED,
            ""),
        sql(
            "tail deleted",
            "delete from eventlog.entry where index >= 270",
            270,
            10,
            Verdict.ROLLED_BACK,
            ""),
        sql(
            "restored from an older state",
            "delete from eventlog.entry where index >= 50;" + KEYS_NOT_YET_DESTROYED,
            50,
            230,
            Verdict.ROLLED_BACK,
            ""),
        sql(
            "emptied",
            "delete from eventlog.entry;" + KEYS_NOT_YET_DESTROYED,
            0,
            280,
            Verdict.ROLLED_BACK,
            ""),
        sql(
            "payload after the checkpoint",
            "update eventlog.entry set payload = 'x' where index = 290",
            290,
            1,
            Verdict.TAMPERED,
            "payload"),
        new Change(
            "entry after the checkpoint hashed again",
            log -> log.hashAgain(290, 291, "{\"n\":1}", null),
            290,
            1,
            Verdict.TAMPERED,
            "entry"),
        sql(
            "key destroyed without an entry that says so",
            """
            update eventlog.data_key set wrapped = null, destroyed_at = now()
            where destroyed_at is null
            """,
            60,
            1,
            Verdict.KEY_UNAVAILABLE,
            "destroyed without an entry that says so"),
        sql(
            "key removed",
            "delete from eventlog.data_key where destroyed_at is null",
            60,
            1,
            Verdict.KEY_UNAVAILABLE,
            ""),
        sql(
            "erasure forged afterwards",
            """
            update eventlog.data_key set wrapped = null, destroyed_at = now();
            update eventlog.entry set payload = replace(
              convert_from(payload, 'UTF8'), '8000-000000000001', '8000-000000000002')::bytea
            where index = 250
            """,
            20,
            4,
            Verdict.KEY_UNAVAILABLE,
            "destroyed without an entry that says so"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void isFoundAtItsIndexAndNobodyElseIsBlamed(Change change) throws Exception {
    change.hand().accept(log);
    AuditReport report = log.audit(scratch.resolve("sealed"), true, log.kept());
    assertThat(report.summary().against())
        .first()
        .satisfies(
            first -> {
              assertThat(first.first()).isEqualTo(change.first());
              assertThat(first.verdict()).isEqualTo(change.verdict());
              assertThat(first.detail()).isEqualTo(change.detail());
            });
    long blamed =
        Stream.of(Verdict.values())
            .filter(Verdict::isFinding)
            .mapToLong(report.summary()::count)
            .sum();
    assertThat(blamed).as("%s", report.summary()).isEqualTo(change.count());
    assertThat(report.outcome())
        .isEqualTo(
            switch (change.verdict()) {
              case KEY_UNAVAILABLE ->
                  change.count() > 1 ? Outcome.CHANGED : Outcome.KEY_UNAVAILABLE;
              case ROLLED_BACK -> Outcome.ROLLED_BACK;
              default -> Outcome.CHANGED;
            });
    assertThat(report.findings()).extracting(Finding::words).allMatch(words -> !words.isBlank());
  }

  @Test
  void anUntouchedLogIsOkErasedAndUnsealedAndNothingElse() throws Exception {
    AuditReport report = log.audit(scratch.resolve("sealed"), true, log.kept());
    assertThat(report.outcome()).isEqualTo(Outcome.SOUND);
    assertThat(report.findings()).isEmpty();
    assertThat(report.summary().count(Verdict.ERASED)).isEqualTo(2);
    assertThat(report.summary().erasedBy()).containsEntry((long) SealedLog.ERASURE, 2L);
    assertThat(report.summary().count(Verdict.UNSEALED))
        .isEqualTo(SealedLog.ENTRIES - SealedLog.SEALED);
    assertThat(report.summary().count(Verdict.OK)).isEqualTo(SealedLog.SEALED - 2);
  }

  /** Whoever verifies for an hour reads old rows long after he asked what was erased. */
  @Test
  void anErasureThatIsRecordedMeanwhileIsNoFinding() throws Exception {
    var reader = new JdbcLogReader(log.dataSource());
    var asked = new AtomicInteger();
    AuditReport report =
        log.audit(
            scratch.resolve("sealed"),
            true,
            LogAudit.Options.WHOLE,
            () -> asked.getAndIncrement() == 0 ? Erasures.NONE : RecordedErasures.in(reader));
    assertThat(report.findings()).isEmpty();
    assertThat(report.summary().count(Verdict.ERASED)).isEqualTo(2);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aPartIsTheSameReadInPagesAndAtOneSnapshot() {
    var reader = new JdbcLogReader(log.dataSource());
    var pages = new Growing(reader);
    pages.size = SealedLog.ENTRIES;
    var part = new LogReader.Part(30, 290, true);
    var one = new ArrayList<Long>();
    var other = new ArrayList<Long>();
    assertThat(reader.scan(part, entry -> one.add(entry.index()))).isEqualTo(260);
    assertThat(pages.scan(part, entry -> other.add(entry.index()))).isEqualTo(260);
    assertThat(other).isEqualTo(one).startsWith(30L).endsWith(289L);
  }

  @Test
  void withoutPayloadsTheyAreNotLookedAtAndAllElseIs() throws Exception {
    log.execute("update eventlog.entry set payload = 'x' where index = 37");
    log.execute("update eventlog.entry set actor = 'x' where index = 38");
    AuditReport report =
        log.audit(
            scratch.resolve("sealed"),
            true,
            new LogAudit.Options(null, false, 0, Long.MAX_VALUE, false));
    assertThat(report.summary().against())
        .containsExactly(new EntryVerdict(38, 38, Verdict.TAMPERED, "actor"));
  }

  @Test
  void aPartIsJudgedLikeTheWholeAndNothingOutsideIsBlamed() throws Exception {
    log.execute("update eventlog.entry set payload = 'x' where index in (10, 37, 90)");
    log.execute("delete from eventlog.entry where index in (49, 275)");
    AuditReport report =
        log.audit(scratch.resolve("sealed"), true, new LogAudit.Options(null, false, 30, 50, true));
    assertThat(report.summary().against())
        .containsExactly(
            new EntryVerdict(37, 37, Verdict.TAMPERED, "payload"),
            new EntryVerdict(49, 49, Verdict.MISSING, ""));
    assertThat(report.summary().to() - report.summary().from()).isEqualTo(20);
  }
}
