package io.countersign.kernel.workitem;

import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.privacy.SealedText;
import org.jspecify.annotations.Nullable;

/**
 * Commands for a work item. The {@code Record...} ones bring facts from the source: they are never
 * refused for what they say, and one that is already known changes nothing. Each brings a sighting,
 * because any notification may be the first we see of an item.
 */
public sealed interface WorkItemCommand extends AggregateCommand
    permits GateCommand,
        SyncCommand,
        WorkItemCommand.RecordCreation,
        WorkItemCommand.RecordUpdate,
        WorkItemCommand.RecordComment,
        WorkItemCommand.RecordDeletion,
        WorkItemCommand.RecordRestoration,
        WorkItemCommand.RequestTransition {

  /** The work item. */
  WorkItemId workItem();

  @Override
  default String aggregateId() {
    return workItem().toString();
  }

  /** It was created. The creation is update 1 of the source. */
  record RecordCreation(WorkItemId workItem, Sighting sighting, SourceChange change)
      implements WorkItemCommand {}

  /**
   * It was updated.
   *
   * @param workItem the work item
   * @param update what changed
   * @param reading how the states in the update are read
   * @param sighting the item after the update, where the notification has it
   * @param change with the update id
   */
  record RecordUpdate(
      WorkItemId workItem,
      Update update,
      Reading reading,
      @Nullable Sighting sighting,
      SourceChange change)
      implements WorkItemCommand {

    /** An update has a number. */
    public RecordUpdate {
      if (change.updateId() == null) {
        throw new IllegalArgumentException("an update has an update id");
      }
    }
  }

  /** Somebody commented. */
  record RecordComment(WorkItemId workItem, SealedText text, Sighting sighting, SourceChange change)
      implements WorkItemCommand {}

  /** It was moved to the recycle bin. */
  record RecordDeletion(WorkItemId workItem, Sighting sighting, SourceChange change)
      implements WorkItemCommand {}

  /** It was taken out of the recycle bin. */
  record RecordRestoration(WorkItemId workItem, Sighting sighting, SourceChange change)
      implements WorkItemCommand {}

  /**
   * Somebody here wants it in another state. Answered with a {@link TransitionAnswer}.
   *
   * @param workItem the work item
   * @param to the state wanted
   * @param basis what it is judged by
   */
  record RequestTransition(WorkItemId workItem, WorkItemState to, Basis basis)
      implements WorkItemCommand {}
}
