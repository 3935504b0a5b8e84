package io.countersign.command.identity;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the directory has answered already, by the aliases an identity told, all of them committed.
 * Who has an alias keeps it, and subjects are never merged; but an erasure takes aliases away, so
 * all answers are dropped when keys were destroyed. Holds hashes, no names. The least recently used
 * go first.
 */
final class SettledAliases {

  private final Map<List<ByteBuffer>, Met> subjects;
  private long destructions = -1;

  SettledAliases(int capacity) {
    subjects =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<List<ByteBuffer>, Met> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized @Nullable Met get(List<Alias> told, long destructionsNow) {
    if (destructionsNow > destructions) {
      destructions = destructionsNow;
      subjects.clear();
    }
    return subjects.get(hashes(told));
  }

  /** Keeps an answer that was read after so many destructions, unless there were more since. */
  synchronized void put(List<Alias> told, Met met, long readAfter) {
    if (readAfter == destructions) {
      subjects.put(hashes(told), met);
    }
  }

  private static List<ByteBuffer> hashes(List<Alias> told) {
    return told.stream().map(Alias::hash).toList();
  }
}
