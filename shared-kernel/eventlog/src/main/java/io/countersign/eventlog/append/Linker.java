package io.countersign.eventlog.append;

import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryHash;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Links a batch to the head of the log as this committer last saw it, and remembers the last entry
 * of each aggregate. While that head stands nobody else has appended, so what is remembered is
 * exact; whether it stands, the append function finds out under the lock. What cannot be decided
 * from memory is not linked here: the function does it.
 *
 * <p>Used by the committer's thread alone.
 */
final class Linker {

  /** Aggregates kept in mind, some 200 bytes each. */
  private static final int REMEMBERED = 32_768;

  private static final long NONE = -1;

  private final Map<String, Last> aggregates;
  private @Nullable Head head;

  Linker() {
    this(REMEMBERED);
  }

  Linker(int remembered) {
    aggregates =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > remembered;
          }
        };
  }

  /**
   * The end of the log.
   *
   * @param log its id
   * @param index of the last entry, -1 for none
   * @param hash of the last entry
   * @param recordedMicros when it was recorded
   */
  record Head(UUID log, long index, EntryHash hash, long recordedMicros) {}

  /** Last sequence of an aggregate and index of that entry. */
  private record Last(long sequence, long index) {}

  /**
   * What was linked.
   *
   * @param hashes of all entries of the batch in order
   * @param recordedMicros what they say
   */
  record Links(byte[][] hashes, long recordedMicros) {}

  /** The head that the next batch may be linked to; null when there is none. */
  @Nullable Head head() {
    return head;
  }

  /**
   * Writes places and hashes of all entries of a batch.
   *
   * @return null when memory does not say enough, or says that something has to be refused
   */
  @Nullable Links link(List<AppendRequest> batch, long nowMicros) {
    Head from = head;
    if (from == null) {
      return null;
    }
    long recorded = Math.max(nowMicros, from.recordedMicros());
    var hashes = new byte[batch.stream().mapToInt(request -> request.entries().size()).sum()][];
    Map<String, Last> moved = new HashMap<>();
    EntryHash previous = from.hash();
    int at = 0;
    for (AppendRequest request : batch) {
      for (int i = 0; i < request.entries().size(); i++) {
        NewEntry entry = request.entries().get(i);
        Last last = moved.get(entry.aggregateId());
        if (last == null) {
          last = aggregates.get(entry.aggregateId());
        }
        if (last == null && entry.sequence() == 0) {
          last = new Last(NONE, NONE); // if it is not new, its sequence is not unique
        }
        if (last == null || entry.sequence() != last.sequence() + 1) {
          return null;
        }
        long index = from.index() + 1 + at;
        byte[] bytes = request.bytes().get(i);
        EntryCodec.place(bytes, from.log(), index, previous, last.index(), recorded);
        previous = EntryHash.of(bytes);
        hashes[at++] = previous.bytes();
        moved.put(entry.aggregateId(), new Last(entry.sequence(), index));
      }
    }
    return new Links(hashes, recorded);
  }

  /**
   * Learns how a batch ended.
   *
   * @param held whether the head was {@link #head()} until then
   * @param verdicts of its requests
   * @param end the head now
   */
  void learn(List<AppendRequest> batch, boolean held, List<Verdict> verdicts, Head end) {
    if (!held) {
      aggregates.clear();
    }
    for (int r = 0; r < batch.size(); r++) {
      if (verdicts.get(r) instanceof Verdict.Appended(long firstIndex)) {
        List<NewEntry> entries = batch.get(r).entries();
        for (int i = 0; i < entries.size(); i++) {
          remember(entries.get(i), firstIndex + i);
        }
      }
    }
    head = end;
  }

  private void remember(NewEntry entry, long index) {
    if (!entry.aggregateType().isEmpty()) { // others are events of their own and get no second one
      aggregates.put(entry.aggregateId(), new Last(entry.sequence(), index));
    }
  }

  /** Something went wrong: nothing is known any more. */
  void forget() {
    head = null;
    aggregates.clear();
  }
}
