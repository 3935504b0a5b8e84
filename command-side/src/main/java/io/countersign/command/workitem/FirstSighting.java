package io.countersign.command.workitem;

import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemEvent;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a work item was first seen by: updates from before it may be told after it and are no news.
 *
 * @param revision revision that it showed
 * @param updateId the update that it came with; absent with comments, deletions and restorations
 * @param links whether it showed links. Without an update id none may mean that none were told:
 *     reconciliation finds an item in the recycle bin in a list without them
 */
record FirstSighting(int revision, @Nullable Integer updateId, boolean links) {

  static FirstSighting of(WorkItemEvent.Registered event) {
    Integer updateId = event.change().updateId();
    return new FirstSighting(
        event.change().revision(), updateId, updateId != null || !event.links().isEmpty());
  }

  /**
   * Whether an update was made before. A sighting without update id comes with what made its
   * revision; links between work items that changed at that revision changed after it.
   */
  boolean showed(SourceChange change, Update update) {
    Integer id = change.updateId();
    if (updateId != null && id != null) {
      return id <= updateId;
    }
    return change.revision() < revision || change.revision() == revision && madeItsRevision(update);
  }

  /** The same of the update's links. */
  boolean showedLinks(SourceChange change, Update update) {
    return links && showed(change, update);
  }

  private static boolean madeItsRevision(Update update) {
    return !update.fields().isEmpty()
        || update.comment() != null
        || update.added().isEmpty() && update.removed().isEmpty()
        || !links(update).allMatch(Relations::isBetweenWorkItems);
  }

  private static Stream<Link> links(Update update) {
    return Stream.concat(update.added().stream(), update.removed().stream());
  }
}
