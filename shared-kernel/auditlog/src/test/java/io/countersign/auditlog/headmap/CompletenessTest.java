package io.countersign.auditlog.headmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.LogRow;
import io.countersign.auditlog.SampleLog;
import io.countersign.auditlog.headmap.IncompleteException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A log of 12 entries of three aggregates by turns. */
class CompletenessTest {

  private static final int SIZE = 12;
  private static final String ASKED = "workitem:fabrikam:2";

  private final List<byte[]> log = SampleLog.ofSize(SIZE).stream().map(LogRow::entry).toList();
  private final HeadMap map = mapAt(SIZE);

  @Test
  void allEntriesOfAnAggregateAreComplete() throws Exception {
    for (int i = 1; i <= 3; i++) {
      String aggregate = "workitem:fabrikam:" + i;
      assertThat(verify(aggregate, of(aggregate), map))
          .hasSize(4)
          .allMatch(entry -> entry.aggregateId().equals(aggregate));
    }
  }

  @Test
  void noEntriesAreAllOfAnAggregateThatIsNotThere() throws Exception {
    assertThat(verify("workitem:fabrikam:4", List.of(), map)).isEmpty();
    incomplete("workitem:fabrikam:4", of(ASKED), map, Reason.OTHER_AGGREGATE, 0);
    HeadMap without = HeadMap.of(SIZE, List.of(map.head("workitem:fabrikam:1").orElseThrow()));
    incomplete(ASKED, of(ASKED), without, Reason.ABSENT_IN_THE_MAP, 0);
  }

  @Test
  void aMissingEntryIsFoundWhereverItIs() throws Exception {
    for (int missing = 0; missing < 3; missing++) {
      var fewer = new ArrayList<>(of(ASKED));
      fewer.remove(missing);
      incomplete(ASKED, fewer, map, Reason.SEQUENCE_GAP, missing);
    }
    incomplete(ASKED, of(ASKED).subList(0, 3), map, Reason.LAST_ENTRIES_MISSING, 3);
    incomplete(ASKED, List.of(), map, Reason.LAST_ENTRIES_MISSING, 0);
  }

  @Test
  void entriesAreThoseBelowTheSizeOfTheMap() throws Exception {
    HeadMap earlier = mapAt(7);
    assertThat(verify(ASKED, of(ASKED).subList(0, 2), earlier)).hasSize(2);
    incomplete(ASKED, of(ASKED), earlier, Reason.BEHIND_THE_MAP, 2);
  }

  @Test
  void entriesThatDoNotBelongTogetherAreRefused() throws Exception {
    var swapped = new ArrayList<>(of(ASKED));
    swapped.set(1, of("workitem:fabrikam:1").get(1));
    incomplete(ASKED, swapped, map, Reason.OTHER_AGGREGATE, 1);
    var cut = new ArrayList<>(of(ASKED));
    cut.set(2, new byte[] {1});
    incomplete(ASKED, cut, map, Reason.UNREADABLE, 2);
    incomplete(ASKED, changed(2, 25, 1), map, Reason.LINK_MISMATCH, 3);
    incomplete(ASKED, changed(2, 2, 7), map, Reason.OTHER_LOG, 2);
    incomplete(ASKED, changed(3, 25, 1), map, Reason.NOT_THE_LAST, 3);
  }

  @Test
  void aProofOfAnotherMapIsRefused() {
    assertThatThrownBy(
            () -> Completeness.verify(ASKED, of(ASKED), map.prove(ASKED), mapAt(7).root()))
        .isInstanceOf(HeadMapRefusedException.class);
  }

  @Test
  void whoReadsTheWholeLogComputesEveryMapOfIt() {
    var growing = new GrowingHeadMap(HeadMap.of(0, List.of()));
    for (byte[] entry : log) {
      growing.accept(decoded(entry));
      assertThat(growing.map().root()).isEqualTo(mapAt((int) growing.size()).root());
    }
    var later = new GrowingHeadMap(mapAt(5));
    log.subList(5, SIZE).forEach(entry -> later.accept(decoded(entry)));
    assertThat(later.map().root()).isEqualTo(map.root());
    assertThatThrownBy(() -> later.accept(decoded(log.get(3))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Any byte of any entry that says where it stands, changed at random. */
  @Test
  void aChangedPlaceIsNeverComplete() {
    var random = new Random(11);
    for (int i = 0; i < 3_000; i++) {
      int which = random.nextInt(4);
      // first and last byte of: the index, the previous index, the sequence
      int[] places = {18, 25, 58, 65, 82, 89};
      List<byte[]> bad = changed(which, places[random.nextInt(6)], 1 + random.nextInt(255));
      assertThatThrownBy(() -> verify(ASKED, bad, map)).isInstanceOf(IncompleteException.class);
    }
  }

  /** The entries asked for, one byte of one of them changed. */
  private List<byte[]> changed(int which, int offset, int by) {
    var changed = new ArrayList<>(of(ASKED));
    byte[] bytes = changed.get(which).clone();
    bytes[offset] ^= (byte) by;
    changed.set(which, bytes);
    return changed;
  }

  private static List<Entry> verify(String aggregate, List<byte[]> entries, HeadMap map)
      throws Exception {
    return Completeness.verify(aggregate, entries, map.prove(aggregate), map.root());
  }

  private static void incomplete(
      String aggregate, List<byte[]> entries, HeadMap map, Reason reason, int at) {
    assertThatThrownBy(() -> verify(aggregate, entries, map))
        .isInstanceOfSatisfying(
            IncompleteException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.at()).isEqualTo(at);
            });
  }

  private List<byte[]> of(String aggregate) {
    return log.stream().filter(entry -> decoded(entry).aggregateId().equals(aggregate)).toList();
  }

  private HeadMap mapAt(int size) {
    Map<String, Head> heads = new HashMap<>();
    for (byte[] bytes : log.subList(0, size)) {
      Entry entry = decoded(bytes);
      heads.put(
          entry.aggregateId(),
          Head.of(entry.aggregateId(), entry.sequence(), entry.index().value()));
    }
    return HeadMap.of(size, heads.values());
  }

  private static Entry decoded(byte[] entry) {
    try {
      return EntryCodec.decode(entry);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
