package io.countersign.kernel.workitem;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.ProjectId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole work item as a notification shows it. Only the first sighting registers it: later ones
 * may be older than what is known.
 *
 * @param project its project
 * @param type work item type in the source
 * @param sourceState the source's state
 * @param reading how the state is read
 * @param title sealed under the work item's key
 * @param createdBy who created it
 * @param assignedTo who has it
 * @param fields all other fields, by reference name
 * @param links relations
 */
public record Sighting(
    ProjectId project,
    String type,
    String sourceState,
    Reading reading,
    SealedText title,
    @Nullable Person createdBy,
    @Nullable Person assignedTo,
    Map<String, FieldValue> fields,
    List<Link> links) {

  /** Copies the collections; fields in the order of their names, so that the same is the same. */
  public Sighting {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    links = List.copyOf(links);
  }
}
