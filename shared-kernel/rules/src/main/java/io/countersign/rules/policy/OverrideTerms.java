package io.countersign.rules.policy;

import io.countersign.kernel.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may let a blocked transition pass, and how.
 *
 * @param allowedBy with one of these roles
 * @param secondPerson whether another person with one of these roles must agree
 * @param justificationMinLength characters that say why
 */
public record OverrideTerms(Set<Role> allowedBy, boolean secondPerson, int justificationMinLength) {

  /**
   * What an override lacks, in words; empty when it holds.
   *
   * @param second who agreed, if anybody did
   */
  public List<String> lacking(Person first, @Nullable Person second, String justification) {
    var lacking = new ArrayList<String>();
    if (!mayOverride(first)) {
      lacking.add("%s has none of the roles %s".formatted(first.id(), Words.roles(allowedBy)));
    }
    if (secondPerson && second == null) {
      lacking.add("a second person with role %s must agree".formatted(Words.roles(allowedBy)));
    } else if (secondPerson && second != null) {
      if (second.id().equals(first.id())) {
        lacking.add("%s cannot be the second person too".formatted(first.id()));
      }
      if (!mayOverride(second)) {
        lacking.add("%s has none of the roles %s".formatted(second.id(), Words.roles(allowedBy)));
      }
    }
    int length = justification.strip().codePointCount(0, justification.strip().length());
    if (length < justificationMinLength) {
      lacking.add(
          "the justification has %d characters; %d are needed"
              .formatted(length, justificationMinLength));
    }
    return List.copyOf(lacking);
  }

  private boolean mayOverride(Person person) {
    return Words.sharesRole(allowedBy, person.roles());
  }

  /**
   * Somebody with the roles of this moment.
   *
   * @param id the person
   * @param roles words of roles
   */
  public record Person(String id, Set<String> roles) {

    /** Copies. */
    public Person {
      roles = Set.copyOf(new TreeSet<>(roles));
    }
  }
}
