package io.countersign.auditlog.verdict;

import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.Finding.Displaced;
import io.countersign.auditlog.Finding.IndexGap;
import io.countersign.auditlog.Finding.Inserted;
import io.countersign.auditlog.Finding.OtherThanSealed;
import io.countersign.auditlog.Finding.RolledBack;
import io.countersign.auditlog.verdict.Ranges.Range;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares what stands at each place with what was sealed there, and tells moved, changed,
 * inserted, missing and cut off entries from each other. An entry states its own index, so one that
 * stands elsewhere is recognized without keeping the others. Memory grows with what is wrong, not
 * with the log. Not safe for several threads.
 */
public final class Placement {

  private final Leaves leaves;
  private final Consumer<Finding> findings;
  private final Ranges elsewhere = new Ranges();
  private final Ranges vacated = new Ranges();
  private final Ranges changed = new Ranges();
  private final Map<Long, String> fields = new HashMap<>();

  /** What was sealed. */
  @FunctionalInterface
  public interface Leaves {

    /** The leaf at an index; empty where none was sealed or it cannot be read. */
    Optional<EntryHash> leaf(long index);
  }

  /** Says what differs between what was sealed at a place and what stands there. */
  @FunctionalInterface
  public interface Difference {

    /** A word: the name of a field. */
    String field();
  }

  /** A comparison that has seen nothing yet. */
  public Placement(Leaves leaves, Consumer<Finding> findings) {
    this.leaves = leaves;
    this.findings = findings;
  }

  /**
   * Whether an entry was sealed at another place than where it stands; reports it when it was.
   *
   * @param index where it stands, another leaf than its own
   */
  public boolean isDisplaced(long index, byte[] entry, EntryHash hash) {
    try {
      Entry read = EntryCodec.decode(entry);
      long stated = read.index().value();
      if (stated != index && leaves.leaf(stated).filter(hash::equals).isPresent()) {
        elsewhere.add(stated);
        vacated.add(index);
        findings.accept(new Displaced(index, stated));
        return true;
      }
    } catch (EntryFormatException _) {
      // then it is no entry that was sealed
    }
    return false;
  }

  /** Something stands here that was sealed nowhere. */
  public void changed(long index, Difference difference) {
    if (!changed.contains(index - 1)) {
      fields.put(index, difference.field());
    }
    changed.add(index);
  }

  /** Whether what was sealed here was met elsewhere. */
  public boolean isElsewhere(long index) {
    return elsewhere.contains(index);
  }

  /** Nothing stands from one index to another, the last included. */
  public void absent(long first, long last) {
    vacated.add(first, last);
  }

  /**
   * Reports what could only be known at the end.
   *
   * @param end index after the last place where something stands
   * @param compared index after the last that was compared with what was sealed
   * @param sealed how many entries were sealed, {@code compared} or more
   */
  public void reportAbsent(long end, long compared, long sealed) {
    if (end < compared) {
      vacated.add(end, compared - 1);
    }
    for (Range range : vacated.without(elsewhere)) {
      boolean tail = range.last() == compared - 1 && end < compared;
      if (tail && range.first() < end) {
        findings.accept(new IndexGap(range.first(), end));
      }
      findings.accept(
          tail
              ? new RolledBack(Math.max(range.first(), end), sealed)
              : new IndexGap(range.first(), range.last() + 1));
    }
  }

  /** Reports what was changed, in ranges, and what was inserted. */
  public void reportChanged() {
    for (Range range : changed.all()) {
      long from = range.first();
      for (long index = range.first(); index <= range.last(); index++) {
        if (elsewhere.contains(index)) {
          reportChanged(from, index - 1);
          findings.accept(new Inserted(index));
          from = index + 1;
        }
      }
      reportChanged(from, range.last());
    }
  }

  private void reportChanged(long first, long last) {
    if (first <= last) {
      findings.accept(new OtherThanSealed(first, last, fields.getOrDefault(first, "entry")));
    }
  }
}
