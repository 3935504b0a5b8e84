package io.countersign.rules.policy;

import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.expression.Condition;
import io.countersign.rules.expression.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A policy held against the facts of one moment. */
final class Judgement {

  private final TransitionPolicy policy;
  private final TransitionFacts facts;
  private final Map<String, Object> values;

  Judgement(TransitionPolicy policy, TransitionFacts facts) {
    this.policy = policy;
    this.facts = facts;
    this.values = facts.values(policy.parameters());
  }

  Decision of(WorkItemState from, WorkItemState to) {
    if (from == to) {
      return decision(null, from, to, List.of());
    }
    for (TransitionRule transition : policy.between(from, to)) {
      switch (applies(transition)) {
        case Truth.Known(boolean fits) when fits -> {
          return decision(transition.id(), from, to, missing(transition));
        }
        case Truth.Known _ -> {
          // the next may fit
        }
        case Truth.NotEvaluated unknown -> {
          return decision(transition.id(), from, to, List.of(undecided(transition, unknown)));
        }
      }
    }
    return decision(null, from, to, List.of(noSuchTransition(from, to)));
  }

  private Decision decision(
      @Nullable String transition, WorkItemState from, WorkItemState to, List<Missing> missing) {
    return new Decision(policy.stamp(), transition, from, to, missing, facts.json());
  }

  Truth applies(TransitionRule transition) {
    Condition when = transition.when();
    return when == null ? Truth.YES : when.evaluate(values);
  }

  Truth holds(Condition condition) {
    return condition.evaluate(values);
  }

  List<Missing> missing(TransitionRule transition) {
    var missing = new ArrayList<Missing>();
    transition.requirements().forEach(r -> unmet(r).ifPresent(missing::add));
    var gates = new GateCheck(facts);
    var passed = new ArrayList<GateCheck.Result>();
    for (Gate gate : transition.approvals()) {
      GateCheck.Result result = gates.of(gate);
      passed.add(result);
      result.missing().ifPresent(missing::add);
    }
    transition.documents().forEach(d -> lacking(d).ifPresent(missing::add));
    transition.segregation().stream()
        .flatMap(separation -> SeparationCheck.of(separation, passed).stream())
        .forEach(missing::add);
    return List.copyOf(missing);
  }

  private Optional<Missing> unmet(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Computed(String id, String title, Condition met) ->
          switch (met.evaluate(values)) {
            case Truth.Known(boolean holds) when holds -> Optional.empty();
            case Truth.Known _ -> missingRequirement(id, "needs that " + title);
            case Truth.NotEvaluated unknown ->
                missingRequirement(id, "needs that %s, which %s".formatted(title, unknown.words()));
          };
      case Requirement.Attested attested -> new AttestationCheck(facts).of(attested);
    };
  }

  private static Optional<Missing> missingRequirement(String id, String words) {
    return Optional.of(new Missing(Missing.Kind.REQUIREMENT, id, words));
  }

  private Optional<Missing> lacking(RequiredDocument document) {
    List<Map<?, ?>> ofKind =
        facts.documents().stream().filter(d -> document.kind().equals(d.get("kind"))).toList();
    boolean there =
        ofKind.stream()
            .anyMatch(
                d ->
                    !document.digestRequired()
                        || d.get("digest") instanceof String digest && !digest.isBlank());
    if (there) {
      return Optional.empty();
    }
    String words = "needs a document of kind %s (%s)".formatted(document.kind(), document.title());
    return Optional.of(
        new Missing(
            Missing.Kind.DOCUMENT,
            document.kind(),
            ofKind.isEmpty() ? words : words + "; the one recorded has no digest"));
  }

  private static Missing undecided(TransitionRule transition, Truth.NotEvaluated unknown) {
    return new Missing(
        Missing.Kind.TRANSITION,
        transition.id(),
        "whether transition %s is for this item %s".formatted(transition.id(), unknown.words()));
  }

  private Missing noSuchTransition(WorkItemState from, WorkItemState to) {
    String following =
        policy.following(from).stream().map(WorkItemState::word).collect(Collectors.joining(", "));
    String words =
        policy.between(from, to).isEmpty()
            ? "in the %s process, %s is not followed by %s but by: %s"
                .formatted(
                    policy.process().word(),
                    from.word(),
                    to.word(),
                    following.isEmpty() ? "nothing follows" : following)
            : "no transition from %s to %s is for this item".formatted(from.word(), to.word());
    return new Missing(Missing.Kind.TRANSITION, policy.process().word() + ".transition", words);
  }
}
