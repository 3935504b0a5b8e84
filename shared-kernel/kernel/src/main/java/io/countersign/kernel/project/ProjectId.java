package io.countersign.kernel.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A project: {@code project:<organization>:<key>}.
 *
 * @param organization where it lives
 * @param key the project's UUID, lower case
 */
public record ProjectId(OrganizationId organization, String key) {

  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  /** Lower-cases and checks the key. */
  public ProjectId {
    key = key.toLowerCase(Locale.ROOT);
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a project key");
    }
  }

  /**
   * Parses {@code project:<organization>:<key>}.
   *
   * @throws IllegalArgumentException when it is none
   */
  @JsonCreator
  public static ProjectId parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3 || !parts[0].equals("project")) {
      throw new IllegalArgumentException("not a project id: project:<organization>:<key> expected");
    }
    return new ProjectId(new OrganizationId(parts[1]), parts[2]);
  }

  /** The persisted form and aggregate id. */
  @JsonValue
  @Override
  public String toString() {
    return "project:" + organization + ":" + key;
  }
}
