package io.countersign.rules.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a gate was approved by enough people who count. */
final class GateCheck {

  private final TransitionFacts facts;
  private final Standing standing;

  GateCheck(TransitionFacts facts) {
    this.facts = facts;
    this.standing = new Standing(facts);
  }

  /**
   * What came of a gate.
   *
   * @param approvers people whose approval counts
   * @param missing what lacks, if anything does
   */
  record Result(Gate gate, Set<String> approvers, Optional<Missing> missing) {}

  Result of(Gate gate) {
    Map<String, Given> latest = latestByPerson(gate);
    Set<String> counting = new TreeSet<>();
    List<String> notCounting = new ArrayList<>();
    Instant lastApproval = Instant.MIN;
    for (Given given : latest.values()) {
      if (!given.decision().equals(Given.APPROVED)) {
        continue;
      }
      Optional<String> reason = reasonNotToCount(gate, given);
      if (reason.isEmpty()) {
        counting.add(given.by());
        lastApproval = given.at().isAfter(lastApproval) ? given.at() : lastApproval;
      } else {
        notCounting.add("%s's does not count: %s".formatted(given.by(), reason.get()));
      }
    }
    for (Given given : latest.values()) {
      if (given.decision().equals(Given.REJECTED)
          && Words.sharesRole(gate.roles(), given.roles())
          && !lastApproval.isAfter(given.at())) {
        return new Result(gate, counting, Optional.of(rejected(gate, given)));
      }
    }
    return new Result(
        gate,
        counting,
        counting.size() >= gate.count()
            ? Optional.empty()
            : Optional.of(tooFew(gate, counting.size(), notCounting)));
  }

  private Map<String, Given> latestByPerson(Gate gate) {
    Map<String, Given> latest = new LinkedHashMap<>();
    facts.approvals().stream()
        .filter(given -> given.subject().equals(gate.id()))
        .sorted(Comparator.comparing(Given::at))
        .forEach(given -> latest.put(given.by(), given));
    return latest;
  }

  private Optional<String> reasonNotToCount(Gate gate, Given given) {
    return standing
        .withoutRole(gate.roles(), given)
        .or(() -> gate.notRequester() ? standing.requester(given) : Optional.empty())
        .or(() -> gate.notWorkers() ? standing.worker(given) : Optional.empty())
        .or(() -> gate.byWorker() ? standing.notWorker(given) : Optional.empty())
        .or(() -> gate.sameRevision() ? standing.otherRevision(given) : Optional.empty())
        .or(() -> standing.outOfTime(gate.expiresAfter(), given));
  }

  private static Missing tooFew(Gate gate, int has, List<String> notCounting) {
    String who = gate.byWorker() ? " by somebody who worked on the item" : "";
    String roles =
        gate.roles().isEmpty()
            ? who
            : "%s by %s with role %s"
                .formatted(
                    who,
                    gate.count() == 1 ? "a principal" : "principals",
                    Words.roles(gate.roles()));
    var words =
        new StringBuilder(
            "needs %d %s of gate %s%s"
                .formatted(
                    gate.count(), gate.count() == 1 ? "approval" : "approvals", gate.id(), roles));
    if (gate.count() > 1) {
      words.append(", has ").append(has);
    }
    notCounting.forEach(reason -> words.append("; ").append(reason));
    return new Missing(Missing.Kind.APPROVAL, gate.id(), words.toString());
  }

  private static Missing rejected(Gate gate, Given rejection) {
    return new Missing(
        Missing.Kind.APPROVAL,
        gate.id(),
        "gate %s was rejected by %s and not approved since".formatted(gate.id(), rejection.by()));
  }
}
