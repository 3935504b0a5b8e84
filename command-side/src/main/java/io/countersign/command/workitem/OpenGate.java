package io.countersign.command.workitem;

import io.countersign.kernel.access.Role;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemRejection.StateNotMapped;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.Gate;
import io.countersign.rules.policy.Requirement;
import io.countersign.rules.policy.TransitionPolicy;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what a decision is about in the policy in force, and who may decide it. */
final class OpenGate {

  private final ItemState item;
  private final Basis basis;
  private final Judge judge;
  private final Grounds grounds;

  OpenGate(WorkItemId workItem, ItemState item, Basis basis, Grounds grounds) {
    this.item = item;
    this.basis = basis;
    this.grounds = grounds;
    this.judge = new Judge(workItem, item, grounds);
  }

  /** The state it is in; gates of items in the bin or in no known state are closed. */
  static WorkItemState stateOf(ItemState item) {
    WorkItemState state = item.history().state();
    if (state == null) {
      throw new NotTaken(new StateNotMapped());
    }
    if (item.history().deleted()) {
      throw NotTaken.because("workitem-deleted", "the work item is in the recycle bin");
    }
    return state;
  }

  Judge judge() {
    return judge;
  }

  TransitionPolicy policy(WorkItemState to) {
    return basis
        .gates()
        .at(basis.at(), to)
        .map(grounds::policy)
        .orElseThrow(
            () ->
                NotTaken.because(
                    "no-policy",
                    "no policy is attached to the project, so its transitions have no gates"));
  }

  /** A gate of the transitions to a state. */
  Gate gate(WorkItemState to, String id) {
    WorkItemState from = stateOf(item);
    List<Gate> gates =
        policy(to).between(from, to).stream().flatMap(rule -> rule.approvals().stream()).toList();
    return gates.stream()
        .filter(gate -> gate.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                NotTaken.because(
                    "gate-unknown",
                    "from %s to %s there is no gate of that name but: %s"
                        .formatted(
                            from.word(),
                            to.word(),
                            listed(gates.stream().map(Gate::id).toList()))));
  }

  /** A requirement that somebody has to vouch for, of any transition from here. */
  Requirement.Attested requirement(String id) {
    WorkItemState from = stateOf(item);
    List<Requirement.Attested> all =
        java.util.Arrays.stream(WorkItemState.values())
            .filter(to -> to != from && basis.gates().at(basis.at(), to).isPresent())
            .flatMap(to -> policy(to).between(from, to).stream())
            .flatMap(rule -> rule.requirements().stream())
            .filter(Requirement.Attested.class::isInstance)
            .map(Requirement.Attested.class::cast)
            .toList();
    return all.stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                NotTaken.because(
                    "requirement-unknown",
                    "from %s no transition needs somebody's word for that but for: %s"
                        .formatted(
                            from.word(),
                            listed(all.stream().map(Requirement.Attested::id).toList()))));
  }

  /** The revision a decision is about: what somebody looked at must be the newest. */
  int revision(@Nullable Integer lookedAt) {
    int newest = item.profile().revision();
    if (lookedAt != null && lookedAt != newest) {
      throw NotTaken.because(
          "revision-old",
          "revision %d was looked at, but the work item is at %d: look again"
              .formatted(lookedAt, newest));
    }
    return newest;
  }

  static boolean hasRole(Collection<Role> wanted, Decider decider) {
    return wanted.isEmpty()
        || wanted.stream().map(Role::word).anyMatch(word -> decider.roles().contains(word));
  }

  static String roles(Collection<Role> roles) {
    return roles.stream().sorted().map(Role::word).collect(Collectors.joining(" or "));
  }

  /** Refuses who worked on the item, and whoever it cannot be shown of that he did not. */
  void needStranger(Decider decider) {
    List<String> workers = workersFor(decider);
    if (workers.contains(Facts.key(decider))) {
      throw NotTaken.because(
          "worked-on-it", decider.principal() + " worked on the item, and cannot decide this");
    }
  }

  /** Refuses who did not work on the item. */
  void needWorker(Decider decider) {
    List<String> workers = workersFor(decider);
    if (!workers.contains(Facts.key(decider))) {
      throw NotTaken.because(
          "did-not-work-on-it",
          decider.principal() + " did not work on the item: this is for who did");
    }
  }

  private List<String> workersFor(Decider decider) {
    if (decider.person() == null) {
      throw NotTaken.because(
          "not-linked",
          ("%s is linked to no person, so it cannot be shown who worked on the item:"
                  + " `countersign principal link` says who it is")
              .formatted(decider.principal()));
    }
    List<String> workers = Facts.workersOf(item, judge.work());
    if (workers == null) {
      throw NotTaken.because(
          "workers-unknown",
          item.history().complete()
              ? "who wrote the linked code is not known, so it cannot be shown who worked on the"
                  + " item"
              : "updates of the item are missing, so it cannot be shown who worked on it");
    }
    return workers;
  }

  private static String listed(List<String> ids) {
    return ids.isEmpty() ? "none" : String.join(", ", new TreeSet<>(ids));
  }
}
