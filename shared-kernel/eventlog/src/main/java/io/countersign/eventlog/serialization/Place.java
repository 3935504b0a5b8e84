package io.countersign.eventlog.serialization;

import io.countersign.kernel.catalogue.EventCatalogue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamContext;

/**
 * Where sealed text stands: what {@code at} of an envelope says.
 *
 * @param name logical name of the event, or the class name of something else that is stored
 * @param pointer JSON pointer of the field, with its leading slash
 */
record Place(String name, String pointer) {

  /** Attribute of readers and writers: the name of what is read or written. */
  static final Object NAME = new Object();

  /**
   * The place of the object that a generator or parser is in.
   *
   * @param name value of {@link #NAME}
   * @param object its context
   */
  static Place of(@Nullable Object name, @Nullable TokenStreamContext object) {
    TokenStreamContext parent = object == null ? null : object.getParent();
    return new Place(
        name instanceof String text ? text : "",
        parent == null ? "" : parent.pathAsPointer().toString());
  }

  /** As in envelopes. */
  String at() {
    return name + pointer;
  }

  /**
   * Whether an envelope that says this was written here. The name of an event that was renamed
   * since passes for the one it has now; the field has to be the same.
   */
  boolean is(String at, EventCatalogue catalogue) {
    if (at.equals(at())) {
      return true;
    }
    int slash = at.indexOf('/');
    return slash > 0
        && at.substring(slash).equals(pointer)
        && catalogue.classOf(at.substring(0, slash)).isEmpty();
  }
}
