package io.countersign.rules.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether somebody who may vouches for what the facts cannot tell. */
final class AttestationCheck {

  private final TransitionFacts facts;
  private final Standing standing;

  AttestationCheck(TransitionFacts facts) {
    this.facts = facts;
    this.standing = new Standing(facts);
  }

  Optional<Missing> of(Requirement.Attested requirement) {
    List<String> notCounting = new ArrayList<>();
    for (Given given : latestByPerson(requirement)) {
      Optional<String> reason = reasonNotToCount(requirement, given);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      notCounting.add("; that of %s does not count: %s".formatted(given.by(), reason.get()));
    }
    return Optional.of(
        new Missing(
            Missing.Kind.REQUIREMENT,
            requirement.id(),
            "needs the word of a principal with role %s that %s%s"
                .formatted(
                    Words.roles(requirement.attestedBy()),
                    requirement.title(),
                    String.join("", notCounting))));
  }

  private List<Given> latestByPerson(Requirement.Attested requirement) {
    Map<String, Given> latest = new LinkedHashMap<>();
    facts.attestations().stream()
        .filter(given -> given.subject().equals(requirement.id()))
        .sorted(Comparator.comparing(Given::at))
        .forEach(given -> latest.put(given.by(), given));
    return List.copyOf(latest.values());
  }

  private Optional<String> reasonNotToCount(Requirement.Attested requirement, Given given) {
    return (given.decision().equals(Given.APPROVED)
            ? Optional.<String>empty()
            : Optional.of("it was taken back"))
        .or(() -> standing.withoutRole(requirement.attestedBy(), given))
        .or(() -> requirement.notWorkers() ? standing.worker(given) : Optional.empty())
        .or(() -> requirement.sameRevision() ? standing.otherRevision(given) : Optional.empty())
        .or(() -> standing.outOfTime(null, given));
  }
}
