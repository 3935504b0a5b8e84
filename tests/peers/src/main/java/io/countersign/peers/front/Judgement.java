package io.countersign.peers.front;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a state may follow another: the edges of the Agile process' user story. */
public final class Judgement {

  private static final Map<String, Set<String>> NEXT =
      Map.of(
          "New", Set.of("Active", "Removed"),
          "Active", Set.of("New", "Resolved", "Closed", "Removed"),
          "Resolved", Set.of("Active", "Closed", "Removed"),
          "Closed", Set.of("Active", "Resolved"),
          "Removed", Set.of("New"));

  private Judgement() {}

  /** {@code valid} or {@code violated}. */
  public static String of(@Nullable String from, String to) {
    boolean valid = from == null || NEXT.getOrDefault(from, Set.of()).contains(to);
    return valid ? "valid" : "violated";
  }
}
