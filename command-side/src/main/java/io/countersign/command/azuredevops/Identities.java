package io.countersign.command.azuredevops;

import io.countersign.command.identity.People;
import io.countersign.command.identity.SourceIdentity;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.project.OrganizationId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads identities in all their forms: an object, {@code "Display Name <unique@name>"}, a plain
 * display name, or nothing.
 *
 * @param organization where they are told
 * @param people who they are
 */
record Identities(OrganizationId organization, People people) {

  private static final int LONGEST_NAMED = 512;
  private static final int LONGEST_ADDRESS = 256;
  private static final Pattern NOBODY = Pattern.compile("[0-]*");

  @Nullable Person person(Place place) {
    SourceIdentity identity = read(place);
    return identity == null ? null : people.person(identity);
  }

  /** An author or committer of a commit: a name and a mail address that nobody checked. */
  @Nullable Person gitPerson(Place place) {
    return place.isObject()
        ? of(null, null, place.at("email").text(), place.at("name").text())
        : null;
  }

  /** Whether text looks like {@code "Display Name <unique@name>"}. */
  static boolean isNamed(String text) {
    return Named.in(text) != null;
  }

  /** Whether an object looks like an identity. */
  static boolean isIdentity(Place place) {
    return place.isObject()
        && !place.at("displayName").isAbsent()
        && !(place.at("uniqueName").isAbsent()
            && place.at("descriptor").isAbsent()
            && place.at("id").isAbsent());
  }

  private @Nullable SourceIdentity read(Place place) {
    if (place.isAbsent()) {
      return null;
    }
    if (place.isObject()) {
      String display = place.at("displayName").text();
      return identity(
          place.at("descriptor").text(),
          place.at("id").text(),
          place.at("uniqueName").text(),
          display == null ? place.at("name").text() : display);
    }
    String text = place.text();
    return text == null ? null : identity(null, null, null, text);
  }

  private @Nullable Person of(
      @Nullable String descriptor,
      @Nullable String id,
      @Nullable String uniqueName,
      @Nullable String displayName) {
    SourceIdentity identity = identity(descriptor, id, uniqueName, displayName);
    return identity == null ? null : people.person(identity);
  }

  private @Nullable SourceIdentity identity(
      @Nullable String descriptor,
      @Nullable String id,
      @Nullable String uniqueName,
      @Nullable String displayName) {
    String unique = uniqueName == null ? displayName : uniqueName;
    String bracketed = inBrackets(unique);
    if (bracketed != null) {
      unique = bracketed;
    } else if (uniqueName == null && !isAddress(unique)) {
      unique = null;
    }
    String display = beforeBrackets(displayName);
    descriptor = told(descriptor);
    id = id == null || NOBODY.matcher(id).matches() ? null : told(id);
    unique = told(unique);
    display = told(display);
    if (descriptor == null && id == null && unique == null && display == null) {
      return null;
    }
    return new SourceIdentity(organization, descriptor, id, unique, display);
  }

  private static @Nullable String inBrackets(@Nullable String text) {
    Named named = text == null ? null : Named.in(text);
    return named == null ? null : named.address();
  }

  private static boolean isAddress(@Nullable String text) {
    return text != null && text.contains("@") && text.chars().noneMatch(Character::isWhitespace);
  }

  private static @Nullable String beforeBrackets(@Nullable String text) {
    Named named = text == null ? null : Named.in(text);
    return named == null ? text : named.name();
  }

  private static @Nullable String told(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** Both parts of {@code "Display Name <unique@name>"}. */
  private record Named(String name, String address) {

    /**
     * Looked for by hand: of a regular expression with optional space around both parts, some text
     * of spaces makes minutes of work.
     */
    static @Nullable Named in(String text) {
      if (text.length() > LONGEST_NAMED) {
        return null;
      }
      String stripped = text.strip();
      int open = stripped.lastIndexOf('<');
      if (open < 0 || stripped.indexOf('>', open) != stripped.length() - 1) {
        return null;
      }
      String name = stripped.substring(0, open).strip();
      String address = stripped.substring(open + 1, stripped.length() - 1).strip();
      return name.isEmpty()
              || name.lines().count() > 1
              || address.length() > LONGEST_ADDRESS
              || !address.contains("@") && !address.contains("\\")
          ? null
          : new Named(name, address);
    }
  }
}
