package io.countersign.auditlog.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.auditlog.Finding;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {

  private final Verdicts verdicts = new Verdicts();

  @Test
  void entriesThatNobodySpeaksOfAreOk() {
    Summary summary = verdicts.summary(0, 7);
    assertThat(summary.count(Verdict.OK)).isEqualTo(7);
    assertThat(summary.against()).isEmpty();
  }

  @Test
  void anEntryHasTheGravestVerdictAndCountsOnce() {
    verdicts.mark(3, 3, Verdict.UNSEALED, "");
    verdicts.accept(new Finding.PayloadDigestMismatch(3));
    verdicts.accept(new Finding.ColumnMismatch(3, Finding.Column.INDEX));
    verdicts.erased(3, Verdict.ERASED, 9);
    Summary summary = verdicts.summary(0, 10);
    assertThat(summary.against())
        .containsExactly(new EntryVerdict(3, 3, Verdict.TAMPERED, "payload"));
    assertThat(total(summary)).isEqualTo(10);
  }

  @Test
  void rangesCostNothingAndAreCountedWithoutWhatIsGraverInThem() {
    verdicts.accept(new Finding.IndexGap(10, Long.MAX_VALUE));
    verdicts.mark(4, 20, Verdict.UNSEALED, "");
    verdicts.accept(new Finding.PayloadDigestMismatch(6));
    Summary summary = verdicts.summary(2, 30);
    assertThat(summary.count(Verdict.OK)).isEqualTo(2);
    assertThat(summary.count(Verdict.UNSEALED)).isEqualTo(5);
    assertThat(summary.count(Verdict.TAMPERED)).isEqualTo(1);
    assertThat(summary.count(Verdict.MISSING)).isEqualTo(20);
    assertThat(total(summary)).isEqualTo(28);
  }

  @Test
  void aBrokenLinkBlamesTheEntryBeforeUnlessItsOwnIsBrokenToo() {
    verdicts.accept(new Finding.PreviousHashMismatch(5)); // 4 was changed and hashed again
    verdicts.accept(new Finding.PreviousHashMismatch(8)); // 8 names another one, so 9 does not fit
    verdicts.accept(new Finding.PreviousHashMismatch(9));
    assertThat(verdicts.summary(0, 20).against())
        .containsExactly(
            new EntryVerdict(4, 4, Verdict.TAMPERED, "entry"),
            new EntryVerdict(8, 8, Verdict.TAMPERED, "previous_hash"));
  }

  @Test
  void aBrokenLinkBesideABlamedEntryBlamesNobodyElse() {
    verdicts.accept(new Finding.HashMismatch(4));
    verdicts.accept(new Finding.PreviousHashMismatch(5));
    verdicts.accept(new Finding.IndexGap(10, 12));
    verdicts.accept(new Finding.PreviousHashMismatch(12));
    Summary summary = verdicts.summary(0, 20);
    assertThat(summary.count(Verdict.TAMPERED)).isEqualTo(1);
    assertThat(summary.count(Verdict.MISSING)).isEqualTo(2);
  }

  @Test
  void whatIsErasedIsNoFindingAndNamesWhoSaysSo() {
    verdicts.erased(3, Verdict.ERASED, 9);
    verdicts.erased(5, Verdict.ERASED, 9);
    verdicts.erased(6, Verdict.PURGED, 11);
    Summary summary = verdicts.summary(0, 20);
    assertThat(summary.against()).isEmpty();
    assertThat(summary.count(Verdict.ERASED)).isEqualTo(2);
    assertThat(summary.count(Verdict.PURGED)).isEqualTo(1);
    assertThat(summary.erasedBy()).containsEntry(9L, 2L).containsEntry(11L, 1L);
  }

  @Test
  void damagedFilesOfHashesSayNothingAgainstEntries() {
    verdicts.accept(new Finding.TileMismatch(0, "tile/1/000", 0));
    verdicts.accept(new Finding.RootMismatch(9));
    verdicts.accept(new Finding.FileUnreadable(0, "tile/0/000", "gone", 0));
    verdicts.accept(new Finding.FileUnreadable(256, "tile/entries/001", "gone", 256));
    Summary summary = verdicts.summary(0, 700);
    assertThat(summary.count(Verdict.MISSING)).isEqualTo(256);
    assertThat(summary.count(Verdict.OK)).isEqualTo(700 - 256);
  }

  @Test
  void rangesJoinAndAreTakenFromEachOther() {
    var some = new Ranges();
    List.of(5L, 3L, 4L, 9L, 10L, 4L).forEach(some::add);
    var others = new Ranges();
    others.add(4);
    others.add(10, 12);
    assertThat(some.all()).containsExactly(new Ranges.Range(3, 5), new Ranges.Range(9, 10));
    assertThat(some.without(others))
        .containsExactly(new Ranges.Range(3, 3), new Ranges.Range(5, 5), new Ranges.Range(9, 9));
    assertThat(others.all().getLast().length()).isEqualTo(3);
  }

  private static long total(Summary summary) {
    return Arrays.stream(Verdict.values()).mapToLong(summary::count).sum();
  }
}
