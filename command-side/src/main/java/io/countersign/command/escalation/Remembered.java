package io.countersign.command.escalation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Ids of what was told already, the oldest first. Repetitions come soon after, if they come: the
 * last ones are enough.
 */
record Remembered(List<UUID> ids) {

  static final Remembered NOTHING = new Remembered(List.of());

  private static final int MOST = 500;

  Remembered {
    ids = List.copyOf(ids);
  }

  boolean contains(UUID id) {
    return ids.contains(id);
  }

  Remembered with(UUID newest) {
    if (ids.contains(newest)) {
      return this;
    }
    List<UUID> more = new ArrayList<>(ids);
    more.add(newest);
    return new Remembered(more.subList(Math.max(0, more.size() - MOST), more.size()));
  }
}
