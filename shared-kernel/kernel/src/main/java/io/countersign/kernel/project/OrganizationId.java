package io.countersign.kernel.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An Azure DevOps organization (or collection of a server): its collection id, or its name in URLs
 * where a notification carries no id.
 *
 * @param value lower case letters, digits, dots and dashes
 */
public record OrganizationId(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  /** Lower-cases and checks the form. */
  @JsonCreator
  public OrganizationId {
    value = value.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an organization id");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
