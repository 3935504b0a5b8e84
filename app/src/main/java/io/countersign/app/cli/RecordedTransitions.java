package io.countersign.app.cli;

import io.countersign.audit.verify.Progress;
import io.countersign.rules.policy.Simulation.Recorded;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import tools.jackson.databind.JsonNode;

/**
 * The transitions that a server's log holds, read once in its order, a page of each kind of entry
 * at a time.
 */
final class RecordedTransitions {

  private final ApiClient api;

  RecordedTransitions(ApiClient api) {
    this.api = api;
  }

  /** Those from an index and a time on, in the order of the log. */
  List<Recorded> since(long index, Instant time, Progress progress) {
    long size = api.get("/api/v1/log/head").path("size").asLong(0);
    long span = Math.max(0, size - index);
    progress.total(span);
    var pages = new PriorityQueue<EntryPages>(Comparator.comparingLong(EntryPages::index));
    for (String name : TransitionStory.NAMES) {
      offer(pages, new EntryPages(api, name, index));
    }
    var story = new TransitionStory();
    while (!pages.isEmpty()) {
      EntryPages first = pages.remove();
      JsonNode entry = first.next();
      if (!Instant.parse(entry.path("recordedAt").asString("")).isBefore(time)) {
        story.add(entry);
      }
      progress.reached(Math.min(span, entry.path("index").asLong() - index), 0);
      offer(pages, first);
    }
    progress.reached(span, 0);
    return story.transitions();
  }

  private static void offer(PriorityQueue<EntryPages> pages, EntryPages one) {
    if (one.hasNext()) {
      pages.add(one);
    }
  }
}
