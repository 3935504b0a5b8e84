package io.countersign.kernel.catalogue;

import java.util.regex.Pattern;

/**
 * The persisted name of an event and its revision.
 *
 * @param name {@code <aggregate>.<Event>}, for example {@code workitem.StateChanged}
 * @param revision shape of the payload: 1, 2, ...
 */
public record EventType(String name, int revision) {

  private static final Pattern FORM = Pattern.compile("[a-z]+\\.[A-Z][A-Za-z]+");

  /** Checks the form. */
  public EventType {
    if (!FORM.matcher(name).matches() || revision < 1) {
      throw new IllegalArgumentException("not an event type: " + name + " " + revision);
    }
  }
}
