package io.countersign.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Who caused something, as a reference that is safe to keep in clear: {@code principal:<name>},
 * {@code source:<name>}, {@code automation:<name>} or {@code person:<subject id>}. Never a name or
 * a mail address.
 *
 * @param ref kind, colon, reference; at most 200 characters
 */
public record Actor(@JsonValue String ref) {

  private static final Pattern FORM =
      Pattern.compile("(principal|source|automation|person):[A-Za-z0-9][A-Za-z0-9._@-]{0,180}");

  /** What Azure DevOps' deliveries are recorded under. */
  public static final Actor AZURE_DEVOPS = new Actor("source:azure-devops");

  /** What no delivery told, and was fetched from Azure DevOps, is recorded under. */
  public static final Actor RECONCILIATION = new Actor("automation:reconciliation");

  /** Checks the form. */
  @JsonCreator
  public Actor {
    if (!FORM.matcher(ref).matches()) {
      throw new IllegalArgumentException("not an actor reference");
    }
  }

  /** The actor of an authenticated principal. */
  public static Actor principal(String name) {
    return new Actor("principal:" + name);
  }

  /** The actor of an automation of ours. */
  public static Actor automation(String name) {
    return new Actor("automation:" + name);
  }

  @Override
  public String toString() {
    return ref;
  }
}
