package io.countersign.command.privacy;

import io.countersign.eventlog.purge.Payloads;
import io.countersign.eventlog.purge.WithoutText;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.privacy.NamedEntry;
import io.countersign.kernel.privacy.Remainder;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Which entries may lose their text, and what is left of them. Others are refused in words. */
final class PurgeableEntries {

  private final LogReader log;
  private final EventCatalogue catalogue;
  private final boolean ownEvents;

  /**
   * Entries of a log.
   *
   * @param ownEvents whether the events are the entries; else another event store has them, too,
   *     and removing text here would leave it there
   */
  PurgeableEntries(LogReader log, EventCatalogue catalogue, boolean ownEvents) {
    this.log = log;
    this.catalogue = catalogue;
    this.ownEvents = ownEvents;
  }

  /**
   * Entries as they stand now.
   *
   * @param entries in order of index
   * @param persons whom their payloads name by a random id
   */
  record Found(List<NamedEntry> entries, List<SubjectId> persons) {}

  /** Looks at each; refuses all when one may not be purged. */
  Found find(List<Long> indexes) {
    if (!ownEvents) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "the events are in another event store, which this program cannot remove text from");
    }
    List<NamedEntry> entries = new ArrayList<>();
    Set<UUID> persons = new TreeSet<>();
    for (long index : new TreeSet<>(indexes)) {
      StoredEntry stored =
          log.entry(index)
              .orElseThrow(
                  () ->
                      new ProblemException(ProblemType.NOT_FOUND, "the log has no entry " + index));
      entries.add(named(stored));
      persons.addAll(WithoutText.persons(stored.payload()));
    }
    return new Found(List.copyOf(entries), persons.stream().map(SubjectId::new).toList());
  }

  private NamedEntry named(StoredEntry stored) {
    if (!catalogue.isPurgeable(stored.name())) {
      throw refused(stored, why(stored.name()));
    }
    String digest =
        Payloads.digestIfWhole(stored)
            .orElseThrow(
                () ->
                    refused(
                        stored,
                        "its payload is not the one it was written with: it was purged, or changed"));
    if (WithoutText.of(stored.payload()).isEmpty()) {
      throw refused(stored, "it holds no text that could be removed");
    }
    return new NamedEntry(
        stored.index(),
        stored.name(),
        stored.aggregateId(),
        HexFormat.of().formatHex(stored.entryHash()),
        digest);
  }

  /** What will be left of entries that were named before and are still the same. */
  List<Remainder> remains(List<NamedEntry> entries) {
    return entries.stream()
        .map(
            entry -> {
              StoredEntry stored = log.entry(entry.index()).orElseThrow();
              if (!named(stored).equals(entry)) {
                throw new IllegalStateException("entry " + entry.index() + " is another one now");
              }
              return new Remainder(entry.index(), WithoutText.of(stored.payload()).orElseThrow());
            })
        .toList();
  }

  private static String why(String name) {
    if (name.startsWith("auditlog.") || name.startsWith("privacy.")) {
      return "%s is what the log says about itself; verification rests on it".formatted(name);
    }
    return "%s carries more than text: erase the owner of the text instead".formatted(name);
  }

  private static ProblemException refused(StoredEntry stored, String why) {
    return new ProblemException(
        ProblemType.WRONG_STATE, "entry %d may not be purged: %s".formatted(stored.index(), why));
  }
}
