package io.countersign.rules.policy;

import io.countersign.kernel.access.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why what somebody gave does not count, each reason in words; empty when it does not speak
 * against.
 */
final class Standing {

  private final TransitionFacts facts;

  Standing(TransitionFacts facts) {
    this.facts = facts;
  }

  Optional<String> withoutRole(Collection<Role> roles, Given given) {
    return when(
        !Words.sharesRole(roles, given.roles()),
        given.by() + " did not have role " + Words.roles(roles));
  }

  Optional<String> requester(Given given) {
    String requester = facts.requester();
    if (requester == null) {
      return Optional.of("who asks for the transition is not known");
    }
    return when(requester.equals(given.by()), given.by() + " asks for the transition");
  }

  Optional<String> worker(Given given) {
    return unlinked(given).or(() -> whoWorked(given));
  }

  /** What cannot be shown is not claimed. */
  private static Optional<String> unlinked(Given given) {
    return when(
        !given.linked(),
        given.by() + " is linked to no person, so it cannot be shown who worked on the item");
  }

  private Optional<String> whoWorked(Given given) {
    return facts
        .workers()
        .map(workers -> when(workers.contains(given.by()), given.by() + " worked on the item"))
        .orElse(Optional.of("who worked on the item is not known"));
  }

  Optional<String> notWorker(Given given) {
    return unlinked(given).or(() -> whoDidNotWork(given));
  }

  private Optional<String> whoDidNotWork(Given given) {
    return facts
        .workers()
        .map(
            workers ->
                when(!workers.contains(given.by()), given.by() + " did not work on the item"))
        .orElse(Optional.of("who worked on the item is not known"));
  }

  Optional<String> otherRevision(Given given) {
    Long revision = facts.revision();
    if (revision == null) {
      return Optional.of("the item's revision is not known");
    }
    if (given.revision() == null) {
      return Optional.of("it does not say for which revision it was given");
    }
    return when(
        !Objects.equals(revision, given.revision()),
        "it was given for revision %d, the item is at %d".formatted(given.revision(), revision));
  }

  Optional<String> outOfTime(@Nullable Duration expiresAfter, Given given) {
    if (given.at().isAfter(facts.now())) {
      return Optional.of("it was given later");
    }
    boolean expired =
        given.expired()
            || expiresAfter != null && !given.at().plus(expiresAfter).isAfter(facts.now());
    return when(expired, "it has expired");
  }

  private static Optional<String> when(boolean against, String words) {
    return against ? Optional.of(words) : Optional.empty();
  }
}
