package io.countersign.app.cli;

import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.Simulation.Recorded;
import io.countersign.rules.policy.TransitionFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The transitions that a server's log holds: those that happened at the source, with whether they
 * were found sound, and those that were asked for here. An event whose payload has {@code inputs}
 * carries the facts of its decision.
 */
final class RecordedTransitions {

  private static final String CHANGED = "workitem.StateChanged";
  private static final String VIOLATED = "workitem.TransitionViolated";
  private static final String REFUSED = "workitem.TransitionRefused";
  private static final List<String> NAMES =
      List.of(CHANGED, VIOLATED, "workitem.TransitionRequested", REFUSED);
  private static final int PAGE = 1_000;

  private final ApiClient api;

  RecordedTransitions(ApiClient api) {
    this.api = api;
  }

  /** Those from an index and a time on, in the order of the log. */
  List<Recorded> since(long index, Instant time) {
    Map<Long, JsonNode> entries = new TreeMap<>();
    NAMES.forEach(name -> collect(name, index, time, entries));
    Map<String, Recorded> recorded = new LinkedHashMap<>();
    for (JsonNode entry : entries.values()) {
      add(entry, recorded);
    }
    return new ArrayList<>(recorded.values());
  }

  private void collect(String name, long index, Instant time, Map<Long, JsonNode> entries) {
    long next = index;
    JsonNode page;
    do {
      page =
          api.get(
              "/api/v1/log/entries?from=%d&limit=%d&name=%s"
                  .formatted(next, PAGE, ApiClient.escaped(name)));
      for (JsonNode line : page.path("items")) {
        long at = line.path("index").asLong();
        next = at + 1;
        if (!Instant.parse(line.path("recordedAt").asString("")).isBefore(time)) {
          entries.put(at, api.get("/api/v1/log/entries/" + at));
        }
      }
    } while (page.hasNonNull("next"));
  }

  /** A violation is told after the change it judges: both are one transition. */
  private static void add(JsonNode entry, Map<String, Recorded> recorded) {
    JsonNode payload = entry.path("payload");
    String name = entry.path("name").asString("");
    WorkItemState from = state(payload.path("from"));
    WorkItemState to = state(payload.path("to"));
    if (from == null || to == null) {
      return;
    }
    long index = entry.path("index").asLong();
    String workItem = payload.path("workItem").asString("");
    boolean foreign = name.equals(CHANGED) || name.equals(VIOLATED);
    String key =
        foreign
            ? "%s#%s".formatted(workItem, payload.path("change").path("updateId").asString(""))
            : String.valueOf(index);
    Recorded before = recorded.get(key);
    boolean passed = !name.equals(VIOLATED) && !name.equals(REFUSED);
    TransitionFacts facts = facts(payload.path("inputs"));
    recorded.put(
        key,
        new Recorded(
            before == null ? index : before.index(),
            workItem,
            name,
            from,
            to,
            passed,
            facts == null && before != null ? before.facts() : facts));
  }

  private static @Nullable WorkItemState state(JsonNode word) {
    try {
      return word.isString() ? WorkItemState.of(word.asString()) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** Facts as an object, or as the canonical JSON text of one. Others are as good as none. */
  @SuppressWarnings("unchecked")
  private static @Nullable TransitionFacts facts(JsonNode inputs) {
    try {
      JsonNode object = inputs.isString() ? ApiClient.JSON.readTree(inputs.asString()) : inputs;
      return object.isObject()
          ? TransitionFacts.of(ApiClient.JSON.convertValue(object, Map.class))
          : null;
    } catch (RuntimeException _) {
      return null;
    }
  }
}
