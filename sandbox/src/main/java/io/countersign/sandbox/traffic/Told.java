package io.countersign.sandbox.traffic;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a notification tells, as far as the check needs it.
 *
 * @param type event type, for example {@code workitem.updated}
 * @param event the event's id
 * @param subscription the subscription's id
 * @param number of the notification in its subscription
 * @param expected what the server has to make of it
 * @param item what it tells of a work item; absent for everything else
 */
record Told(
    String type,
    UUID event,
    UUID subscription,
    int number,
    Expected expected,
    @Nullable Item item) {

  /** What the server has to make of a notification. */
  enum Expected {
    /** It becomes facts, unless they are known already. */
    FACTS,
    /** It is set aside with a reason. */
    QUARANTINED,
    /** It is known to mean nothing. */
    IGNORED
  }

  /**
   * A work item right after what is told.
   *
   * @param id as the server names it: {@code workitem:<organization>:<number>}
   * @param update update id; 0 when none is told
   * @param revision the source's revision
   * @param tells what changed
   * @param before state before; the same as {@code state} unless it changed
   * @param state state after
   * @param assignee display name; absent when it is nobody's
   * @param title its title
   * @param at when the notification was made, in milliseconds since 1970
   */
  record Item(
      String id,
      int update,
      int revision,
      Set<Tells> tells,
      String before,
      String state,
      @Nullable String assignee,
      String title,
      long at) {}
}
