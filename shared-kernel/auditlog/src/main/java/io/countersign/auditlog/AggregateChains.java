package io.countersign.auditlog;

import io.countersign.auditlog.Finding.AggregateLinkMismatch;
import io.countersign.auditlog.Finding.SequenceMismatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The last entry of each aggregate seen so far, and which entries cannot be relied on. */
final class AggregateChains {

  private final Map<String, Last> lasts = new HashMap<>();
  private final TreeMap<Long, Long> lost = new TreeMap<>();
  private final long from;

  /**
   * @param from first index that is verified; what lies before is taken as it is cited
   */
  AggregateChains(long from) {
    this.from = from;
  }

  /** Entries that are missing or damaged: links to them cannot be judged. */
  void lose(long first, long last) {
    lost.put(first, last);
  }

  void check(Entry entry, Consumer<Finding> findings) {
    long index = entry.index().value();
    Optional<Long> cited = entry.previousOfAggregate().map(EntryIndex::value);
    Last known = lasts.put(entry.aggregateId(), new Last(index, entry.sequence()));
    if (cited.isPresent() && isUnverified(cited.get(), known)) {
      if (cited.get() >= index || entry.sequence() == 0) {
        findings.accept(new AggregateLinkMismatch(index, null, cited.get()));
      } else if (known != null && entry.sequence() <= known.sequence()) {
        findings.accept(new SequenceMismatch(index, known.sequence() + 1, entry.sequence()));
      }
      return;
    }
    Long expected = known == null ? null : Long.valueOf(known.index());
    if (!Optional.ofNullable(expected).equals(cited)) {
      findings.accept(new AggregateLinkMismatch(index, expected, cited.orElse(null)));
    }
    long continues = known == null ? 0 : known.sequence() + 1;
    if (entry.sequence() != continues) {
      findings.accept(new SequenceMismatch(index, continues, entry.sequence()));
    }
  }

  /** Cites an entry that was not verified here and comes after the last one that was. */
  private boolean isUnverified(long cited, @Nullable Last known) {
    if (known != null && cited <= known.index()) {
      return false;
    }
    Map.Entry<Long, Long> range = lost.floorEntry(cited);
    return (range != null && cited <= range.getValue()) || (known == null && cited < from);
  }

  private record Last(long index, long sequence) {}
}
