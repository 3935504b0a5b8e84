package io.countersign.sandbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that Azure DevOps itself sets when a state changes. */
public final class StateFields {

  private static final String COMMON = "Microsoft.VSTS.Common.";

  private StateFields() {}

  static Map<String, @Nullable Object> of(
      Map<String, Object> now, SandboxPerson by, String state, Instant at) {
    String from = String.valueOf(now.get("System.State"));
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    changes.put("System.State", state);
    changes.put("System.Reason", reason(from, state));
    changes.put("System.BoardColumn", state);
    changes.put(COMMON + "StateChangeDate", Wire.fieldTime(at));
    switch (state) {
      case "Active" -> stamp(changes, "Activated", by, at);
      case "Resolved" -> stamp(changes, "Resolved", by, at);
      case "Closed", "Done" -> stamp(changes, "Closed", by, at);
      default -> {}
    }
    if (from.equals("Resolved") && state.equals("Active")) {
      changes.put(COMMON + "ResolvedDate", null);
      changes.put(COMMON + "ResolvedBy", null);
    }
    return changes;
  }

  private static void stamp(
      Map<String, @Nullable Object> changes, String what, SandboxPerson by, Instant at) {
    changes.put(COMMON + what + "Date", Wire.fieldTime(at));
    changes.put(COMMON + what + "By", by.identity());
  }

  /** Why a state changed, as the service words it when nobody says. */
  public static String reason(String from, String to) {
    return switch (from + " to " + to) {
      case "New to Active" -> "Implementation started";
      case "Active to Resolved" -> "Code complete and unit tests pass";
      case "Resolved to Active" -> "Acceptance tests fail";
      case "Resolved to Closed" -> "Acceptance tests pass";
      default -> "Moved to state " + to;
    };
  }
}
