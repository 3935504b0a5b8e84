package io.countersign.rules.policy;

import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.PolicyChange.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What another policy changes, and whether it asks for more or for less. */
public final class PolicyDiff {

  private static final String TRACEABILITY = "traceability";

  private final List<PolicyChange> changes = new ArrayList<>();

  private PolicyDiff() {}

  /** The changes from one policy to another, in the order of the newer one's transitions. */
  public static List<PolicyChange> between(TransitionPolicy before, TransitionPolicy after) {
    var diff = new PolicyDiff();
    diff.edges(before, after);
    Map<String, TransitionRule> old = byId(before.transitions(), TransitionRule::id);
    for (TransitionRule rule : after.transitions()) {
      TransitionRule was = old.remove(rule.id());
      if (was == null) {
        diff.add(Effect.CHANGED, rule.id(), "is a new transition" + needs(rule));
      } else {
        diff.transition(was, rule);
      }
    }
    old.values().forEach(gone -> diff.add(Effect.CHANGED, gone.id(), "is no transition any more"));
    diff.rest(before, after);
    return List.copyOf(diff.changes);
  }

  private void edges(TransitionPolicy before, TransitionPolicy after) {
    for (WorkItemState from : WorkItemState.values()) {
      for (WorkItemState to : WorkItemState.values()) {
        boolean was = before.following(from).contains(to);
        boolean is = after.following(from).contains(to);
        String edge = "%s to %s".formatted(from.word(), to.word());
        if (was && !is) {
          add(Effect.STRICTER, edge, "is not allowed any more");
        } else if (!was && is) {
          add(Effect.LOOSER, edge, "is allowed now");
        }
      }
    }
  }

  private void transition(TransitionRule was, TransitionRule is) {
    String id = is.id();
    if (!Objects.equals(text(was), text(is))) {
      add(
          Effect.CHANGED,
          id,
          "is for other items: when %s, before %s".formatted(text(is), text(was)));
    }
    demands(
        id,
        "requirement",
        was.requirements(),
        is.requirements(),
        Requirement::id,
        (before, after) -> new DemandDiff(id, changes).requirement(before, after));
    demands(
        id,
        "gate",
        was.approvals(),
        is.approvals(),
        Gate::id,
        (before, after) -> new DemandDiff(id, changes).gate(before, after));
    demands(
        id,
        "document",
        was.documents(),
        is.documents(),
        RequiredDocument::kind,
        (before, after) -> new DemandDiff(id, changes).document(before, after));
    demands(
        id,
        "separation",
        was.segregation(),
        is.segregation(),
        Separation::id,
        (before, after) -> new DemandDiff(id, changes).separation(before, after));
  }

  private <T> void demands(
      String where,
      String kind,
      List<T> before,
      List<T> after,
      Function<T, String> id,
      java.util.function.BiConsumer<T, T> compare) {
    Map<String, T> old = byId(before, id);
    for (T demand : after) {
      T was = old.remove(id.apply(demand));
      if (was == null) {
        add(Effect.STRICTER, where, "%s %s is new".formatted(kind, id.apply(demand)));
      } else {
        compare.accept(was, demand);
      }
    }
    old.keySet().forEach(gone -> add(Effect.LOOSER, where, "%s %s is gone".formatted(kind, gone)));
  }

  private void rest(TransitionPolicy before, TransitionPolicy after) {
    if (before.process() != after.process()) {
      add(
          Effect.CHANGED,
          "process",
          "is %s, was %s".formatted(after.process().word(), before.process().word()));
    }
    if (!before.parameters().equals(after.parameters())) {
      add(Effect.CHANGED, "parameters", "differ: conditions may say something else");
    }
    hierarchy(byEnds(before), byEnds(after));
    new DemandDiff("overrides", changes).overrides(before.overrides(), after.overrides());
  }

  private void hierarchy(Map<String, Trace> before, Map<String, Trace> after) {
    after.forEach(
        (link, now) -> {
          Trace was = before.get(link);
          if (was == null) {
            add(
                now.required() ? Effect.STRICTER : Effect.CHANGED,
                TRACEABILITY,
                link + (now.required() ? " is new" : " is new, and not required"));
          } else if (was.required() != now.required()) {
            add(
                now.required() ? Effect.STRICTER : Effect.LOOSER,
                TRACEABILITY,
                link + (now.required() ? " is required" : " is not required any more"));
          }
          if (was != null && !was.rationale().equals(now.rationale())) {
            add(
                Effect.CHANGED,
                TRACEABILITY,
                "%s is %s, was %s".formatted(link, now.rationale(), was.rationale()));
          }
        });
    before.forEach(
        (link, was) -> {
          if (!after.containsKey(link)) {
            add(was.required() ? Effect.LOOSER : Effect.CHANGED, TRACEABILITY, link + " is gone");
          }
        });
  }

  private static Map<String, Trace> byEnds(TransitionPolicy policy) {
    return byId(policy.hierarchy().traces(), trace -> trace.parent() + " to " + trace.child());
  }

  private void add(Effect effect, String where, String words) {
    changes.add(new PolicyChange(effect, where, words));
  }

  private static String text(TransitionRule rule) {
    return rule.when() == null ? "always" : rule.when().text();
  }

  private static String needs(TransitionRule rule) {
    var ids = new ArrayList<String>();
    rule.requirements().forEach(requirement -> ids.add(requirement.id()));
    rule.approvals().forEach(gate -> ids.add(gate.id()));
    rule.documents().forEach(document -> ids.add(document.kind()));
    return ids.isEmpty() ? " that needs nothing" : " that needs " + String.join(", ", ids);
  }

  private static <T> Map<String, T> byId(List<T> things, Function<T, String> id) {
    return things.stream()
        .collect(Collectors.toMap(id, thing -> thing, (one, _) -> one, LinkedHashMap::new));
  }
}
