package io.countersign.kernel.resource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.project.OrganizationId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something in the source that is no work item: {@code <kind>:<organization>:<key>}, for example
 * {@code build:fabrikam:4711} or {@code pullrequest:fabrikam:<repository>/7}.
 *
 * @param kind lower case letters, for example {@code pullrequest}, {@code build}, {@code run}
 * @param organization where it lives
 * @param key what tells it from others of its kind there
 */
public record ResourceId(String kind, OrganizationId organization, String key) {

  private static final Pattern KIND = Pattern.compile("[a-z]{2,20}");
  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9._/-]{0,119}");

  /** Lower-cases the key and checks the form; kinds of other aggregates are refused. */
  public ResourceId {
    key = key.toLowerCase(Locale.ROOT);
    if (!KIND.matcher(kind).matches() || kind.equals("workitem") || kind.equals("project")) {
      throw new IllegalArgumentException("not a kind of resource");
    }
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a resource key");
    }
  }

  /**
   * Parses {@code <kind>:<organization>:<key>}.
   *
   * @throws IllegalArgumentException when it is none
   */
  @JsonCreator
  public static ResourceId parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a resource id: <kind>:<organization>:<key> expected");
    }
    return new ResourceId(parts[0], new OrganizationId(parts[1]), parts[2]);
  }

  /** Who owns the keys of its free text. */
  public KeyOwner keyOwner() {
    return new KeyOwner(toString());
  }

  /** The persisted form and aggregate id. */
  @JsonValue
  @Override
  public String toString() {
    return kind + ":" + organization + ":" + key;
  }
}
