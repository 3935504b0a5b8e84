package io.countersign.command.automation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an automation answers to an event. */
public sealed interface Reaction {

  /**
   * Do this.
   *
   * @param kind which {@link IntentHandler} does it
   * @param payload what exactly: a record of references, kept as JSON; never personal data in clear
   * @param due not before; the event's own time for at once
   * @param lane intents of a lane run one after the other in the order of their events; one that
   *     failed holds up those behind it until somebody retries or drops it. Absent: in any order
   * @param topic under which it can be canceled while it waits
   */
  record Intend(
      String kind, Record payload, Instant due, @Nullable String lane, @Nullable String topic)
      implements Reaction {

    /** At a time, in any order. */
    public static Intend at(Instant due, String kind, Record payload) {
      return new Intend(kind, payload, due, null, null);
    }

    /** The same in a lane. */
    public Intend inLane(String key) {
      return new Intend(kind, payload, due, key, topic);
    }

    /** The same, to be canceled by this topic. */
    public Intend about(String key) {
      return new Intend(kind, payload, due, lane, key);
    }
  }

  /**
   * What this automation intends about a topic, and has not begun, is not needed any more: a
   * deadline that was met. Who runs an intent still has to look whether it makes sense: it may have
   * begun just before.
   */
  record Cancel(String topic) implements Reaction {}
}
