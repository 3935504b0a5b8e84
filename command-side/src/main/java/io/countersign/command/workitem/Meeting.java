package io.countersign.command.workitem;

import io.countersign.command.domain.NameBasedId;
import io.countersign.kernel.Actor;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncCommand.RecordFound;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a change of the source meets what we want of it: an echo, an agreement, or a conflict. */
final class Meeting {

  /** Who decides conflicts that the project's policy decides. */
  static final Actor POLICY = Actor.automation("write-transitions");

  /** Codes of writes that were given up. */
  static final String THEIRS = "conflict-theirs";

  static final String OVERTAKEN = "overtaken";

  private static final UUID CONFLICTS = UUID.fromString("0b1de0a7-7f0d-5c55-9a4e-6d1d8f6f7c21");

  private final WorkItemId workItem;
  private final ItemState item;
  private final Outgoing outgoing;
  private final SourceChange change;

  /** Of a work item as it was before the change. */
  Meeting(WorkItemId workItem, ItemState item, SourceChange change) {
    this.workItem = workItem;
    this.item = item;
    this.outgoing = item.outgoing();
    this.change = change;
  }

  /**
   * The newest change of the state.
   *
   * @param incomplete whether updates are missing: they may hold our own write, so that nothing is
   *     a conflict yet; who writes will find out
   */
  List<WorkItemEvent> current(
      Reading reading, @Nullable WorkItemState to, String sourceTo, boolean incomplete) {
    Outgoing.Clash clash = outgoing.clash();
    if (clash != null && clash.wanted() == to) {
      return List.of(
          new SyncEvent.ConflictResolved(
              workItem, clash.conflict(), ConflictResolution.OURS, Actor.AZURE_DEVOPS, null),
          confirmed(clash.wanted()));
    }
    Outgoing.Own own = outgoing.find(change.revision());
    if (own != null) {
      return own.confirmed() ? List.of() : List.of(confirmed(own.to()));
    }
    Outgoing.Write write = outgoing.write();
    if (write == null || to == write.from()) {
      return List.of();
    }
    if (to == write.to()) {
      return List.of(confirmed(write.to()));
    }
    return incomplete || write.writtenAs() != null
        ? List.of()
        : apart(reading, write, to, sourceTo);
  }

  /** A change that came late: it may tell what we wrote, and never is a conflict. */
  List<WorkItemEvent> late(@Nullable WorkItemState to, boolean holds) {
    Outgoing.Own own = outgoing.find(change.revision());
    if (own != null && !own.confirmed()) {
      return List.of(confirmed(own.to()));
    }
    Outgoing.Write write = outgoing.write();
    return holds && write != null && write.to() == to ? List.of(confirmed(write.to())) : List.of();
  }

  /** What the source had when we wanted to write. */
  static List<WorkItemEvent> found(ItemState item, RecordFound command) {
    Outgoing.Write write = item.outgoing().unwritten(command.to());
    if (write == null || write.isNewerThan(command.change().revision())) {
      return List.of();
    }
    var meeting = new Meeting(command.workItem(), item, command.change());
    WorkItemState there = command.reading().of(command.sourceState());
    return there == write.to()
        ? List.of(meeting.confirmed(write.to()))
        : meeting.apart(command.reading(), write, there, command.sourceState());
  }

  private List<WorkItemEvent> apart(
      Reading reading, Outgoing.Write write, @Nullable WorkItemState theirs, String sourceTheirs) {
    if (write.reversal()) {
      return List.of(new SyncEvent.WriteAbandoned(workItem, write.to(), OVERTAKEN, null));
    }
    UUID id =
        NameBasedId.of(
            CONFLICTS,
            "%s/%d/%s/%d"
                .formatted(workItem, change.revision(), write.to().word(), outgoing.conflicts()));
    var detected =
        new SyncEvent.ConflictDetected(
            workItem, id, write.from(), write.to(), theirs, sourceTheirs, change);
    return reading.gates().conflicts() == ConflictPolicy.THEIRS
        ? List.of(
            detected,
            new SyncEvent.ConflictResolved(workItem, id, ConflictResolution.THEIRS, POLICY, null),
            new SyncEvent.WriteAbandoned(workItem, write.to(), THEIRS, null))
        : List.of(detected);
  }

  private WorkItemEvent confirmed(WorkItemState to) {
    return new SyncEvent.TransitionConfirmed(workItem, to, change);
  }
}
