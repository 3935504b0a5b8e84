package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of a work item.
 *
 * @param id counts every change of the item
 * @param rev counts changes of its fields and of links to other things, not of links between work
 *     items
 * @param fields what changed, in order
 */
record Update(
    int id,
    int rev,
    SandboxPerson by,
    Instant at,
    Map<String, FieldChange> fields,
    List<Relation> added,
    List<Relation> removed) {

  /**
   * A change of a field.
   *
   * @param before null when it was empty
   * @param after null when it was cleared
   */
  record FieldChange(@Nullable Object before, @Nullable Object after) {}

  boolean touches(String field) {
    return fields.containsKey(field);
  }
}
