package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.StateFields;
import io.countersign.sandbox.Wire;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that the service sets by itself when a state changes, by the state's category. */
final class StateChange {

  private static final String COMMON = "Microsoft.VSTS.Common.";

  private StateChange() {}

  /** Adds them to what somebody changes; what they set themselves stays. */
  static void complete(
      WorkItem item,
      ItemType type,
      Map<String, @Nullable Object> changes,
      SandboxPerson by,
      Instant at) {
    Object state = changes.get("System.State");
    if (state == null) {
      return;
    }
    String to = state.toString();
    String from = item.state();
    String category = type.state(to).map(ItemState::category).orElse("");
    changes.putIfAbsent("System.Reason", reason(from, to, category));
    changes.putIfAbsent("System.BoardColumn", to);
    String now = Wire.fieldTime(at);
    changes.put(COMMON + "StateChangeDate", now);
    switch (category) {
      case ItemState.IN_PROGRESS -> {
        stamp(changes, "Activated", by, now);
        clear(item, changes, "Resolved");
        clear(item, changes, "Closed");
      }
      case ItemState.RESOLVED -> {
        stamp(changes, "Resolved", by, now);
        clear(item, changes, "Closed");
      }
      case ItemState.COMPLETED -> stamp(changes, "Closed", by, now);
      default -> {}
    }
  }

  private static String reason(String from, String to, String category) {
    if (from.isEmpty()) {
      return to.equals("To Do") ? "Added to backlog" : to;
    }
    return to.equals("Done") && category.equals(ItemState.COMPLETED)
        ? "Completed"
        : StateFields.reason(from, to);
  }

  private static void stamp(
      Map<String, @Nullable Object> changes, String what, SandboxPerson by, String now) {
    changes.put(COMMON + what + "Date", now);
    changes.put(COMMON + what + "By", by.identity());
  }

  private static void clear(WorkItem item, Map<String, @Nullable Object> changes, String what) {
    for (String field : new String[] {COMMON + what + "Date", COMMON + what + "By"}) {
      if (item.fields().containsKey(field)) {
        changes.put(field, null);
      }
    }
  }
}
