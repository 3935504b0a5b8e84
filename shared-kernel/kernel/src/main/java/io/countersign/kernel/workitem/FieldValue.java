package io.countersign.kernel.workitem;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.countersign.kernel.privacy.SealedText;

/** The value of a field, by how it has to be kept. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FieldValue.Plain.class, name = "plain"),
  @JsonSubTypes.Type(value = FieldValue.Text.class, name = "text"),
  @JsonSubTypes.Type(value = FieldValue.Person.class, name = "person")
})
public sealed interface FieldValue {

  /**
   * A code, number, date or path that carries no personal data.
   *
   * @param value in the source's spelling
   */
  record Plain(String value) implements FieldValue {}

  /**
   * Text somebody wrote, or a field nobody vouches for.
   *
   * @param text sealed under the work item's key
   */
  record Text(SealedText text) implements FieldValue {}

  /**
   * A person.
   *
   * @param person by subject id
   */
  record Person(io.countersign.kernel.privacy.Person person) implements FieldValue {}
}
