package io.countersign.command.identity;

import io.countersign.kernel.privacy.SubjectId;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the directory has answered already, by the aliases an identity told, all of them committed.
 * Never out of date: who has an alias keeps it, and subjects are never merged. Holds hashes, no
 * names. The least recently used go first.
 */
final class SettledAliases {

  private final Map<List<ByteBuffer>, SubjectId> subjects;

  SettledAliases(int capacity) {
    subjects =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<List<ByteBuffer>, SubjectId> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized @Nullable SubjectId get(List<Alias> told) {
    return subjects.get(hashes(told));
  }

  synchronized void put(List<Alias> told, SubjectId subject) {
    subjects.put(hashes(told), subject);
  }

  private static List<ByteBuffer> hashes(List<Alias> told) {
    return told.stream().map(Alias::hash).toList();
  }
}
