package io.countersign.auditlog.headmap;

import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.EntryIndex;
import io.countersign.auditlog.headmap.IncompleteException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether some entries are all entries of an aggregate, up to the size a head map stands over. That
 * each of them is in the log at all is another matter, which inclusion proofs settle.
 */
public final class Completeness {

  private Completeness() {}

  /**
   * Checks that the entries are of the aggregate, that their sequence runs from 0 without a gap,
   * that each names the one before, and that the last is the one the map knows as last. No entries
   * are complete when the map proves that the aggregate has none.
   *
   * @param aggregateId asked for
   * @param entries entry bytes in order, all that there are below the size of the map
   * @param proof of the aggregate in the map
   * @param root of the map, as the log records it
   * @return what the entries say, in order
   * @throws IncompleteException at the first that does not fit
   * @throws HeadMapRefusedException when the map is not what was recorded
   */
  public static List<Entry> verify(
      String aggregateId, List<byte[]> entries, HeadMapProof proof, HeadMapRoot root)
      throws IncompleteException, HeadMapRefusedException {
    Optional<Head> head = proof.verify(aggregateId, root);
    var all = new ArrayList<Entry>();
    Entry before = null;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = read(entries.get(i), i);
      check(entry, before, aggregateId, i);
      if (entry.index().value() >= proof.size()) {
        throw new IncompleteException(Reason.BEHIND_THE_MAP, i);
      }
      all.add(entry);
      before = entry;
    }
    if (head.isEmpty()) {
      if (before != null) {
        throw new IncompleteException(Reason.ABSENT_IN_THE_MAP, 0);
      }
    } else if (before == null || before.sequence() < head.get().sequence()) {
      throw new IncompleteException(Reason.LAST_ENTRIES_MISSING, entries.size());
    } else if (before.sequence() != head.get().sequence()
        || before.index().value() != head.get().index()) {
      throw new IncompleteException(Reason.NOT_THE_LAST, entries.size() - 1);
    }
    return all;
  }

  private static Entry read(byte[] entry, int i) throws IncompleteException {
    try {
      return EntryCodec.decode(entry);
    } catch (EntryFormatException e) {
      throw new IncompleteException(i, e);
    }
  }

  private static void check(Entry entry, @Nullable Entry before, String aggregateId, int i)
      throws IncompleteException {
    if (!entry.aggregateId().equals(aggregateId)) {
      throw new IncompleteException(Reason.OTHER_AGGREGATE, i);
    }
    if (before != null && !entry.logId().equals(before.logId())) {
      throw new IncompleteException(Reason.OTHER_LOG, i);
    }
    if (entry.sequence() != i) {
      throw new IncompleteException(Reason.SEQUENCE_GAP, i);
    }
    EntryIndex previous = before == null ? null : before.index();
    if (!Optional.ofNullable(previous).equals(entry.previousOfAggregate())) {
      throw new IncompleteException(Reason.LINK_MISMATCH, i);
    }
    if (previous != null && entry.index().compareTo(previous) <= 0) {
      throw new IncompleteException(Reason.LINK_MISMATCH, i);
    }
  }
}
