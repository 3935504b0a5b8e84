package io.countersign.kernel.workitem;

import io.countersign.kernel.privacy.SealedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one update changed.
 *
 * @param fields changed fields, among them state, title and assignee; without bookkeeping of the
 *     source
 * @param added relations added
 * @param removed relations removed
 * @param comment the comment made with it
 */
public record Update(
    List<FieldChange> fields, List<Link> added, List<Link> removed, @Nullable SealedText comment) {

  /** Copies the collections. */
  public Update {
    fields = List.copyOf(fields);
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }
}
