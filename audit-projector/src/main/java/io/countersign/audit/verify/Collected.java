package io.countersign.audit.verify;

import io.countersign.auditlog.Finding;
import io.countersign.auditlog.verdict.Verdicts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Findings as they come: the first of them, how many, and what they make of the entries. */
public final class Collected implements Consumer<Finding> {

  private final List<Finding> first = new ArrayList<>();
  private final Verdicts verdicts = new Verdicts();
  private final SortedMap<Long, Long> notYetPurged = new TreeMap<>();
  private long count;
  private boolean changed;

  /** Nothing yet. */
  public Collected() {}

  @Override
  public void accept(Finding finding) {
    count++;
    changed |= !isAbsence(finding);
    if (first.size() < LogVerification.MAX_FINDINGS) {
      first.add(finding);
    }
    verdicts.accept(finding);
  }

  /** The payload of an entry is to be purged, as another says, and is still there. */
  void notYetPurged(long index, long by) {
    notYetPurged.put(index, by);
  }

  /** Entries whose payload is to be purged and is still there, with the entry that says so. */
  public SortedMap<Long, Long> notYetPurged() {
    return Collections.unmodifiableSortedMap(notYetPurged);
  }

  /** Whether there is anything beside entries cut off at the end and keys that are gone. */
  boolean changed() {
    return changed;
  }

  private static boolean isAbsence(Finding finding) {
    return switch (finding) {
      case Finding.RolledBack _, Finding.KeyUnavailable _, Finding.UnsignedErasure _ -> true;
      default -> false;
    };
  }

  /** The first {@value LogVerification#MAX_FINDINGS}, as they came. */
  public List<Finding> first() {
    return List.copyOf(first);
  }

  /** All of them. */
  public long count() {
    return count;
  }

  /** What they make of the entries. */
  public Verdicts verdicts() {
    return verdicts;
  }
}
