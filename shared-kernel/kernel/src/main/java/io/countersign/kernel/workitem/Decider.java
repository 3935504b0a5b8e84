package io.countersign.kernel.workitem;

import io.countersign.kernel.privacy.SubjectId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who decided something about a gate, as he was at that moment.
 *
 * @param principal name he authenticated under
 * @param person who that is, where the principal is linked to a person
 * @param roles words of the roles he had, sorted
 */
public record Decider(String principal, @Nullable SubjectId person, List<String> roles) {

  /** Sorts the roles, so that the same is the same. */
  public Decider {
    roles = roles.stream().sorted().toList();
  }

  /** Whether it is certain that both are one: the same principal, or the same person. */
  public boolean sameAs(Decider other) {
    return principal.equals(other.principal) || (person != null && person.equals(other.person));
  }
}
