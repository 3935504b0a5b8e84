package io.countersign.command.workitem;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.workitem.SourceChange;
import org.jspecify.annotations.Nullable;

/**
 * A state change as the source told it. Who made it is kept by id only.
 *
 * @param change the change
 * @param sourceFrom the source's state before
 * @param sourceTo the source's state after
 */
record Transition(SourceChange change, String sourceFrom, String sourceTo) {

  static @Nullable Transition of(
      SourceChange change, @Nullable String sourceFrom, @Nullable String sourceTo) {
    if (sourceFrom == null || sourceTo == null) {
      return null;
    }
    Person by = change.changedBy();
    return new Transition(
        new SourceChange(
            change.updateId(),
            change.revision(),
            change.changedAt(),
            by == null ? null : new Person(by.id(), null)),
        sourceFrom,
        sourceTo);
  }
}
