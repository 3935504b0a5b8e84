package io.countersign.app.cli;

import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.Simulation.Recorded;
import io.countersign.rules.policy.TransitionFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What entries say of transitions, put together: several entries tell of one. A change of the
 * source is followed by what the policy said of it and by the violation; what was asked for here is
 * granted or refused after the decision. A decision has the last word, and its inputs are the
 * facts; logs that are older than decisions have only the rest. What the source reports because we
 * wrote it is told with the request, and what no policy was asked about (the item is deleted, or
 * there already) is left out.
 */
final class TransitionStory {

  private static final String CHANGED = "workitem.StateChanged";
  private static final String DECIDED = "workitem.TransitionDecided";
  private static final String VIOLATED = "workitem.TransitionViolated";
  private static final String REQUESTED = "workitem.TransitionRequested";
  private static final String REFUSED = "workitem.TransitionRefused";
  private static final String CONFIRMED = "workitem.TransitionConfirmed";

  /** The entries it is made of. */
  static final List<String> NAMES =
      List.of(CHANGED, DECIDED, VIOLATED, REQUESTED, REFUSED, CONFIRMED);

  private final Map<String, Recorded> recorded = new LinkedHashMap<>();
  private final Set<String> decided = new HashSet<>();
  private final Map<String, String> decidedLast = new HashMap<>();

  /** The transitions so far, in the order of the log. */
  List<Recorded> transitions() {
    return List.copyOf(recorded.values());
  }

  /** Takes the next entry, in the order of the log. */
  void add(JsonNode entry) {
    String name = entry.path("name").asString("");
    JsonNode payload = entry.path("payload");
    String workItem = payload.path("workItem").asString("");
    String update = payload.path("change").path("updateId").asString("");
    String change = workItem + "#" + update;
    if (name.equals(CONFIRMED)) {
      if (!decided.contains(change)) {
        recorded.remove(change);
      }
      return;
    }
    WorkItemState from = state(payload.path("from"));
    WorkItemState to = state(payload.path("to"));
    if (from == null || to == null) {
      return;
    }
    long index = entry.path("index").asLong();
    switch (name) {
      case DECIDED -> {
        String key = update.isEmpty() ? String.valueOf(index) : change;
        if (update.isEmpty()) {
          decidedLast.put(workItem, from + " " + to);
        }
        decided.add(key);
        JsonNode decision = payload.path("decision");
        put(
            key,
            index,
            workItem,
            name,
            from,
            to,
            decision.path("allowed").asBoolean(false),
            facts(decision));
      }
      case CHANGED, VIOLATED -> {
        if (!decided.contains(change)) {
          put(change, index, workItem, name, from, to, name.equals(CHANGED), facts(payload));
        }
      }
      default -> {
        boolean known = decidedLast.remove(workItem, from + " " + to);
        if (!known && !payload.path("rule").asString("").startsWith("workitem.")) {
          put(
              String.valueOf(index),
              index,
              workItem,
              name,
              from,
              to,
              name.equals(REQUESTED),
              facts(payload));
        }
      }
    }
  }

  private void put(
      String key,
      long index,
      String workItem,
      String name,
      WorkItemState from,
      WorkItemState to,
      boolean passed,
      @Nullable TransitionFacts facts) {
    Recorded before = recorded.get(key);
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
  private static @Nullable TransitionFacts facts(JsonNode holder) {
    JsonNode inputs = holder.path("inputs");
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
