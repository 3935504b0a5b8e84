package io.countersign.auditlog.verdict;

import io.countersign.auditlog.Finding;
import io.countersign.auditlog.Finding.PreviousHashMismatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts findings together: one verdict for each entry. Memory grows with the number of entries that
 * are not as they should be, a byte for each, and hardly with ranges of them.
 *
 * <p>That an entry names another predecessor than the one there is says that one of the two was
 * changed. Which, is decided at the end: the one before, unless the next link is broken as well.
 */
public final class Verdicts implements Consumer<Finding> {

  /** How many entries a summary lists. */
  public static final int LISTED = 1_000;

  private static final int PAGE = 4_096;
  private static final Verdict[] ALL = Verdict.values();

  private final TreeMap<Long, byte[]> pages = new TreeMap<>();
  private final Map<Long, String> details = new HashMap<>();
  private final List<EntryVerdict> ranges = new ArrayList<>();
  private final Ranges brokenLinks = new Ranges();
  private final TreeMap<Long, Long> erasedBy = new TreeMap<>();

  /** Nothing is known yet. */
  public Verdicts() {}

  @Override
  public void accept(Finding finding) {
    if (finding instanceof PreviousHashMismatch link) {
      brokenLinks.add(link.index());
      return;
    }
    Judgement judgement = Judgement.of(finding);
    if (judgement != null) {
      mark(judgement.first(), judgement.last(), judgement.verdict(), judgement.detail());
    }
  }

  /** Text of an entry, or its payload, is gone as another entry says. */
  public void erased(long index, Verdict how, long by) {
    mark(index, index, how, "");
    erasedBy.merge(by, 1L, Long::sum);
  }

  /** Gives entries a verdict, unless they have a graver one. */
  public void mark(long first, long last, Verdict verdict, String detail) {
    if (first > last) {
      return;
    }
    if (first < last) {
      ranges.add(new EntryVerdict(first, last, verdict, detail));
      return;
    }
    byte[] page = pages.computeIfAbsent(first / PAGE, _ -> new byte[PAGE]);
    int at = (int) (first % PAGE);
    if (page[at] <= verdict.ordinal()) {
      page[at] = (byte) verdict.ordinal();
      if (verdict.isFinding() && (details.size() < LISTED || details.containsKey(first))) {
        details.put(first, detail);
      }
    }
  }

  /**
   * What became of the entries from one index to another.
   *
   * @param to the index after the last
   */
  public Summary summary(long from, long to) {
    blameForBrokenLinks(from);
    TreeMap<Long, Verdict> segments = segments();
    var counts = new EnumMap<Verdict, Long>(Verdict.class);
    countSegments(segments, from, to, counts);
    var against = new ArrayList<EntryVerdict>();
    ranges.stream().filter(range -> range.verdict().isFinding()).forEach(against::add);
    pages.forEach(
        (number, page) -> {
          for (int at = 0; at < PAGE; at++) {
            long index = number * PAGE + at;
            Verdict own = ALL[page[at]];
            Verdict around = around(segments, index);
            if (own.compareTo(around) > 0 && index >= from && index < to) {
              counts.merge(own, 1L, Long::sum);
              counts.merge(around, -1L, Long::sum);
              if (own.isFinding() && against.size() < LISTED + ranges.size()) {
                against.add(new EntryVerdict(index, index, own, details.getOrDefault(index, "")));
              }
            }
          }
        });
    against.sort(Comparator.comparingLong(EntryVerdict::first));
    return new Summary(
        from, to, counts, against.subList(0, Math.min(LISTED, against.size())), erasedBy);
  }

  private void blameForBrokenLinks(long from) {
    for (Ranges.Range range : brokenLinks.all()) {
      for (long index = range.first(); index <= range.last(); index++) {
        if (isBlamed(index - 1) || isBlamed(index)) {
          continue; // and so the link does not fit
        }
        if (index <= from || index < range.last()) {
          mark(index, index, Verdict.TAMPERED, "previous_hash");
        } else {
          mark(index - 1, index - 1, Verdict.TAMPERED, "entry");
        }
      }
    }
  }

  private boolean isBlamed(long index) {
    byte[] page = index < 0 ? null : pages.get(index / PAGE);
    return (page != null && ALL[page[(int) (index % PAGE)]].compareTo(Verdict.REORDERED) >= 0)
        || ranges.stream()
            .anyMatch(
                range ->
                    range.verdict().compareTo(Verdict.REORDERED) >= 0
                        && range.first() <= index
                        && index <= range.last());
  }

  /** Where the gravest verdict of the ranges changes, and to what. */
  private TreeMap<Long, Verdict> segments() {
    var changes = new TreeMap<Long, int[]>();
    for (EntryVerdict range : ranges) {
      changes.computeIfAbsent(range.first(), _ -> new int[ALL.length])[range.verdict().ordinal()]++;
      changes
          .computeIfAbsent(range.last() + 1, _ -> new int[ALL.length])[range.verdict().ordinal()]--;
    }
    var segments = new TreeMap<Long, Verdict>();
    int[] open = new int[ALL.length];
    changes.forEach(
        (index, change) -> {
          Verdict gravest = Verdict.OK;
          for (Verdict verdict : ALL) {
            open[verdict.ordinal()] += change[verdict.ordinal()];
            gravest = open[verdict.ordinal()] > 0 ? verdict : gravest;
          }
          segments.put(index, gravest);
        });
    return segments;
  }

  private static void countSegments(
      TreeMap<Long, Verdict> segments, long from, long to, Map<Verdict, Long> counts) {
    long at = from;
    Verdict verdict = around(segments, from);
    for (Map.Entry<Long, Verdict> change : segments.tailMap(from, false).entrySet()) {
      if (change.getKey() >= to) {
        break;
      }
      counts.merge(verdict, change.getKey() - at, Long::sum);
      at = change.getKey();
      verdict = change.getValue();
    }
    counts.merge(verdict, Math.max(0, to - at), Long::sum);
  }

  private static Verdict around(TreeMap<Long, Verdict> segments, long index) {
    Map.Entry<Long, Verdict> segment = segments.floorEntry(index);
    return segment == null ? Verdict.OK : segment.getValue();
  }
}
