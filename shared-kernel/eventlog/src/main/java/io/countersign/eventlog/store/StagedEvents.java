package io.countersign.eventlog.store;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** What a root unit of work has published and not yet stored. */
final class StagedEvents {

  private static final String KEY = StagedEvents.class.getName();

  private final List<EventMessage<?>> events = new ArrayList<>();
  private boolean decided;
  private boolean storedBefore;

  private StagedEvents() {}

  /** Those of a unit of work's root; empty ones at first. */
  static StagedEvents of(UnitOfWork<?> unitOfWork) {
    return unitOfWork.root().getOrComputeResource(KEY, key -> new StagedEvents());
  }

  /** Those of a unit of work's root, if it has any. */
  static @Nullable StagedEvents find(UnitOfWork<?> unitOfWork) {
    return unitOfWork.root().getResource(KEY);
  }

  /** The message identifier of the command the unit of work handles, null when it is none. */
  static @Nullable String commandId(UnitOfWork<?> unitOfWork) {
    return unitOfWork.root().getMessage() instanceof CommandMessage<?> command
        ? command.getIdentifier()
        : null;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  void add(List<? extends EventMessage<?>> more) {
    events.addAll(more);
  }

  List<EventMessage<?>> events() {
    return List.copyOf(events);
  }

  /** They are in the log now. */
  void stored(boolean before) {
    decided = true;
    storedBefore = before;
  }

  /** Whether they are in the log. */
  boolean decided() {
    return decided;
  }

  /** Whether they were in the log before this unit of work appended them. */
  boolean storedBefore() {
    return storedBefore;
  }
}
