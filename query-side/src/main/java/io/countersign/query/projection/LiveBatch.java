package io.countersign.query.projection;

import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.catalogue.Events;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * The events of one unit of work with what each changes: coalesced for writing them together, and
 * one by one for the case that one of them is poisoned.
 */
final class LiveBatch {

  private final Fold<?> fold;
  private final List<Handled> events = new ArrayList<>();
  private final RowBuffer together;
  private boolean poisoned;

  LiveBatch(Fold<?> fold, List<Table> tables) {
    this.fold = fold;
    this.together = new RowBuffer(tables);
  }

  /**
   * An event.
   *
   * @param sequence which events it must not overtake
   * @param changes what it changes; nothing when it is poisoned
   * @param poison what is wrong with it; absent when nothing is known to be
   */
  record Handled(
      long index,
      EventMessage<?> message,
      String sequence,
      List<RowChange> changes,
      @Nullable Poison poison) {

    /** Its logical name. */
    String eventName() {
      return Events.CATALOGUE
          .typeOf(message.getPayloadType())
          .map(EventType::name)
          .orElse(message.getPayloadType().getSimpleName());
    }
  }

  void add(long index, EventMessage<?> message, List<RowChange> changes) {
    together.add(index, changes);
    events.add(new Handled(index, message, fold.sequenceName(message), changes, null));
  }

  /** An event of which nothing can be written; what was written together may hold parts of it. */
  void addPoisoned(long index, EventMessage<?> message, Poison poison) {
    poisoned = true;
    events.add(new Handled(index, message, fold.sequenceName(message), List.of(), poison));
  }

  List<Handled> events() {
    return Collections.unmodifiableList(events);
  }

  boolean isPoisoned() {
    return poisoned;
  }

  /** All changes; not to be written when the batch is poisoned. */
  RowBuffer together() {
    return together;
  }

  long lastIndex() {
    return events.isEmpty() ? -1 : events.getLast().index();
  }
}
