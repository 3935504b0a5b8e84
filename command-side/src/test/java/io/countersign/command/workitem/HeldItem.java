package io.countersign.command.workitem;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.List;
import java.util.Objects;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * What the aggregate holds of a work item after all of its events, for tests that compare it with
 * the source.
 *
 * @param sourceState the source's state
 * @param revision newest revision
 * @param updates ids of the updates that are known, as ranges
 * @param deleted whether it is in the recycle bin
 * @param links that hold
 * @param comments how many are recorded
 * @param assigned whether somebody has it
 * @param unjudged how many changes wait to be judged
 * @param wanted a write that is wanted and not over
 * @param clash a conflict nobody has decided
 */
public record HeldItem(
    String sourceState,
    int revision,
    String updates,
    boolean deleted,
    List<String> links,
    int comments,
    boolean assigned,
    int unjudged,
    @Nullable String wanted,
    @Nullable String clash) {

  /** By its events alone: no snapshot, no cache. */
  public static HeldItem of(EventStore events, WorkItemId workItem) {
    ItemState item = null;
    var stream = events.readEvents(workItem.toString(), 0);
    while (stream.hasNext()) {
      var message = stream.next();
      var event = (WorkItemEvent) message.getPayload();
      Object actor = message.getMetaData().get(Provenance.ACTOR);
      item =
          event instanceof WorkItemEvent.Registered registered
              ? ItemState.begin(registered)
              : Objects.requireNonNull(item).evolve(event, message.getTimestamp(), (String) actor);
    }
    return of(Objects.requireNonNull(item, "nothing is known of " + workItem));
  }

  private static HeldItem of(ItemState item) {
    History history = item.history();
    Outgoing.Write write = item.outgoing().write();
    Outgoing.Clash clash = item.outgoing().clash();
    return new HeldItem(
        history.sourceState(),
        item.profile().revision(),
        String.join(
            ",",
            history.updates().ranges().stream()
                .map(range -> range.from() + "-" + range.to())
                .toList()),
        history.deleted(),
        item.profile().relations().current(),
        history.comments().ranges().stream().mapToInt(range -> range.to() - range.from() + 1).sum(),
        item.profile().assignee() != null,
        history.unjudged().size(),
        write == null ? null : write.toString(),
        clash == null ? null : clash.toString());
  }
}
