package io.countersign.command.sync;

import io.countersign.command.automation.Intent;
import io.countersign.kernel.workitem.WriteAnswer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a write says of itself in the history of the work item: for people, and by its marker for
 * us, who may have to find out whether we did it.
 */
record Explanation(String marker, String html) {

  static Explanation of(Intent intent, ToWrite what, WriteAnswer.Wanted wanted) {
    String marker = marker(intent.id());
    String why =
        wanted.reversal()
            ? "moved back to %s: the change broke the rule %s"
                .formatted(what.to(), what.brokenRule() == null ? "" : what.brokenRule())
            : "moved from %s to %s, as %s asked"
                .formatted(wanted.from().word(), what.to(), name(wanted.askedBy()));
    return new Explanation(
        marker,
        "Countersign: %s. Entry %d, %s".formatted(escaped(why), intent.entryIndex(), marker));
  }

  /** The same for the same intent. */
  static String marker(UUID intent) {
    return "countersign:" + intent.toString().substring(0, 18);
  }

  private static String name(@Nullable String actor) {
    return actor == null ? "somebody" : actor.substring(actor.indexOf(':') + 1);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
